"""The demo world's calendar: working days up to today, and acts that happen on them.

The acts are the real ones and read the clock themselves, so the clock is what is set: nothing is dated afterwards.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import time_machine
from django.utils import timezone

from goodword.relationships import holding
from goodword.reservations.actions import releasing

TUESDAY, SATURDAY = 1, 5


def back(days: int) -> dt.date:
    """Return a working day about so many days ago, never later."""
    day = timezone.localdate() - dt.timedelta(days=days)
    return day - dt.timedelta(days=max(0, day.weekday() - SATURDAY + 1))


def last_tuesday() -> dt.date:
    """Return the last Tuesday that has been."""
    day = timezone.localdate() - dt.timedelta(days=1)
    return day - dt.timedelta(days=(day.weekday() - TUESDAY) % 7)


def ahead(days: int) -> dt.date:
    """Return a working day about so many days from now, never sooner."""
    day = timezone.localdate() + dt.timedelta(days=days)
    return day + dt.timedelta(days=(7 - day.weekday()) % 7 if day.weekday() >= SATURDAY else 0)


def moment(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    """Return a time of day in the reader's zone."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour, minute)))


class Diary:
    """The days of one relationship, each later than the one before."""

    def __init__(self) -> None:
        self.last: dt.datetime | None = None

    @contextmanager
    def on(self, days: int, hour: int = 10) -> Iterator[dt.date]:
        """Live on a working day about so many days ago; what is held back for half a minute has left by its evening."""
        day = back(days)
        start = moment(day, hour)
        if self.last is not None:
            start = max(start, self.last + dt.timedelta(hours=1))
        with time_machine.travel(start, tick=True):
            yield day
            evening = timezone.now() + 2 * holding.WINDOW
            holding.release_due(evening)
            releasing.release_due(evening)
        self.last = start
