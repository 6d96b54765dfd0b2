"""What this room waits for from a seat: a thing to be named, a question to think over, an envelope; and its gate's needs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone

from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.relationships.waiting import as_it_is
from goodword.relationships.waits import Kind, Later, Urgency, Wait, page_of
from goodword.reservations import queries

QUESTIONS = frozenset({Kind.HESITATE, Kind.THINK_OVER, Kind.CHECK})


def waiting(seat: Seat, now: dt.datetime) -> Iterator[Wait | Later]:
    """Return what comes back to this seat (M24) and what the other side asked (M13)."""
    if seat.alone or seat.paused:
        return
    comes_back = queries.comes_back_at(seat)
    if comes_back and comes_back > now:
        yield Later(comes_back)
    elif comes_back:
        yield Wait(Kind.NAME_IT, page_of(seat, "naming"), Urgency.NOW)
    if queries.question_waits(seat):
        yield Wait(Kind.THINK_OVER, page_of(seat, "reservations"))


def gentle_question(seat: Seat) -> Iterator[Wait]:
    """Return the question that follows the first yes, with time to think it over until the two meet (M13).

    Where the other side has asked it in words of its own, it waits already.
    """
    if seat.at is not Step.FIRST_BRIEFING or queries.checks_since(seat, seat.relationship.step_since)[0]:
        return
    if not queries.question_waits(seat):
        yield Wait(Kind.HESITATE, page_of(seat, "reservations"))


def is_asked(seat: Seat) -> bool:
    """Whether it waits for this seat to say if anything makes them hesitate: after the first yes, for the other, or for the gate.

    A mirror reads nothing of what waits for the other side.
    """
    return not seat.mirror and any(wait.kind in QUESTIONS for wait in as_it_is(seat, timezone.now()))


def check(seat: Seat) -> Wait:
    """Return the check that the gate asks for (M6)."""
    return Wait(Kind.CHECK, page_of(seat, "reservation-check"), needed=True)


def table_clear(seat: Seat) -> Wait:
    """Return the deal-breaker that lies on the table."""
    return Wait(Kind.DEAL_BREAKER, page_of(seat, "reservations"), needed=True)


def own(seat: Seat) -> Wait:
    """Return that reservations of one's own are still to be dealt with. For this seat's eyes only."""
    return Wait(Kind.DEAL_WITH, page_of(seat, "reservations"), needed=True)
