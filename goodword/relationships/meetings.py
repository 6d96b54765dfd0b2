"""The meeting that came before a letter (M9). What was noted of encounters is not the hall's to know: whoever knows says so
at start."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from goodword.relationships.models import Seat


@dataclass(frozen=True, slots=True)
class Meeting:
    """When the two met, and where; the place may be empty."""

    day: dt.date
    place: str


_last_of: Callable[[Seat], Meeting | None] = lambda seat: None  # noqa: E731 - until a room says


def use_last_meeting(last_of: Callable[[Seat], Meeting | None]) -> None:
    """Say who knows the last meeting that a seat has noted."""
    global _last_of
    _last_of = last_of


def last_meeting(seat: Seat) -> Meeting | None:
    """Return the last meeting noted by this seat's side, None where there was none: a letter written now speaks of it."""
    return _last_of(seat)
