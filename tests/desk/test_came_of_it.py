"""What came of it? From "we met" to a sealed decision by taps alone, for whoever listens and whoever speaks (WAY, M0, M13, M16)."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goodword.briefings.actions import playback
from goodword.briefings.rules import Passage, PeopleRange
from goodword.desk.queries import wrap_up
from goodword.encounters.actions import plans as encounters
from goodword.gates import actions as gates
from goodword.gates.models import Round
from goodword.gates.readiness import readiness
from goodword.gates.rules import Choice, Need, WaitsFor
from goodword.ops.story import PathWalk
from goodword.relationships import waiting
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.reservations.actions import checking
from goodword.reservations.rules import CheckAnswer
from tests.cast import Cast
from tests.encounters.at_hand import planned

pytestmark = pytest.mark.django_db


def sheet(cast: Cast) -> str:
    """Return the address of the sheet of an encounter whose hour has come."""
    it = planned(cast.ada)
    type(it).objects.unscoped().filter(pk=it.pk).update(planned_at=timezone.now() - dt.timedelta(hours=1))
    return reverse("came-of-it", args=[cast.key, it.key])


def tap(browser: Client, address: str, part: str, answer: str) -> str:
    """Tap one answer and return the page one comes to."""
    page = browser.get(address).content.decode()
    assert re.search(rf'name="part" value="{part}".*?value="{answer}"', page, re.S), f"{part} is not what is asked"
    return browser.post(address, {"part": part, "answer": answer}, follow=True).content.decode()


def kinds(seat: Seat) -> list[str]:
    """Return the kinds of what waits for a seat and is its own to do."""
    return [wait.kind.value for wait in waiting.decide(seat, timezone.now())[0] if wait.turn != "theirs"]


def test_step_one_takes_two_taps_and_asks_for_no_check() -> None:
    cast = Cast()
    address = sheet(cast)
    tap(cast.ada_browser, address, "met", "met")
    assert "Your decision is sealed" in tap(cast.ada_browser, address, "decision", "go_on")
    assert "You both said go on" in tap(cast.ben_browser, address, "decision", "go_on")
    assert cast.ada.at is Step.FIRST_BRIEFING
    assert "hesitate" in kinds(cast.ada) and "hesitate" in kinds(cast.ben), "the question follows the yes"


def test_a_briefing_takes_its_listener_six_taps_and_its_speaker_three_and_nobody_types() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)  # Ben, who was invited, tells first
    address = sheet(cast)
    taps = [
        ("met", "met"),
        ("hesitation", "nothing"),
        ("understood", "aloud"),
        ("people", PeopleRange.SOME),
        ("criteria", "all"),
        ("decision", "go_on"),
    ]
    for part, answer in taps[:-1]:
        tap(cast.ada_browser, address, part, answer)
    waits = cast.ada_browser.get(address).content.decode()
    assert 'value="go_on"' not in waits and "Back to Ben" in waits, "what could only be refused was offered"
    for part, answer in (("hesitation", "nothing"), ("understood", "right"), ("decision", "go_on")):
        tap(cast.ben_browser, address, part, answer)
    assert "You both said go on" in tap(cast.ada_browser, address, *taps[-1])
    assert Round.objects.visible_to(cast.ada).filter(gate="g2a", outcome="go_on").exists()
    assert not {"came_of_it", "check", "decide", "decide_now"} & {*kinds(cast.ada), *kinds(cast.ben)}


def test_what_the_listener_wrote_down_is_not_asked_for_again() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    address = sheet(cast)
    for part, answer in (("met", "met"), ("hesitation", "nothing")):
        tap(cast.ada_browser, address, part, answer)
    playback.say_back(cast.ada, dict.fromkeys(Passage, "Kitchens that stay."))
    assert "Ben is asked to confirm it or put it right." in cast.ada_browser.get(address).content.decode()
    for part, answer in (("people", PeopleRange.SOME), ("criteria", "all")):
        tap(cast.ada_browser, address, part, answer)
    assert "Back to Ben" in cast.ada_browser.get(address).content.decode()


def test_how_many_people_somebody_knows_is_asked_from_few_to_many() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    address = sheet(cast)
    for part, answer in (("met", "met"), ("hesitation", "nothing"), ("understood", "aloud")):
        tap(cast.ada_browser, address, part, answer)
    page = cast.ada_browser.get(address).content.decode()
    assert page.index("One or two") < page.index("Three to five") < page.index("More than that")


def test_the_proposer_says_why_with_a_tap_before_the_agreement() -> None:
    cast = Cast(at=Step.SECOND_BRIEFING)
    address = sheet(cast)
    for part, answer in (("met", "met"), ("hesitation", "nothing"), ("understood", "right")):
        tap(cast.ada_browser, address, part, answer)
    page = cast.ada_browser.get(address).content.decode()
    assert ("Why do you want this?" in page) and ('value="help"' in page or "Written down" in page)


def test_what_came_of_it_waits_as_one_thing_until_the_decision_is_sealed() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    encounters.mark_held(cast.ada, planned(cast.ada), started=True)
    assert kinds(cast.ada) == ["came_of_it"]
    assert kinds(cast.ben) == ["came_of_it"]


def test_leaving_and_coming_back_finds_the_place() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    address = sheet(cast)
    tap(cast.ada_browser, address, "met", "met")
    tap(cast.ada_browser, address, "hesitation", "nothing")
    page = cast.ada_browser.get(address).content.decode()
    assert page.index("What did you understand?") < page.index("Do you know people")
    assert 'id="now">What did you understand?' in page


def test_an_answer_that_is_not_offered_changes_nothing_and_says_so() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    address = sheet(cast)
    refused = cast.ada_browser.post(address, {"part": "decision", "answer": "go_on"})
    assert refused.status_code == 422 and "Choose one of the answers" in refused.content.decode()
    assert cast.ada_browser.post(address, {"part": "x", "answer": "y"}).status_code == 422
    assert cast.ada_browser.post(address).status_code == 422


def test_the_other_side_learns_nothing_of_what_is_private_on_the_sheet() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    address = sheet(cast)
    tap(cast.ada_browser, address, "met", "met")
    for part, answer in (
        ("hesitation", "cannot_name"),
        ("understood", "aloud"),
        ("people", PeopleRange.NOBODY),
        ("criteria", "all"),
    ):
        tap(cast.ada_browser, address, part, answer)
    story = cast.ben_browser.get(reverse("relationship", args=[cast.key])).content.decode()
    assert "Ada did a reservation check" in story and "Ada said it back at the table" in story
    assert "Nobody yet" not in story and "name it" not in story


def test_what_made_one_hesitate_is_asked_once_in_a_briefing_however_often_the_two_meet() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    address = sheet(cast)
    for part, answer in (("met", "met"), ("hesitation", "nothing")):
        tap(cast.ben_browser, address, part, answer)
    assert not {"hesitate", "check"} & set(kinds(cast.ben))
    second = encounters.record(cast.ada, happened_on=timezone.localdate(), place="", counts_now=True)
    page = cast.ben_browser.get(f"/r/{cast.key}/encounters/{second.key}/came-of-it").content.decode()
    assert "Thought over" in page and 'class="now-q" id="now">Did anything make you hesitate?' not in page
    assert not {"hesitate", "check"} & set(kinds(cast.ben))
    assert "hesitation" not in [part.name for part in wrap_up.parts(cast.ben, second) if not part.answer]
    assert "hesitation" in [part.name for part in wrap_up.parts(cast.ada, second) if not part.answer]


def test_after_a_not_yet_that_waits_for_a_meeting_it_is_asked_once_more() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    PathWalk(cast.key, cast.ada_person, cast.ben_person).brief()
    for seat in (cast.ada, cast.ben):
        gates.decide(seat, Choice.NOT_YET, waits_for=WaitsFor.MEETING)
    second = encounters.record(cast.ada, happened_on=timezone.localdate(), place="", counts_now=True)
    assert "hesitation" in [part.name for part in wrap_up.parts(cast.ben, second) if not part.answer]


def test_a_question_the_other_has_put_in_words_is_not_asked_beside_it_a_second_time() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    assert "hesitate" in kinds(cast.ben)
    checking.ask(cast.ada, "Is there anything you would hesitate about?")
    assert "think_over" in kinds(cast.ben) and "hesitate" not in kinds(cast.ben)
    checking.record_check(cast.ben, CheckAnswer.NOTHING)
    assert not {"think_over", "hesitate"} & set(kinds(cast.ben))


def at_the_criteria() -> tuple[Cast, str]:
    """Return a cast in a briefing, and the sheet on which the listener comes to what they look for."""
    cast = Cast(at=Step.FIRST_BRIEFING)
    address = sheet(cast)
    for part, answer in (
        ("met", "met"),
        ("hesitation", "nothing"),
        ("understood", "aloud"),
        ("people", PeopleRange.SOME),
    ):
        tap(cast.ada_browser, address, part, answer)
    return cast, address


def test_each_criterion_is_weighed_in_place_and_a_no_stands_with_a_reason() -> None:
    cast, address = at_the_criteria()
    page = cast.ada_browser.get(address).content.decode()
    names = re.findall(r'name="(said_[^"]+)" value="met"', page)
    assert len(names) == 6 and page.count(">I don’t know yet<") == 6 == page.count(">No<")
    said = {"part": "criteria", "answer": "each", **dict.fromkeys(names, "met")}
    first = {names[0]: "not_met", names[1]: "unknown"}
    cast.ada_browser.post(address, said | first)
    assert Need.CRITERIA in readiness(cast.ada).missing
    page = cast.ada_browser.get(address).content.decode()
    assert page.count('value="met" checked') == 4 and page.count('value="unknown" checked') == 1
    reason = {names[0].replace("said_", "why_"): "His brother does it for him."}
    cast.ada_browser.post(address, said | {names[0]: "not_met"} | reason)
    assert Need.CRITERIA not in readiness(cast.ada).missing
    assert "His brother does it" in cast.ada_browser.get(address).content.decode()
    assert "brother" not in cast.ben_browser.get(address).content.decode()


def test_a_list_of_criteria_with_nothing_said_or_too_much_is_answered_and_keeps_what_was_typed() -> None:
    cast, address = at_the_criteria()
    said = {"part": "criteria", "answer": "each"}
    answer = cast.ada_browser.post(address, said)
    assert answer.status_code == 422 and "Choose one of the answers" in answer.content.decode()
    name = re.findall(r'name="(said_[^"]+)" value="met"', answer.content.decode())[0]
    long = {name: "not_met", name.replace("said_", "why_"): "kept word " * 400}
    answer = cast.ada_browser.post(address, said | long)
    assert answer.status_code == 422 and "kept word" in answer.content.decode()
    speaker = cast.ben_browser.post(address, said | {name: "met"})
    assert "Choose one of the answers" in speaker.content.decode(), "the one who tells weighs nobody here"


def test_deciding_says_the_same_and_takes_one_tap_on_the_sheet_and_at_the_gate() -> None:
    cast = Cast(at=Step.EXPLORE)
    address = sheet(cast)
    tap(cast.ada_browser, address, "met", "met")
    pages = [cast.ada_browser.get(each).content.decode() for each in (address, reverse("gate", args=[cast.key]))]
    ways = [re.findall(r'class="answer"[^>]*>(.*?)</(?:a|button)>', each) for each in pages]
    assert ways[0] == ways[1] and len(ways[0]) == 3
    later = cast.ada_browser.get(reverse("gate", args=[cast.key]) + "?answer=not_yet").content.decode()
    assert later.count('name="waits_for"') == 3 and ">Time to think<" in later
    gate = {"choice": "not_yet", "waits_for": "time"}
    assert "sealed" in cast.ada_browser.post(reverse("gate", args=[cast.key]), gate, follow=True).content.decode()
    changed = cast.ada_browser.get(reverse("gate", args=[cast.key]) + "?answer=not_yet").content.decode()
    assert 'name="waits_for"' in changed, "it can be changed until both are in"
