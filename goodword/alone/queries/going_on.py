"""Whether one may go on alone where the other side gave up its seat, and where that goes on. Reads only."""

from __future__ import annotations

from goodword.alone.models import Continuation
from goodword.relationships.journal import given_up
from goodword.relationships.models import Seat
from goodword.relationships.seats import whole


def elsewhere(seat: Seat, direction: str) -> Seat | None:
    """Return this person's seat in the relationship from which this one came (`before`), or in which it goes on (`onward`)."""
    if seat.mirror:
        return None
    there = Continuation.objects.owned_by(seat).filter(direction=direction).values("there_id")
    seats = whole(Seat.objects.all(), "person")
    return seats.filter(person_id=seat.person_id, relationship_id__in=there, left_at=None).first()


def may_keep_on(seat: Seat) -> bool:
    """Whether one may go on alone from here: the other side gave up its seat, nobody sits there, and nobody has gone on yet."""
    if seat.open or seat.mirror or not given_up(seat):
        return False
    return not Seat.objects.filter(side_id=seat.other_id, left_at=None).exists()
