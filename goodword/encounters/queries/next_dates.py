"""Before parting, the next date (M34). What the rhythm asks for is not this room's to know: whoever knows says so at start."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from goodword.encounters.models import Encounter
from goodword.encounters.queries.pages import visible_encounters
from goodword.relationships.models import Seat

Rhythm = Callable[[Seat, dt.datetime], dt.datetime | None]
_rhythms: list[Rhythm] = []


@dataclass(frozen=True, slots=True)
class NextDate:
    """When the two see each other next: what is planned already, or else what their rhythm proposes, if they have one."""

    planned: dt.datetime | None
    proposed: dt.datetime | None


def use_rhythm(rhythm: Rhythm) -> None:
    """Say who proposes the next date of a relationship, given a seat and the moment they part."""
    _rhythms[:] = [rhythm]


def next_date(seat: Seat, encounter: Encounter, now: dt.datetime) -> NextDate:
    """Return the next date to settle before getting up from this encounter. Facts of the table only."""
    ahead = (
        visible_encounters(seat).filter(planned_at__gt=now, held_at=None, called_off_at=None).exclude(pk=encounter.pk)
    )
    planned = ahead.order_by("planned_at").values_list("planned_at", flat=True).first()
    return NextDate(planned, None if planned or not _rhythms else _rhythms[0](seat, now))
