"""Whether a follow-up is due: what its wait says by a day, for tests."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from goodword.followups.queries import pages
from goodword.relationships.models import Seat


def follow_up_due(seat: Seat, now: dt.datetime) -> bool:
    """Whether it is time to look for the next date."""
    day = pages.follow_up_search_start(seat, now)
    return day is not None and day <= timezone.localdate(now)
