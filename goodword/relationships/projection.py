"""What the list shows of each relationship, kept on the seat: one row per person, only facts that person may see.

What is next is decided higher up, where all rooms can be read; `decided_by` is told at start who decides.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from goodword.ground.text import tidy_line
from goodword.relationships.models import NO_TIME, Relationship, Seat, Side


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
    """Bring the seats up to date: those of one side after a private act, all of them after one that both learn of.

    `only_seat` narrows it to one person's, after an act in a drawer that not even their colleagues can open.
    """
    seats = Seat.objects.select_related("side", "other").filter(relationship=relationship, left_at=None)
    seats = seats.filter(pk=only_seat) if only_seat else seats
    for seat in seats if only_side is None else seats.filter(side_id=only_side):
        seat.relationship = relationship
        show(seat, now)


def show(seat: Seat, now: dt.datetime) -> None:
    """Write what the list shows for one seat."""
    step = _decide(seat)
    Seat.objects.filter(pk=seat.pk).update(
        other_name=seat.other.person_name,
        other_business=seat.other.business_name,
        other_town=seat.other.town,
        find=findable(seat.other),
        step=seat.relationship.step,
        ended=int(seat.relationship.ended_at is not None),
        next_code=step.code,
        next_who=step.who,
        next_at=step.at,
        sort_at=step.at or NO_TIME,
        urgency=step.urgency,
        standing=step.standing,
        touched_at=now,
    )
