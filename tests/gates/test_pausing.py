"""A pause: either side may, without a reason; nothing is asked of anybody until one of them goes on again (M5, M34)."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from goodword.followups import actions as followups
from goodword.followups.queries.slipping import slipping
from goodword.gates import actions as gates
from goodword.gates.readiness import readiness
from goodword.ground.refusals import Refusal
from goodword.leads.actions import giving, receiving
from goodword.leads.mailing import reminding
from goodword.leads.models import Lead, LeadPerson
from goodword.post.delivery import deliver_due
from goodword.relationships import starting, waiting
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.relationships.waits import Kind
from goodword.reservations.actions import checking
from goodword.reservations.rules import CheckAnswer
from tests.cast import Cast
from tests.followups.due import follow_up_due
from tests.leads.words import on_their_way

LATER = dt.timedelta(days=120)


@pytest.fixture
def advocates(db: None) -> Cast:
    """Return the cast in the step in which leads go both ways, with a lead of Ada's on its way."""
    cast = Cast(at=Step.ADVOCATE)
    receiving.accept(cast.ben, giving.give(cast.ada, why="A baker who moves house.", route="card"))
    deliver_due()
    mail.outbox.clear()
    return cast


def front(cast: Cast) -> str:
    return cast.ben_browser.get(f"/r/{cast.key}").content.decode()


def test_in_a_pause_nothing_is_asked_of_anybody_and_nobody_is_reminded(advocates: Cast) -> None:
    advocates.ada_browser.post(f"/r/{advocates.key}/pause")
    deliver_due()
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["ben@moor.example"], "Ada would like a pause")
    assert "A pause with Ada" in front(advocates)
    with time_machine.travel(timezone.now() + LATER):
        for cast_seat in (advocates.ada, advocates.ben):
            assert not readiness(cast_seat).asked
            assert not follow_up_due(cast_seat, timezone.now())
        assert reminding.remind_due(timezone.now()) == 0
        assert slipping(advocates.ada_person, timezone.now()) == []
        assert "A pause with Ada" not in advocates.ben_browser.get("/today").content.decode()


def test_either_side_ends_it_and_what_is_due_is_asked_again(advocates: Cast) -> None:
    gates.pause(advocates.ada)
    with time_machine.travel(timezone.now() + LATER):
        advocates.ben_browser.post(f"/r/{advocates.key}/pause", {"again": "yes"})
        deliver_due()
        assert "Ben is going on again" in [letter.subject for letter in mail.outbox]
        assert readiness(advocates.ada).asked
        assert "A pause" not in front(advocates).split("So far")[0]


def test_a_lead_on_its_way_can_be_reported_in_a_pause_and_either_may_still_let_go(advocates: Cast) -> None:
    gates.pause(advocates.ben)
    gates.pause(advocates.ada)
    (lead,) = Lead.objects.visible_to(advocates.ben)
    receiving.report(advocates.ben, lead, outcome="client")
    gates.let_go(advocates.ada)
    assert not advocates.ben.open
    with pytest.raises(Refusal):
        gates.go_on_again(advocates.ben)


def test_before_the_other_has_joined_there_is_nothing_to_pause(db: None) -> None:
    cast = Cast()
    alone = starting.start(cast.ada_person, name="Gil Guest")
    with pytest.raises(Refusal):
        gates.pause(alone)


def test_still_glad_is_asked_at_the_rhythm_they_agreed_on(advocates: Cast) -> None:
    now = timezone.now()
    followups.set_rhythm(
        advocates.ada, kind="own", number=6, unit="months", starts_on=timezone.localdate(), wall=dt.time(10)
    )
    with time_machine.travel(now + dt.timedelta(days=100)):
        assert not readiness(advocates.ada).asked
    with time_machine.travel(now + dt.timedelta(days=190)):
        assert readiness(advocates.ada).asked


def test_when_it_ends_what_nobody_took_up_lapses_and_what_was_taken_up_can_still_be_told(advocates: Cast) -> None:
    consent = giving.Consent(timezone.localdate())
    offered = giving.give(
        advocates.ada, why="A dentist.", route="now", name="Dora Dent", reach="0161 496 0111", consent=consent
    )
    gates.let_go(advocates.ben)
    offered.refresh_from_db()
    assert offered.state == "lapsed"
    assert not LeadPerson.objects.visible_to(advocates.ben).filter(lead=offered).exists()
    page = advocates.ben_browser.get(f"/r/{advocates.key}/ending").content.decode()
    assert "A baker who moves house" in page
    assert "dentist" not in page
    (taken,) = on_their_way(advocates.ben)
    assert f"/r/{advocates.key}/leads/{taken.key}/report" in page
    assert "can still tell you" in advocates.ada_browser.get(f"/r/{advocates.key}/ending").content.decode()
    receiving.report(advocates.ben, taken, outcome="client")
    assert on_their_way(advocates.ada) == []


def test_still_glad_waits_until_what_it_needs_is_there_and_that_is_asked_by_its_own_name(advocates: Cast) -> None:
    with time_machine.travel(timezone.now() + dt.timedelta(days=100)):
        assert kinds(advocates.ben) & {Kind.CHECK, Kind.STILL_GLAD} == {Kind.CHECK}
        assert "Does anything make you hesitate about Ada?" in front(advocates)
        assert "Still glad" not in front(advocates)
        checking.record_check(advocates.ben, CheckAnswer.NOTHING)
        assert kinds(advocates.ben) & {Kind.CHECK, Kind.STILL_GLAD} == {Kind.STILL_GLAD}
        assert "Still glad, with Ada?" in front(advocates)


def kinds(seat: Seat) -> set[Kind]:
    """Return what waits for a seat."""
    return {wait.kind for wait in waiting.decide(seat, timezone.now())[0]}
