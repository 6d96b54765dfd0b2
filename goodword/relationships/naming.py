"""What each side is called in sentences: as its person says, otherwise by what their name tells. Two of one name are told apart."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from goodword.ground import names
from goodword.people.models import Person
from goodword.relationships.models import Seat, Side


def name_sides(relationship_id: uuid.UUID) -> None:
    """Bring what the two sides of a relationship are called up to date, wherever it is kept."""
    sides = list(Side.objects.filter(relationship_id=relationship_id).order_by("role"))
    calls = [_wish(side) or names.first_of(side.person_name) for side in sides]
    for side, call in zip(sides, names.apart([_in_full(side, sides) for side in sides], calls), strict=True):
        side.called = call if call != names.first_of(side.person_name) else ""
        side.save(update_fields=["called"])
        for reader in Seat.objects.filter(relationship_id=relationship_id, other=side):
            _tell_apart(reader, side)


def carry(person: Person) -> None:
    """Carry what a person wants to be called to the sides that are theirs: where they were the first to sit, while it goes on."""
    for seat in Seat.objects.filter(person=person, left_at=None, relationship__ended_at=None):
        if _first_to_sit(seat.side_id) == person:
            name_sides(seat.relationship_id)


def names_of(seat: Seat, rows: Sequence[Any]) -> dict[uuid.UUID, str]:
    """Return the names of those who wrote rows of one side, by the row: their own while they sit there, and afterwards their side's,
    so that neither what they call themselves since nor whether they have an account still reaches anybody (D7). One query.

    Read with each row's author and side.
    """
    sat = Seat.objects.filter(side_id__in={row.side_id for row in rows}).order_by("joined_at", "id")
    left = dict(sat.values_list("person_id", "left_at"))
    first = next(iter(left), None)

    def name(row: Any) -> str:
        if seat.open and left.get(row.author_id, row) is None:
            return str(row.author.name)
        own = row.author_id == first or not row.side.business_name
        return str(row.side.person_name if own else row.side.business_name)

    return {row.pk: name(row) for row in rows}


def _tell_apart(reader: Seat, side: Side) -> None:
    """Keep what a reader calls this side, in lists and letters: by the whole name, as any other of that first name they know."""
    call = side.first_name
    likely = Seat.objects.filter(
        Q(other_called=call) | Q(other_name__icontains=call), person_id=reader.person_id, left_at=None
    )
    whole = names.in_order(
        side.person_name
    )  # somebody of the very same name is not told apart by it; mostly it is them
    others = likely.exclude(pk=reader.pk).exclude(other__person_name=side.person_name).select_related("other")
    alike = [seat for seat in others if seat.other.first_name == call]
    _call(reader, whole if alike else call)
    for seat in alike:
        _call(seat, names.in_order(seat.other.person_name))


def _call(seat: Seat, other: str) -> None:
    """Keep what a seat calls its other side, unless it does so already."""
    if seat.other_called != other:
        Seat.objects.filter(pk=seat.pk).update(other_called=other)


def _wish(side: Side) -> str:
    """Return what a side asks to be called: as its person says, or, once they have left or while nobody has come, as it was called."""
    first = _first_seat(side.pk)
    if first is None:
        return side.wish
    return first.person.called if first.left_at is None else side.called


def _first_to_sit(side_id: uuid.UUID) -> Person | None:
    """Return the person a side is named after."""
    first = _first_seat(side_id)
    return first.person if first else None


def _first_seat(side_id: uuid.UUID) -> Seat | None:
    return Seat.objects.filter(side_id=side_id).select_related("person").order_by("joined_at", "id").first()


def _in_full(side: Side, sides: list[Side]) -> str:
    """Return a side's whole name; with its business, where even the whole names are one."""
    full = names.in_order(side.person_name)
    alike = len({names.in_order(each.person_name).casefold() for each in sides}) < len(sides)
    return f"{full} ({side.business_name})" if alike and side.business_name else full
