"""What is next is up to date whenever somebody looks, whether or not the worker has had its turn, and by time alone."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import time_machine
from django.utils import timezone

from goodword.briefings.actions import conversation as briefings
from goodword.encounters.actions import plans as encounters_actions
from goodword.encounters.actions import writing
from goodword.encounters.queries import pages as encounters
from goodword.encounters.rules import EncounterKind as Meeting
from goodword.gates import actions as gates
from goodword.gates.rules import Choice
from goodword.relationships import waiting, waits
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.reservations.actions import checking
from tests.cast import Cast, signed_in
from tests.encounters.at_hand import planned

MEET, TELL = "You meet Ben", "Did you and Ben meet?"


def pages(cast: Cast) -> list[str]:
    """Return what Ada reads on Today, in her list and on the relationship's page."""
    return [cast.ada_browser.get(path).content.decode() for path in ("/today", "/relationships", f"/r/{cast.key}")]


def written(cast: Cast) -> str:
    """Return what the worker has written down for Ada."""
    return Seat.objects.get(pk=cast.ada.pk).next_code


def test_what_was_just_done_shows_at_once_and_reading_writes_nothing(cast: Cast) -> None:
    waiting.settle_due(timezone.now())
    assert written(cast) == "plan"
    planned(cast.ada)
    assert MEET in pages(cast)[2]
    assert "Next meetings" in pages(cast)[0]
    assert written(cast) == "plan"
    waiting.settle_due(timezone.now())
    assert written(cast) == "meet"
    assert MEET in pages(cast)[2]
    assert waiting.settle_due(timezone.now()) == 0


def test_when_the_hour_of_a_meeting_has_passed_it_asks_how_it_went_without_anybody_having_done_anything(
    cast: Cast,
) -> None:
    it = planned(cast.ada)
    waiting.settle_due(timezone.now())
    assert it.planned_at
    with time_machine.travel(it.planned_at + dt.timedelta(minutes=1)):
        today, listed, front = pages(cast)
        assert TELL in today
        assert TELL in front
        assert "Say so" in listed
        assert waiting.settle_due(timezone.now()) == Seat.objects.filter(relationship=cast.ada.relationship_id).count()
        assert written(cast) == "record"


