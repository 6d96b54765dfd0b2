"""The gates and the ways to stop, as two people meet them: M4, M5, M10, M12, M20, M25, M28, M29, M33."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goodword.encounters.actions import plans as encounters
from goodword.gates import actions as gates
from goodword.gates.models import Decision, Round
from goodword.gates.rules import Choice
from goodword.ground.refusals import Refusal
from goodword.leads.actions import giving
from goodword.ops.story import PathWalk
from goodword.post.delivery import deliver_due
from goodword.relationships import invitations, starting, waiting, waits
from goodword.relationships.models import Relationship, Seat
from goodword.relationships.steps import Role, Step
from goodword.teaching import actions as teaching
from goodword.teaching import wording
from goodword.teaching.queries import ours
from goodword.teaching.rules import content
from tests.cast import Cast, person, signed_in

pytestmark = pytest.mark.django_db


def story(cast: Cast) -> PathWalk:
    return PathWalk(cast.key, cast.ada_person, cast.ben_person)


def decide(browser: Client, key: str, choice: str, **more: str) -> object:
    return browser.post(f"/r/{key}/gate", {"choice": choice, **more}, follow=True)


def test_m4_anybody_can_read_how_it_works_reservations_included() -> None:
    page = Client().get("/how-it-works").content.decode()
    for word in ("You meet", "Two briefings", "You agree, and teach", "You keep it up", "a gate", "a reservation"):
        assert word in page


def test_m4_each_side_can_see_exactly_what_the_other_can_see(cast: Cast) -> None:
    page = cast.ada_browser.get(f"/r/{cast.key}/what-they-see").content.decode()
    main = re.sub(r"\s+", " ", page.split("<main")[1].split("</main>")[0])
    assert "Ada Lane" in main
    assert "<form" not in main and "<button" not in main


def test_m5_letting_go_takes_two_taps_at_any_step_and_asks_for_no_reason() -> None:
    for step in Step:
        cast = Cast(at=step)
        page = cast.ben_browser.get(f"/r/{cast.key}").content.decode()
        assert f"/r/{cast.key}/let-go" in page
        cast.ben_browser.post(f"/r/{cast.key}/let-go")
        assert not cast.ada.open
        Relationship.objects.all().delete()


def test_m5_nothing_nags_them_afterwards(cast: Cast) -> None:
    story(cast).explore()
    gates.let_go(cast.ada)
    deliver_due()
    to_ben = [
        letter for letter in mail.outbox if letter.to == ["ben@moor.example"] and "not going on" in letter.subject
    ]
    assert len(to_ben) == 1
    with pytest.raises(Refusal):
        story(cast).meet()


def test_m5_an_ending_names_nobody(cast: Cast) -> None:
    gates.let_go(cast.ben)
    pages = [browser.get(f"/r/{cast.key}/ending").content.decode() for browser in (cast.ada_browser, cast.ben_browser)]
    said = [re.sub(r"Ada|Ben|Lane|Moor|value=\"[^\"]{60,}\"", "", re.split("<main", page)[1]) for page in pages]
    assert said[0] == said[1]


def test_m10_whoever_proposes_says_why_this_person_before_anything_is_sent() -> None:
    browser = signed_in(person("Ruth", "ruth@adeyemi.example", ""))
    assert browser.post("/start", {"name": "Tom Hale", "words": ""}).status_code == 422
    answer = browser.post("/start", {"name": "Tom Hale", "words": "You told me about the pot of tea."}, follow=True)
    assert "pot of tea" in answer.content.decode()
    assert not mail.outbox


def test_m12_after_a_no_it_ends_with_grace() -> None:
    seat = starting.start(person("Ruth", "ruth@adeyemi.example", ""), name="Tom Hale")
    letter = invitations.write(seat, words="Hello", address="tom@hale.example")
    invitations.offer(seat, by_mail=False)
    guest = Client()
    page = guest.post(f"/i/{invitations.token_of(letter)}", {"answer": "no"}, follow=True).content.decode()
    assert "That is fine" in page


def test_m20_there_is_a_gate_of_its_own_before_the_second_briefing() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    tale = story(cast)
    tale.brief()
    page = cast.ada_browser.get(f"/r/{cast.key}/gate").content.decode()
    assert "second briefing" in page
    decide(cast.ada_browser, cast.key, "go_on")
    assert cast.ada.at is Step.FIRST_BRIEFING
    decide(cast.ben_browser, cast.key, "go_on")
    assert cast.ada.at is Step.SECOND_BRIEFING


def test_a_decision_is_sealed_until_both_are_in(cast: Cast) -> None:
    story(cast).explore()
    before = cast.ben_browser.get(f"/r/{cast.key}/gate").content
    decide(cast.ada_browser, cast.key, "not_yet")
    sealed_not_yet = cast.ben_browser.get(f"/r/{cast.key}/gate").content
    decide(cast.ada_browser, cast.key, "go_on")
    sealed_go_on = cast.ben_browser.get(f"/r/{cast.key}/gate").content
    strip = [re.sub(rb'value="[^"]{60,}"', b"", page) for page in (before, sealed_not_yet, sealed_go_on)]
    assert strip[1] == strip[2] != strip[0]


def test_m5_not_yet_for_time_to_think_rests_for_two_weeks_and_asks_for_no_meeting(cast: Cast) -> None:
    story(cast).explore()
    gates.decide(cast.ada, Choice.GO_ON)
    gates.decide(cast.ben, Choice.NOT_YET, waits_for="time")
    assert "decide" not in kinds(cast.ada) and "plan" not in kinds(cast.ben), "nobody is asked again before that"
    front = cast.ada_browser.get(f"/r/{cast.key}").content.decode()
    assert "An encounter in this step" in front and "Another encounter" not in front, "the one that was is enough"
    with time_machine.travel(timezone.now() + dt.timedelta(days=15)):
        assert "decide" in kinds(cast.ada) and "decide" in kinds(cast.ben)
    gates.decide(cast.ada, Choice.GO_ON)  # either may answer sooner, and no meeting is asked for
    gates.decide(cast.ben, Choice.GO_ON)
    assert cast.ada.at is Step.FIRST_BRIEFING


def test_m5_whoever_wanted_time_to_think_is_asked_again_once_the_two_have_met(cast: Cast) -> None:
    story(cast).explore()
    gates.decide(cast.ada, Choice.GO_ON)
    gates.decide(cast.ben, Choice.NOT_YET, waits_for="time")
    assert "decide" not in kinds(cast.ada) and "decide" not in kinds(cast.ben)
    encounters.record(cast.ben, happened_on=timezone.localdate(), place="Lantern Café", counts_now=True)
    assert "decide" in kinds(cast.ada) and "decide" in kinds(cast.ben)


def test_m5_what_not_yet_waits_for_is_sealed_until_both_have_decided(cast: Cast) -> None:
    story(cast).explore()
    gates.decide(cast.ben, Choice.NOT_YET, waits_for="settling")
    gate = reverse("gate", args=[cast.key])
    before = cast.ada_browser.get(gate).content.decode()
    assert "settle first" not in before and "settled first" not in before
    page = cast.ada_browser.post(gate, {"choice": "go_on"}, follow=True).content.decode()
    assert "Something is to be settled first" in page


def kinds(seat: Seat) -> list[str]:
    """Return the kinds of all that waits for a seat."""
    return [wait.kind.value for wait in waiting.decide(seat, timezone.now())[0]]


def test_not_yet_for_another_meeting_asks_again_after_it(cast: Cast) -> None:
    tale = story(cast)
    tale.explore()
    gates.decide(cast.ada, Choice.GO_ON)
    gates.decide(cast.ben, Choice.NOT_YET, waits_for="meeting")
    assert cast.ada.at is Step.EXPLORE
    assert "Another encounter" in cast.ada_browser.get(f"/r/{cast.key}").content.decode()
    with pytest.raises(Refusal):
        gates.decide(cast.ada, Choice.GO_ON)
    tale.explore()
    tale.pass_gate()
    assert cast.ada.at is Step.FIRST_BRIEFING
    assert [r.outcome for r in Round.objects.visible_to(cast.ada).order_by("number")] == ["not_yet", "go_on"]


def test_m25_when_a_gate_opens_both_are_told_what_comes_next(cast: Cast) -> None:
    tale = story(cast)
    tale.explore()
    decide(cast.ada_browser, cast.key, "go_on")
    page = decide(cast.ben_browser, cast.key, "go_on").content.decode()  # type: ignore[attr-defined]
    assert "You both said go on" in page
    assert "First briefing" in cast.ada_browser.get(f"/r/{cast.key}/gate/g1/1").content.decode()


def test_m28_both_positively_confirm_or_nothing_starts() -> None:
    cast = Cast(at=Step.AGREE)
    tale = story(cast)
    tale.agree_and_teach()
    gates.decide(cast.ada, Choice.GO_ON, first_leads="one")
    assert cast.ada.at is Step.AGREE
    gates.decide(cast.ben, Choice.GO_ON, first_leads="more")
    assert cast.ada.at is Step.ADVOCATE


def next_up(seat: Seat) -> str:
    """Return the kind of what is first for a seat to do, news apart."""
    return next(wait.kind for wait in waiting.decide(seat, timezone.now())[0] if wait.kind not in waits.NEWS)


def test_m33_nothing_is_confirmed_before_what_is_hard_to_say_is_worked_out() -> None:
    cast = Cast(at=Step.AGREE)
    story(cast).agree_and_teach()
    teaching.say_comfort(cast.ada, "today", {"whom": 9, "what": 9, "words": 4})
    assert [next_up(seat) for seat in (cast.ada, cast.ben)] == ["work_out", "help_say"]
    row = teaching.propose_approach(cast.ben, Role.INVITED, "Pass on my card; it says the rest.", part="words")
    assert [next_up(seat) for seat in (cast.ada, cast.ben)] == ["work_out", "wait_them"]
    with pytest.raises(Refusal, match="work out together"):
        gates.decide(cast.ada, Choice.GO_ON, first_leads="one")
    teaching.agree_approach(cast.ada, row)
    gates.decide(cast.ada, Choice.GO_ON, first_leads="one")
    gates.decide(cast.ben, Choice.GO_ON, first_leads="one")
    giving_page = cast.ada_browser.get(reverse("lead-give", args=[cast.key])).content.decode()
    assert "Pass on my card; it says the rest." in giving_page, "the approach is in sight when it is needed"
    lines = wording.lines({"sector": "Anybody", "services": "Everything", "short_words": "Ring Ben"})
    teaching.keep_draft(cast.ben, wording.as_values(lines))
    teaching.put(cast.ben, content.fingerprint(wording.lines(ours.words_for_partner(cast.ben))))
    assert next_up(cast.ada) == "hear", "what is taught anew is answered anew"


def test_m29_both_read_how_many_first_leads_each_promised_and_among_whom() -> None:
    cast = Cast(at=Step.AGREE)
    story(cast).agree_and_teach()
    address = f"/r/{cast.key}/gate"
    cast.ada_browser.post(address, {"choice": "go_on", "first_leads": "two_or_three", "lead_kinds": "clients"})
    assert "promised" not in cast.ben_browser.get(address).content.decode()
    page = cast.ben_browser.post(
        address, {"choice": "go_on", "first_leads": "one", "lead_kinds": "unsure"}, follow=True
    )
    assert "promised one first lead." in page.content.decode()
    assert "promised two or three first leads, among clients." in page.content.decode()
    result = cast.ada_browser.get(f"{address}/g3/1").content.decode()
    assert result.index("among clients") < result.index("one first lead.")
    front = cast.ben_browser.get(f"/r/{cast.key}")
    assert "promised two or three first leads, among clients." in front.content.decode(), "it stays in sight"
    for seat, leads in ((cast.ada, 2), (cast.ben, 1)):
        for number in range(leads):
            giving.give(seat, why=f"Somebody {number} who moves.", route="card")
    assert "First leads" not in cast.ben_browser.get(f"/r/{cast.key}").content.decode(), "until they are given"


def test_m29_what_one_side_would_have_promised_is_read_nowhere_where_the_other_said_not_yet() -> None:
    cast = Cast(at=Step.AGREE)
    story(cast).agree_and_teach()
    cast.ada_browser.post(
        f"/r/{cast.key}/gate", {"choice": "go_on", "first_leads": "two_or_three", "lead_kinds": "clients"}
    )
    cast.ben_browser.post(f"/r/{cast.key}/gate", {"choice": "not_yet", "waits_for": "time"})
    for seat in (cast.ada, cast.ben):
        [row] = Decision.objects.visible_to(cast.ben).filter(gate="g3", side_id=seat.side_id).exclude(opened_at=None)
        assert row.first_leads.unseal(cast.ben) + row.lead_kinds.unseal(cast.ben) == ""


def test_m29_nobody_confirms_without_first_leads_to_give() -> None:
    cast = Cast(at=Step.AGREE)
    story(cast).agree_and_teach()
    answer = cast.ada_browser.post(f"/r/{cast.key}/gate", {"choice": "go_on", "first_leads": "none"})
    assert answer.status_code == 422
    assert "something still holds you back" in answer.content.decode()
    assert not Decision.objects.visible_to(cast.ada).filter(gate="g3").exists()


def test_what_is_missing_is_told_to_oneself_and_never_to_the_other() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    story(cast).meet()
    mine = cast.ada_browser.get(f"/r/{cast.key}/gate").content.decode()
    assert "anything makes you hesitate" in mine
    with pytest.raises(Refusal, match="anything makes you hesitate"):
        gates.decide(cast.ada, Choice.GO_ON)


def test_a_line_may_be_left_once_and_is_mailed_as_written(cast: Cast) -> None:
    gates.let_go(cast.ada)
    for words in ("Thank you for the hour.", "And another thing"):
        cast.ben_browser.post(f"/r/{cast.key}/ending", {"line": words})
    deliver_due()
    lines = [letter for letter in mail.outbox if "Thank you for the hour." in str(letter.body)]
    assert [letter.to for letter in lines] == [["ada@lane.example"]]
    assert not [letter for letter in mail.outbox if "another thing" in str(letter.body)]


def test_every_ending_of_a_person_is_told_not_only_the_first(cast: Cast) -> None:
    from tests.cast import joined

    second, _ = joined(cast.ben_person, cast.ada_person)
    gates.let_go(cast.ben)
    gates.let_go(second)
    deliver_due()
    assert (
        len(
            [letter for letter in mail.outbox if letter.to == ["ada@lane.example"] and "not going on" in letter.subject]
        )
        == 2
    )
