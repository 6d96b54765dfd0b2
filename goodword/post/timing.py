"""When letters come: not within the hours somebody wants quiet, and gathered into one a day for whoever asked for that.

Whose hours those are is for the people room to say; a letter somebody waits for, or one that puts a calendar right, comes at once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from goodword.post.letters import kind_of
from goodword.post.models import OutboxLetter
from goodword.post.outbox import URGENT


@dataclass(frozen=True, slots=True)
class Hours:
    """Somebody's hours by their own clock: quiet from and until, and when what has gathered comes. None: no such wish."""

    zone: ZoneInfo
    quiet_from: int | None = None
    quiet_until: int | None = None
    gathered_at: int | None = None

    def quiet(self, hour: int) -> bool:
        """Whether this hour is within the quiet ones, which may go over midnight."""
        if self.quiet_from is None or self.quiet_until is None or self.quiet_from == self.quiet_until:
            return False
        if self.quiet_from < self.quiet_until:
            return self.quiet_from <= hour < self.quiet_until
        return hour >= self.quiet_from or hour < self.quiet_until


_hours_of: Callable[[str], Hours | None] = lambda address: None  # noqa: E731 - until a room says


def use_hours(hours_of: Callable[[str], Hours | None]) -> None:
    """Say who knows the hours of whoever has an address."""
    global _hours_of
    _hours_of = hours_of


def hours_of(address: str) -> Hours | None:
    """Return the hours of whoever has this address, None where they have no wish."""
    return _hours_of(address)


def can_wait(letter: OutboxLetter) -> bool:
    """Whether a letter may come later than it is due."""
    kind = kind_of(letter.kind)
    return letter.lane != URGENT and kind.can_stop and kind.calendar is None


def send_not_before(letter: OutboxLetter, now: dt.datetime) -> dt.datetime | None:
    """Return until when a letter that is due is held for its reader's sake; None where it goes now."""
    hours = hours_of(letter.address) if can_wait(letter) else None
    if hours is None:
        return None
    local = now.astimezone(hours.zone)
    if hours.gathered_at is not None:
        return None if _waited_long_enough(letter, hours, local) else _next(local, hours.gathered_at)
    if hours.quiet_until is not None and hours.quiet(local.hour):
        return _next(local, hours.quiet_until)
    return None


def _waited_long_enough(letter: OutboxLetter, hours: Hours, local: dt.datetime) -> bool:
    """Whether it has waited for the hour at which letters come, also where nobody brought them in that very hour."""
    due = letter.due_at.astimezone(hours.zone)
    return local.hour == hours.gathered_at or (due.hour == hours.gathered_at and due.minute == due.second == 0)


def _next(local: dt.datetime, hour: int) -> dt.datetime:
    """Return when it is that hour next, by the same clock. An hour a clock leaves out comes an hour later."""
    day = local.date() if local.hour < hour else local.date() + dt.timedelta(days=1)
    return dt.datetime.combine(day, dt.time(hour), local.tzinfo).astimezone(dt.UTC)
