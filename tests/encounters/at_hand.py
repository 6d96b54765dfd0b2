"""Small things the tests of this room share."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from goodword.encounters.actions import plans
from goodword.encounters.models import Encounter
from goodword.encounters.rules import EncounterKind
from goodword.ground import moments
from goodword.relationships.models import Seat


def soon(days: int = 3, hour: int = 10) -> dt.datetime:
    """Return a full hour in London a few days ahead."""
    day = timezone.now().astimezone(moments.zone("Europe/London")) + dt.timedelta(days=days)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


def plan_for(at: dt.datetime, **changes: str) -> dict[str, str]:
    """Return the plan form, filled in."""
    return {
        "kind": "meeting",
        "day": f"{at:%Y-%m-%d}",
        "time": f"{at:%H:%M}",
        "minutes": "60",
        "place": "The Lantern Café",
        **changes,
    }


def planned(seat: Seat, at: dt.datetime | None = None, **changes: Any) -> Encounter:
    """Return an encounter this seat planned."""
    shape: dict[str, Any] = {"kind": EncounterKind.MEETING, "minutes": 60, "place": "The Lantern Café", **changes}
    return plans.plan(seat, planned_at=at or soon(), **shape)
