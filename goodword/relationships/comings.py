"""Who is told when a colleague takes a seat in a running relationship, or gives one up: rooms above that keep a list per person."""

from __future__ import annotations

from collections.abc import Callable

from goodword.relationships.models import Seat

Told = Callable[[Seat], None]
_coming: list[Told] = []
_going: list[Told] = []


def tell(*, coming: Told, going: Told) -> None:
    """Say who is told. Both are called within the transaction of the act."""
    _coming.append(coming)
    _going.append(going)


def came(seat: Seat) -> None:
    """A seat was taken."""
    for told in _coming:
        told(seat)


def went(seat: Seat) -> None:
    """A seat was given up."""
    for told in _going:
        told(seat)
