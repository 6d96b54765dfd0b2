"""What the list shows of each relationship, kept on the seat: one row per person, only facts that person may see.

An act marks the seats it concerns as out of date, which is one statement in its transaction; so does time, at the hour of a
meeting or on a new day. The worker decides anew within a second or two what is next and writes it down. Whoever looks before
that is shown what is decided as they look, and reading writes nothing (TRUST rule 9). What is next is decided higher up, where
all rooms can be read; `decided_by` is told at start who decides.
"""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils import timezone

from goodword.ground.moments import zone
from goodword.ground.text import tidy_line
from goodword.people.models import Person
from goodword.relationships.models import NO_TIME, Relationship, Seat, Side

log = logging.getLogger("goodword.relationships")
AT_ONCE = 5  # somebody acts in one relationship at a time; the worker is a second behind at most


@dataclass(frozen=True, slots=True)
class Next:
    """What is next, for whom and by when. Urgency: 1 now, 2 this week, 3 when ready, 5 with the others, 9 nothing."""

    code: str = ""
    who: str = ""
    at: dt.datetime | None = None
    urgency: int = 9
    standing: dict[str, Any] = field(default_factory=dict)


def nothing_next(seat: Seat) -> Next:
    """Return that nothing is next."""
    return Next()


_decide: Callable[[Seat], Next] = nothing_next


def decided_by(decide: Callable[[Seat], Next]) -> None:
    """Say who decides what is next for a seat."""
    global _decide
    _decide = decide


def findable(side: Side) -> str:
    """Return the text a search runs over: name, business and town of the other side, in lower case."""
    return tidy_line(f"{side.person_name} {side.business_name} {side.town}").casefold()[:700]


def refresh(
    relationship: Relationship, only_side: uuid.UUID | None, now: dt.datetime, only_seat: uuid.UUID | None = None
) -> None:
    """Mark seats as touched and out of date: those of one side after a private act, all of them after one that both learn of.

    `only_seat` narrows it to one person's, after an act in a drawer that not even their colleagues can open. One query.
    """
    seats = Seat.objects.filter(relationship=relationship, left_at=None)
    seats = seats.filter(pk=only_seat) if only_seat else seats
    (seats if only_side is None else seats.filter(side_id=only_side)).update(
        step=relationship.step, ended=int(relationship.ended_at is not None), touched_at=now, stale_at=now
    )


def settle_due(now: dt.datetime, most: int = 100) -> int:
    """Decide anew wherever it is out of date, in each person's own time zone, and write it. Return how many there were.

    Where an act comes in between, its mark stays, and what was decided before it is not written. A seat for which nothing can
    be decided waits for an hour, so that it holds up nobody else.
    """
    seats = list(_stale(now).select_related("person")[:most])
    for seat in seats:
        marked, shown = seat.stale_at, dict[str, Any](stale_at=now + dt.timedelta(hours=1))
        try:
            with timezone.override(zone(seat.person.zone)):
                shown = show(seat, now)
        except Exception:
            log.exception("what is next could not be decided for a seat")
        Seat.objects.filter(pk=seat.pk, stale_at=marked).update(**shown)
    return len(seats)


def up_to_date(seat: Seat, now: dt.datetime) -> Seat:
    """Return a seat as it is to be shown: decided anew, though not written, if it is out of date."""
    if seat.stale_at is not None and seat.stale_at <= now:
        show(seat, now)
    return seat


def decided_anew(person: Person, now: dt.datetime) -> list[Seat]:
    """Return this person's seats that the worker has yet to write, as they are to be shown. One query where there are none.

    Many at once, as at midnight, are left to the worker but for the first few.
    """
    late = Seat.objects.filter(person=person, left_at=None, stale_at__lte=now).order_by("stale_at")
    few = list(late.values_list("pk", flat=True)[:AT_ONCE])  # nearly always none: asked for in the shortest way
    seats = list(_stale(now).filter(pk__in=few)) if few else []
    for seat in seats:
        show(seat, now)
    return seats


def _stale(now: dt.datetime) -> models.QuerySet[Seat]:
    late = Seat.objects.filter(left_at=None, stale_at__lte=now).order_by("stale_at", "id")
    return late.select_related("relationship", "side", "other")


def show(seat: Seat, now: dt.datetime) -> dict[str, Any]:
    """Decide what the list shows for one seat, and put it on the seat in hand. Return it by column; nothing is written."""
    step = _decide(seat)
    shown = {
        "other_name": seat.other.person_name,
        "other_business": seat.other.business_name,
        "other_town": seat.other.town,
        "find": findable(seat.other),
        "next_code": step.code,
        "next_who": step.who,
        "next_at": step.at,
        "sort_at": step.at or NO_TIME,
        "urgency": step.urgency,
        "standing": step.standing,
        "stale_at": _stale_from(seat, step, now),
    }
    for name, value in shown.items():
        setattr(seat, name, value)
    return shown


def _stale_from(seat: Seat, step: Next, now: dt.datetime) -> dt.datetime | None:
    """Return when time alone may change what is next: at the hour of a meeting, and as a new day begins where the person is."""
    if not seat.open or seat.alone:
        return None
    tomorrow = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0) + dt.timedelta(days=1)
    return min(step.at, tomorrow) if step.at and step.at > now else tomorrow
