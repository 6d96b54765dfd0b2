"""What the stairs wait for from a seat: what its gate needs, in the order of the story, then the decision."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from goodword.briefings import waiting as briefings
from goodword.encounters.queries.pages import (
    latest_encounter_here,
    next_encounter,
    time_on_offer,
    times_waiting,
)
from goodword.gates.needs import NEEDS
from goodword.gates.readiness import Readiness, glad_from, last_round, readiness, rests_until
from goodword.gates.rules import Need, gate_of
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.relationships.waits import Answer, Kind, Later, Standing, Turn, Urgency, Wait, page_of
from goodword.reservations import waiting as reservations

# What the other side did or put down stands beside the sheet.
APART = frozenset({Kind.DEAL_BREAKER, Kind.PLAY_BACK_AGAIN})


def waiting(seat: Seat, now: dt.datetime) -> Iterator[Answer]:
    """Return what is needed of this seat before its gate, or the decision; in a pause, that it is one."""
    if seat.alone:
        return
    at = readiness(seat)
    yield Standing(at.as_values())
    if seat.paused:
        yield Wait(Kind.PAUSED, page_of(seat, "pause"), Urgency.NOTHING, Turn.BOTH)
        return
    if seat.at is Step.ADVOCATE:
        yield Wait(Kind.GIVE, page_of(seat, "lead-give"), Urgency.NOTHING)
        yield Later(glad_from(seat, last_round(seat, gate_of(seat.at))))
    yield from _at_gate(seat, at, now)


def _at_gate(seat: Seat, at: Readiness, now: dt.datetime) -> Iterator[Wait | Later]:
    if at.mine is not None:
        yield Wait(Kind.WAIT_DECISION, page_of(seat, "gate"), Urgency.OTHERS, Turn.THEIRS, since=at.mine.created_at)
    elif at.may_decide and seat.at is Step.ADVOCATE:
        yield Wait(Kind.STILL_GLAD, page_of(seat, "gate"), needed=True)
    elif at.may_decide and (rest := rests_until(seat, at)) and rest > now:
        yield Later(rest)
    elif at.may_decide:
        kind, urgency = (Kind.DECIDE_NOW, Urgency.SOON) if at.theirs_at else (Kind.DECIDE, Urgency.READY)
        yield Wait(kind, page_of(seat, "gate"), urgency, since=at.theirs_at, needed=True)
    elif Need.ENCOUNTER in at.missing:
        yield from _towards_an_encounter(seat)
    else:
        yield from _needs(seat, at)


def _needs(seat: Seat, at: Readiness) -> Iterator[Wait]:
    """Return what is missing, each with its own page; after a briefing's encounter what is ours is one sheet, but for what the other
    side has put right: that is news, and has a line of its own.
    """
    found = [ask(seat) for need in at.missing if (ask := NEEDS[need].waits)]
    waits = [wait for some in found for wait in (some if isinstance(some, list) else [some])]
    ours = [wait for wait in waits if wait.turn is not Turn.THEIRS and wait.kind not in APART]
    last = latest_encounter_here(seat) if seat.at in (Step.FIRST_BRIEFING, Step.SECOND_BRIEFING) and ours else None
    if last is None:
        yield from waits
        return
    yield Wait(Kind.WRAP_UP, page_of(seat, "came-of-it", last.key), Urgency.SOON, key=last.key, needed=True)
    yield from (wait for wait in waits if wait not in ours)


def _towards_an_encounter(seat: Seat) -> Iterator[Wait | Later]:
    """Return that a time is to be found, or what helps before the one that is planned. The rest comes after it."""
    yield from reservations.gentle_question(seat)
    planned = next_encounter(seat)
    if planned is None or planned.planned_at is None:
        yield from _a_time(seat)
    elif seat.at in (Step.FIRST_BRIEFING, Step.SECOND_BRIEFING):
        yield from briefings.preparation(seat, planned.planned_at)


def _a_time(seat: Seat) -> Iterator[Wait | Later]:
    """Return that a time is to be found, unless times are on offer: then whoever was offered them chooses."""
    if times_waiting(seat) is not None:
        return
    if offered := time_on_offer(seat):
        yield Wait(Kind.WAIT_THEM, page_of(seat, "encounter", offered.encounter.key), Urgency.OTHERS, Turn.THEIRS)
        yield Later(offered.starts_at)
        return
    yield Wait(Kind.PLAN, page_of(seat, "encounter-new"), needed=True)