def test_a_decision_that_an_act_has_overtaken_is_not_written(cast: Cast, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    planned(cast.ada)
    decide = waiting.decide

    def slowly(seat: Seat, now: dt.datetime) -> tuple[list[waits.Wait], dict[str, Any]]:
        found = decide(seat, now)
        it = encounters.next_encounter(cast.ada)
        if it is not None:
            it.called_off_at = timezone.now()
            it.save()
            waiting.mark(cast.ada.relationship, timezone.now(), side=None, seat=None)
        return found

    monkeypatch.setattr(waiting, "decide", slowly)
    waiting.settle_due(timezone.now())
    monkeypatch.undo()
    assert MEET not in pages(cast)[2]
    waiting.settle_due(timezone.now())
    assert written(cast) == "plan"


def test_one_seat_for_which_nothing_can_be_decided_holds_up_nobody_else(cast: Cast, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    planned(cast.ada)
    decide, ben = waiting.decide, cast.ben.pk

    def broken(seat: Seat, now: dt.datetime) -> tuple[list[waits.Wait], dict[str, Any]]:
        if seat.pk == ben:
            raise ValueError
        return decide(seat, now)

    monkeypatch.setattr(waiting, "decide", broken)
    waiting.settle_due(timezone.now())
    assert written(cast) == "meet"
    assert waiting.settle_due(timezone.now()) == 0
    monkeypatch.undo()
    with time_machine.travel(timezone.now() + dt.timedelta(hours=2)):
        waiting.settle_due(timezone.now())
    assert Seat.objects.get(pk=ben).next_code == "meet"


def test_who_has_noted_what_to_tell_is_not_asked_to_get_ready_any_more(db: None) -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)  # Ben tells
    planned(cast.ada)
    ready = "Get ready to tell Ada about your work"
    assert ready in cast.ben_browser.get("/today").content.decode()
    briefings.plan_to_tell(cast.ben, text="The mill")
    assert ready not in cast.ben_browser.get("/today").content.decode()


# ── A promise of one's own ──


def promised(cast: Cast) -> str:
    """Return the key of what Ada promised, with nothing else for her to do."""
    it = encounters_actions.record(cast.ada, happened_on=timezone.localdate(), place="", kind=Meeting.MEETING)
    made = writing.promise(cast.ada, it, role=cast.ada.role, what="A list for landlords", due_on=None)
    gates.decide(cast.ada, Choice.GO_ON)
    waiting.settle_due(timezone.now())
    return made.key


def test_a_promise_of_ones_own_has_one_name_everywhere_and_its_button_does_it(cast: Cast) -> None:
    key = promised(cast)
    today, listed, front = pages(cast)
    for page in (today, front):
        assert "A list for landlords" in page
        form = page.split(f'action="/r/{cast.key}/promises/{key}"')[1].split("</form>")[0]
        assert ">Done" in form
    assert "You promised Ben something" in listed and "Look" not in listed
    done = cast.ada_browser.post(f"/r/{cast.key}/promises/{key}", {"back": "relationship"})
    assert done.headers["Location"] == f"/r/{cast.key}"
    assert not any("A list for landlords" in page for page in pages(cast)[:2])


def test_the_page_of_the_encounter_calls_it_the_same(cast: Cast) -> None:
    promised(cast)
    it = encounters.latest_encounter(cast.ada)
    assert it is not None
    page = cast.ada_browser.get(f"/r/{cast.key}/encounters/{it.key}").content.decode()
    promise = page.split("A list for landlords")[1].split("</li>")[0]
    assert ">Done<" in promise and ">Kept<" not in promise


# ── The same everywhere ──


def test_on_the_way_everything_that_waits_stands_on_the_relationships_page_too(db: None) -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    planned(cast.ada)
    first, also = pages(cast)[2].split("<main")[1].split('id="also"')
    also = also.split("</section>")[0]
    assert "Prepare your questions" in first and "Prepare your questions" not in also
    assert "Does anything make you hesitate about Ben?" in also and "Think it over" in also


def test_today_the_list_and_the_relationships_page_begin_with_the_same(db: None) -> None:
    cast = Cast(at=Step.ADVOCATE)
    checking.ask(cast.ben, "Anything that holds you back?")
    with time_machine.travel(
        timezone.now() + dt.timedelta(days=90)
    ):  # the next date is long due: urgent, and still not first
        today, listed, front = pages(cast)
        waits = waiting.decide(cast.ada, timezone.now())[0]
        assert {"think_over", "follow_up"} <= {wait.kind.value for wait in waits}
        titles = re.findall(r'<p class="what">([^<]+)</p>', today.split("<main")[1])
        assert titles[0] == "Ben asks you to think it over"
        assert "Think it over" in listed.split('<ul class="rels">')[1]
        assert "Ben asks you to think it over" in front


def test_in_step_five_the_page_leads_with_whom_is_on_the_way_and_news_comes_after_what_to_say(db: None) -> None:
    cast = Cast(at=Step.ADVOCATE)
    checking.ask(cast.ben, "Anything that holds you back?")
    page = pages(cast)[2]
    order = [page.index(f'id="{name}"') for name in ("ol", "say", "nd", "wt")]
    assert order == sorted(order)


def test_a_day_the_rhythm_asked_for_is_told_as_past_once_it_is(db: None) -> None:
    cast = Cast(at=Step.ADVOCATE)
    ahead = cast.ada_browser.get(f"/r/{cast.key}").content.decode()
    assert "That brings you to" in ahead and "It came round on" not in ahead
    with time_machine.travel(timezone.now() + dt.timedelta(days=200)):
        behind = signed_in(cast.ada_person).get(f"/r/{cast.key}").content.decode()
    assert "It came round on" in behind and "That brings you to" not in behind
