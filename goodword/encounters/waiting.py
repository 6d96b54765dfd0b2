"""What this room waits for from a seat: times to choose, a plan to move, words to confirm, a promise; and the next encounter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone

from goodword.encounters.actions import attending
from goodword.encounters.queries import pages
from goodword.relationships.models import Seat
from goodword.relationships.waits import Kind, Later, Turn, Urgency, Wait, page_of


def waiting(seat: Seat, now: dt.datetime) -> Iterator[Wait | Later]:
    """Return what the other side put to us here, and what we promised."""
    if seat.alone or seat.paused:
        return
    if offered := pages.times_waiting(seat):
        yield Wait(Kind.CHOOSE_TIME, page_of(seat, "encounter", offered.key), Urgency.SOON, key=offered.key)
    if to_move := attending.encounter_to_move(seat):
        page = page_of(seat, "encounter", to_move.key)
        yield Wait(Kind.MOVE_IT, page, Urgency.SOON, by=to_move.planned_at, key=to_move.key)
        yield Later(to_move.planned_at or now)
    if written := pages.to_confirm(seat):
        yield Wait(Kind.CONFIRM_CONCLUSION, page_of(seat, "encounter", written.key), key=written.key)
    yield from _promises(seat)
    yield from next_encounter(seat, now)


def _promises(seat: Seat) -> Iterator[Wait]:
    for promise in pages.open_promises(seat):
        if promise.role == seat.role:
            yield Wait(
                Kind.PROMISE,
                page_of(seat, "encounter", promise.encounter.key),
                by=_morning(promise.due_on),
                since=promise.created_at,
                key=promise.key,
                subject=promise.what,
            )


def _morning(day: dt.date | None) -> dt.datetime | None:
    """Return the beginning of a day where the person is."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time())) if day else None


def next_encounter(seat: Seat, now: dt.datetime) -> Iterator[Wait | Later]:
    """Return the next encounter with a time: to be held, or, once its hour has come, to be said how it went."""
    planned = pages.next_encounter(seat)
    if planned is None or planned.planned_at is None:
        return
    at, page = planned.planned_at, page_of(seat, "encounter", planned.key)
    if at < now:
        page = page_of(seat, "came-of-it", planned.key)
        yield Wait(Kind.RECORD, page, Urgency.NOW, by=at, key=planned.key)
    else:
        yield Wait(Kind.MEET, page, Urgency.SOON, Turn.BOTH, by=at, key=planned.key)
        yield Later(at)
