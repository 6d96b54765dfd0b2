"""What each side is called in sentences: as its person says, otherwise by what their name tells. Two of one name are told apart."""

from __future__ import annotations

import uuid

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
    """Carry what a person wants to be called to the sides that are theirs: where they were the first to sit."""
    for seat in Seat.objects.filter(person=person, left_at=None):
        if _first_to_sit(seat.side_id) == person:
            name_sides(seat.relationship_id)


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
    """Return what a side asks to be called, as its person says, or, while nobody sits there, as it was called before."""
    person = _first_to_sit(side.pk)
    return person.called if person else side.wish


def _first_to_sit(side_id: uuid.UUID) -> Person | None:
    """Return the person a side is named after."""
    first = Seat.objects.filter(side_id=side_id).select_related("person").order_by("joined_at", "id").first()
    return first.person if first else None


def _in_full(side: Side, sides: list[Side]) -> str:
    """Return a side's whole name; with its business, where even the whole names are one."""
    full = names.in_order(side.person_name)
    alike = len({names.in_order(each.person_name).casefold() for each in sides}) < len(sides)
    return f"{full} ({side.business_name})" if alike and side.business_name else full
