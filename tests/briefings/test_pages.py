"""The briefings through the front door."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goodword.briefings.actions import conversation, playback, weighing
from goodword.briefings.models import BriefingPoint, Criterion, PeopleEstimate, PlaybackRound, PreparedQuestion, Purpose
from goodword.briefings.queries import facts, pages
from goodword.briefings.rules import Passage, PeopleRange, Weight
from goodword.gates import actions as gates
from goodword.relationships.journal import Event
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.ui.answers import page
from tests.briefings import secrets
from tests.briefings.secrets import passages, understood
from tests.cast import Cast, half_a_minute

PLAIN = ["briefing", "briefing-sheet", "briefing-questions", "briefing-asking", "briefing-answers", "briefing-telling"]
PLAIN += ["briefing-order", "playback", "saying-back", "criteria", "people-known", "purpose", "purpose-showing"]
OF = ["briefing-of", "briefing-sheet-of", "briefing-answers-of", "playback-of"]
NASTY = ["", " ", "x" * 10_001, "🎉" * 5_000, "a\u202eb", "n\x00l", "<script>alert(1)</script>", "{{ 7*7 }}", "%(a)s"]


@pytest.fixture
def first(db: None) -> Cast:
    """Return the cast in the first briefing: Ben tells, Ada asks."""
    return Cast(at=Step.FIRST_BRIEFING)


def every_page(key: str) -> list[str]:
    """Return the address of each page of the room that needs no row."""
    of = [reverse(name, args=[key, which]) for name in OF for which in ("first", "second")]
    return [reverse(name, args=[key]) for name in PLAIN] + of


def masked(content: bytes) -> str:
    """Return a page without what differs in any two runs."""
    told = re.sub(r'(csrfmiddlewaretoken" value=|nonce=)"[^"]*"', "", content.decode())
    return re.sub(r"/[A-Za-z0-9_-]{22}(?=[/\"?#])", "/KEY", told)


def post(browser: Client, route: str, cast: Cast, *args: Any, **data: Any) -> Any:
    return browser.post(reverse(route, args=[cast.key, *args]), data)


def shown_at(browser: Client, route: str, cast: Cast) -> str:
    return str(browser.get(reverse(route, args=[cast.key])).content.decode())


@pytest.mark.parametrize("step", list(Step))
def test_every_page_opens_in_every_step_with_few_queries(
    db: None, step: Step, django_assert_max_num_queries: Any
) -> None:
    cast = Cast(at=step)
    for word in ("", "live", "plant"):
        if word == "live":
            secrets.live(cast)
        if word == "plant":
            secrets.plant(cast.ada, "x")
            secrets.plant(cast.ben, "y")
        for browser in (cast.ada_browser, cast.ben_browser):
            for address in every_page(cast.key):
                with django_assert_max_num_queries(12):
                    assert browser.get(address).status_code in (200, 302), address


@pytest.mark.parametrize("step", list(Step))
def test_nothing_private_shows_on_the_other_side(db: None, step: Step) -> None:
    cast = Cast(at=step)
    secrets.live(cast)
    secrets.plant(cast.ada, "canary")
    for address in every_page(cast.key):
        assert b"canary" not in cast.ben_browser.get(address).content, address


@pytest.mark.parametrize("step", [Step.FIRST_BRIEFING, Step.SECOND_BRIEFING])
def test_the_other_side_sees_the_same_whatever_is_kept_private(db: None, step: Step) -> None:
    cast = Cast(at=step)
    secrets.live(cast)
    before = {address: masked(cast.ben_browser.get(address).content) for address in every_page(cast.key)}
    seat = Seat.objects.values().get(pk=cast.ben.pk)
    for _ in range(5):
        secrets.plant(cast.ada, "quiet")
    assert before == {address: masked(cast.ben_browser.get(address).content) for address in every_page(cast.key)}
    assert seat == Seat.objects.values().get(pk=cast.ben.pk)


def test_a_mirror_shows_the_table_and_an_empty_drawer(first: Cast) -> None:
    secrets.live(first)
    empty = pages.context(first.ben.as_other_side())
    secrets.plant(first.ada, "canary")
    told = pages.context(first.ben.as_other_side())
    assert told["drawer"] == empty["drawer"]
    assert not told["may_act"]
    assert [q.text for q in told["questions"]] == [q.text for q in pages.context(first.ada)["questions"]]


def test_a_mirrored_page_has_no_forms(first: Cast, rf: Any) -> None:
    secrets.live(first)
    seat = first.ben.as_other_side()
    request = rf.get("/")
    request.user = first.ben_person
    request._messages = []
    request.session = {}
    told = pages.context(seat)
    shown = page(request, "briefings/pages/briefing.html", seat=seat, room="relationships", narrow=False, **told)
    main = shown.content.decode().split("<main")[1].split("</main>")[0]
    assert "<form" not in main
    assert "Ben tells, you ask" in main


def counted() -> list[int]:
    models = (Event, PlaybackRound, PreparedQuestion, Criterion, Purpose, BriefingPoint, PeopleEstimate)
    return [model.objects.unscoped().count() for model in models]


def test_reading_changes_nothing(first: Cast) -> None:
    secrets.live(first)
    before = counted()
    for address in every_page(first.key):
        first.ada_browser.get(address)
        first.ada_browser.head(address)
    assert before == counted()


def test_a_question_is_taken_reworded_asked_and_answered_by_plain_forms(first: Cast) -> None:
    assert post(first.ada_browser, "briefing-questions", first, entry="first_call").status_code == 302
    assert post(first.ada_browser, "briefing-questions", first, text="Do you travel?").status_code == 302
    shown = shown_at(first.ada_browser, "briefing-questions", first)
    assert "A yes or a no would answer this one" in shown
    row = facts.own_questions(first.ada)[1]
    post(first.ada_browser, "briefing-question", first, row.key, text="Where do you travel?")
    assert "yes or a no would" not in shown_at(first.ada_browser, "briefing-questions", first)
    shown = shown_at(first.ada_browser, "briefing-asking", first)
    seen = shown.split('name="seen" value="')[1].split('"')[0]
    conversation.reword(first.abe, row, "Do you ever travel?")
    answer = post(first.ada_browser, "briefing-asking", first, questions=[row.key], seen=seen)
    assert answer.status_code == 422 and "The words have changed since you looked" in answer.content.decode()
    assert not facts.table_questions(first.ben, Step.FIRST_BRIEFING)
    conversation.reword(first.abe, row, "Where do you travel?")
    post(first.ada_browser, "briefing-asking", first, questions=[row.key], seen=seen)
    shown = shown_at(first.ben_browser, "briefing-answers", first)
    assert "Where do you travel?" in shown
    assert "Do you travel?" not in shown
    [asked] = facts.table_questions(first.ben, Step.FIRST_BRIEFING)
    assert post(first.ben_browser, "briefing-answer", first, asked.key, text="As far as Buxton.").status_code == 302
    assert "Buxton" in shown_at(first.ada_browser, "briefing-answers", first)
    post(first.ada_browser, "briefing-question-heard", first, row.key, heard="yes")
    post(first.ada_browser, "briefing-asked-mark", first, asked.key, mark="unclear")
    assert "still unclear" in shown_at(first.ben_browser, "briefing", first)


def test_a_playback_is_corrected_and_confirmed_by_plain_forms(first: Cast) -> None:
    words = {p.value: f"Said {p.value}" for p in Passage}
    assert post(first.ada_browser, "saying-back", first, **words).status_code == 302
    row = facts.rounds(first.ben, Step.FIRST_BRIEFING).get()
    right = {f"{p}_said": "right" for p in Passage}
    answer = post(first.ben_browser, "playback-reply", first, row.key, **{**right, "why_said": "not_quite"})
    assert answer.status_code == 422
    assert "Write how it should be" in answer.content.decode()
    said = {**right, "why_said": "not_quite", "why_text": "Because we stay"}
    assert post(first.ben_browser, "playback-reply", first, row.key, **said).status_code == 302
    assert "Because we stay" in shown_at(first.ada_browser, "saying-back", first)
    post(first.ada_browser, "saying-back", first, **{**words, "why": "They stay to the end"})
    shown = shown_at(first.ben_browser, "playback", first)
    assert shown.count("Right already, and unchanged") == 3
    again = facts.rounds(first.ben, Step.FIRST_BRIEFING).last()
    assert again is not None
    assert post(first.ben_browser, "playback-reply", first, again.key, why_said="right").status_code == 302
    assert facts.playback_is_confirmed(first.ada, Step.FIRST_BRIEFING)
    assert "You have understood Ben" in shown_at(first.ada_browser, "playback", first)


def test_a_reply_that_comes_too_late_says_so_and_keeps_the_words(first: Cast) -> None:
    old = playback.say_back(first.ada, passages("Kitchens"))
    playback.say_back(first.ada, passages("Kitchens and baths"))
    right = {f"{p}_said": "right" for p in Passage}
    answer = post(first.ben_browser, "playback-reply", first, old.key, **right)
    assert answer.status_code == 422
    assert "moved on since" in answer.content.decode()


def test_criteria_are_chosen_weighed_and_made_a_question(first: Cast) -> None:
    post(first.ada_browser, "criteria", first, entry="trusted")
    post(first.ada_browser, "criteria", first, entry="trusted")
    post(first.ada_browser, "criteria", first, text="Laughs easily")
    trusted, laughs = facts.criteria(first.ada)
    answer = post(first.ada_browser, "criterion", first, trusted.key, said="happy")
    assert answer.status_code == 422
    assert "Write down why you are happy anyway" in answer.content.decode()
    weighed = post(first.ada_browser, "criterion", first, trusted.key, said="met")
    assert weighed["Location"] == reverse("criterion", args=[first.key, laughs.key])
    post(first.ada_browser, "criterion", first, laughs.key, said="unknown")
    shown = shown_at(first.ada_browser, "criteria", first)
    assert "Make it a question" in shown
    about = reverse("briefing-questions", args=[first.key]) + f"?about={trusted.key}"
    asked = first.ada_browser.get(about).content.decode()
    assert "You wanted to find out" in asked
    assert "Whose ear do you have" in asked
    assert "You wanted to find out" not in first.ben_browser.get(about).content.decode()
    post(first.ada_browser, "criterion-away", first, laughs.key)
    assert facts.weighed_criteria(first.ada) == (1, 1)


def test_purpose_is_kept_asked_for_and_shown_as_it_was(first: Cast) -> None:
    post(first.ada_browser, "purpose", first, text="To be of use")
    assert "To be of use" not in shown_at(first.ben_browser, "purpose", first)
    post(first.ben_browser, "purpose-request", first)
    assert "Ben has asked you why" in shown_at(first.ada_browser, "purpose", first)
    looked_at = shown_at(first.ada_browser, "purpose-showing", first)
    assert "To be of use" in looked_at
    seen = re.search(r'name="seen" value="([^"]+)"', looked_at)
    assert seen
    post(first.ada_browser, "purpose-showing", first, seen=seen[1])
    assert "To be of use" not in shown_at(first.ben_browser, "purpose", first), "half a minute to take it back"
    post(first.ada_browser, "purpose", first, text="Something else")
    half_a_minute()
    shown = shown_at(first.ben_browser, "purpose", first)
    assert "To be of use" in shown
    assert "Something else" not in shown


def test_the_order_is_changed_by_consent_through_the_page(first: Cast) -> None:
    post(first.ada_browser, "briefing-order", first)
    proposal = facts.order_proposal(first.ben)
    assert proposal is not None
    assert "change places" in shown_at(first.ben_browser, "briefing", first)
    post(first.ben_browser, "briefing-order-answer", first, proposal.key, said="agree")
    assert "You tell, Ben asks" in shown_at(first.ada_browser, "briefing", first)


@pytest.mark.parametrize("text", NASTY)
def test_whatever_is_typed_gets_a_sentence_or_is_kept_as_text(first: Cast, text: str) -> None:
    [asked] = conversation.ask(first.ada, [conversation.prepare(first.ada, text="How?")])
    mine = facts.own_questions(first.ada)[0]
    for browser, route, args, fields in (
        (first.ada_browser, "briefing-questions", [], ["text", "entry"]),
        (first.ada_browser, "briefing-question-note", [mine.key], ["text"]),
        (first.ada_browser, "criteria", [], ["text", "entry"]),
        (first.ada_browser, "purpose", [], ["text"]),
        (first.ada_browser, "people-known", [], ["said"]),
        (first.ada_browser, "saying-back", [], [p.value for p in Passage]),
        (first.ben_browser, "briefing-answer", [asked.key], ["text"]),
        (first.ben_browser, "briefing-telling", [], ["text"]),
    ):
        answer = browser.post(reverse(route, args=[first.key, *args]), dict.fromkeys(fields, text))
        assert answer.status_code in (302, 422), route
        assert b"<script>alert" not in answer.content
    for address in every_page(first.key):
        for browser in (first.ada_browser, first.ben_browser):
            shown = browser.get(address)
            assert shown.status_code in (200, 302)
            assert b"<script>alert" not in shown.content


def test_asking_nothing_or_something_strange_is_answered_with_a_sentence(first: Cast) -> None:
    assert post(first.ada_browser, "briefing-asking", first, questions="x").status_code == 200
    conversation.prepare(first.ada, text="How?")
    assert "Choose at least one question" in post(first.ada_browser, "briefing-asking", first).content.decode()
    for odd in ("x", "", "\x00", "🎉"):
        answer = post(first.ada_browser, "briefing-asking", first, questions=[odd])
        assert answer.status_code == 422
    assert not facts.table_questions(first.ben, Step.FIRST_BRIEFING)


def test_keys_of_the_other_side_and_of_other_relationships_open_nothing(first: Cast) -> None:
    theirs = conversation.prepare(first.ben, text="How?")
    criterion = weighing.hold_to(first.ben, text="Kind")
    told = conversation.plan_to_tell(first.ben, text="The mill")
    conversation.prepare(first.ada, text="What?")
    for route, key in (
        ("briefing-question", theirs.key),
        ("briefing-question-note", theirs.key),
        ("criterion", criterion.key),
        ("briefing-telling-note", told.key),
        ("briefing-answer", "x" * 22),
        ("briefing-of", "third"),
    ):
        assert first.ada_browser.get(reverse(route, args=[first.key, key])).status_code == 404, route
    assert post(first.ada_browser, "briefing-asking", first, questions=[theirs.key]).status_code == 422
    assert post(first.ada_browser, "briefing-question-heard", first, theirs.key).status_code == 404
    assert post(first.ada_browser, "criterion-away", first, criterion.key).status_code == 404


def test_an_ended_relationship_stays_readable_and_takes_nothing_more(first: Cast) -> None:
    secrets.live(first)
    gates.let_go(first.ben)
    for address in every_page(first.key):
        assert first.ada_browser.get(address).status_code in (200, 302)
    assert post(first.ada_browser, "briefing-questions", first, entry="first_call").status_code == 409
    assert post(first.ada_browser, "saying-back", first, **{p.value: "More" for p in Passage}).status_code == 422
    assert post(first.ada_browser, "people-known", first, said="nobody").status_code == 422


def test_what_is_written_privately_lies_encrypted(first: Cast) -> None:
    secrets.plant(first.ada, "plainword")
    for model in (PreparedQuestion, BriefingPoint, Criterion, Purpose):
        for row in model.objects.unscoped():
            assert b"plainword" not in bytes(row.__dict__["text"])
    assert PeopleEstimate.objects.unscoped().count() == 1


def test_the_sheet_holds_shared_facts_only(first: Cast) -> None:
    secrets.plant(first.ada, "canary")
    understood(first.ada, first.ben)
    shown = shown_at(first.ada_browser, "briefing-sheet", first)
    assert "What Ben told us, does." in shown
    assert "confirmed by Ben" in shown
    assert "canary" not in shown


def test_the_briefing_leads_to_its_sheet_in_one_tap(first: Cast) -> None:
    shown = shown_at(first.ada_browser, "briefing", first)
    assert reverse("briefing-sheet-of", args=[first.key, "first"]) in shown


def test_the_answer_nobody_is_met_with_a_thought(first: Cast) -> None:
    answer = first.ada_browser.post(reverse("people-known", args=[first.key]), {"said": "nobody"}, follow=True)
    assert "Nobody yet, you said." in answer.content.decode()
    assert facts.knows_nobody(first.ada)
    weighing.know_people(first.ada, PeopleRange.MORE)
    weighing.weigh(first.ada, weighing.hold_to(first.ada, text="Kind"), Weight.MET)
