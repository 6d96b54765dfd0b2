"""Who is slipping away: relationships whose last contact lies further back than their rhythm and some grace. For oneself only.

Nothing is written for it and nobody else is told: it is read from what both sides know, each time its page is opened.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Max, Q
from django.utils import timezone

from goodword.encounters.models import Encounter
from goodword.followups import rules
from goodword.followups.models import Rhythm
from goodword.people.models import Person
from goodword.relationships.models import Seat
from goodword.relationships.seats import whole
from goodword.relationships.steps import Step

MOST = 200  # those one has touched least recently: whoever slips away is among them


@dataclass(frozen=True, slots=True)
class Slipping:
    """A relationship that is slipping away, the day of the last contact (None: none since it began), and its rhythm."""

    seat: Seat
    last_on: dt.date | None
    rhythm: Rhythm | None
    since: dt.date


def advocates(person: Person) -> list[Seat]:
    """Return this person's seats in relationships that are in step advocate and go on, the longest untouched first. One query."""
    seats = whole(Seat.objects.all()).filter(person=person, left_at=None, ended=0, step=Step.ADVOCATE)
    return list(seats.filter(relationship__paused_at=None).order_by("touched_at", "id")[:MOST])


def slipping(person: Person, now: dt.datetime) -> list[Slipping]:
    """Return the relationships slipping away, the longest first. Three queries, however many there are."""
    seats, today = advocates(person), timezone.localdate(now)
    met, turns = _contacts_of(seats, now), _rhythms(seats)
    found = [_judge(seat, met.get(seat.relationship_id, {}), turns.get(seat.relationship_id)) for seat in seats]
    gone = [one for one in found if one.since < today and not met.get(one.seat.relationship_id, {}).get("ahead")]
    return sorted(gone, key=lambda one: one.since)


def _judge(seat: Seat, met: dict[str, Any], turn: Rhythm | None) -> Slipping:
    last_on: dt.date | None = met.get("last")
    began = timezone.localdate(seat.relationship.step_since)
    return Slipping(seat, last_on, turn, rules.slips_since(turn, max(last_on, began) if last_on else began))


def _contacts_of(seats: Iterable[Seat], now: dt.datetime) -> dict[object, dict[str, Any]]:
    """Return, by relationship, the day of the last contact and the next one planned. One query."""
    rows = _visible_to_each(Encounter, seats)
    if rows is None:
        return {}
    held, ahead = Q(held_at__isnull=False), Q(held_at=None, planned_at__gt=now)
    kept = rows.filter(called_off_at=None, tabled_as=None).order_by().values("relationship_id")
    found = kept.annotate(last=Max("happened_on", filter=held), ahead=Max("planned_at", filter=ahead))
    return {row["relationship_id"]: row for row in found}


def _rhythms(seats: Iterable[Seat]) -> dict[object, Rhythm]:
    """Return the newest rhythm of each relationship. One query."""
    rows = _visible_to_each(Rhythm, seats)
    return {} if rows is None else {row.relationship_id: row for row in rows.order_by("created_at", "id")}


def _visible_to_each(model: Any, seats: Iterable[Seat]) -> Any:
    """Return the rows of a model that each of one person's seats may see, as one query; None without seats."""
    each = [model.objects.visible_to(seat) for seat in seats]
    return reduce(or_, each) if each else None
