"""What waits for somebody's own address: letters to answer, and seats kept for them."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from goodword.ground.names import first_of
from goodword.people.models import Person
from goodword.relationships import acquaintances, invitations, starting
from goodword.relationships.models import Invitation, Side
from goodword.relationships.steps import Role


@dataclass(frozen=True, slots=True)
class OpenOffer:
    """A letter to answer, or a seat, across from `who` or beside them."""

    who: str
    what: str
    link: str

    @property
    def first_name(self) -> str:
        """What they are called in a heading."""
        return first_of(self.who)


def open_offers_for(person: Person) -> list[OpenOffer]:
    """Return the letters and seats that wait for this person. Two queries where there are none."""
    join = reverse("join")
    letters = [letter for letter in acquaintances.open_letters_of(person) if letter.answer != "not_now"]
    asked_by = _askers(letters) if letters else {}
    kept = [
        OpenOffer(asked_by[one.relationship_id], "across", join)
        if one.answer == "yes"
        else OpenOffer(asked_by[one.relationship_id], "letter", reverse("invitation", args=[invitations.token_of(one)]))
        for one in letters
    ]
    return [*kept, *(OpenOffer(offer.side.person_name, "beside", join) for offer in starting.offers_for(person))]


def _askers(letters: Sequence[Invitation]) -> dict[uuid.UUID, str]:
    """Return who wrote each of these letters, by relationship. One query."""
    sides = Side.objects.filter(relationship_id__in=[one.relationship_id for one in letters], role=Role.PROPOSER)
    return dict(sides.values_list("relationship_id", "person_name"))


def awaited_name(person: Person) -> str:
    """Return the name under which somebody without one of their own is waited for, "" where nobody waits."""
    letter = next(iter(invitations.waiting_for(person)), None)
    if letter:
        return Side.objects.get(relationship_id=letter.relationship_id, role=Role.INVITED).person_name
    return next((offer.name for offer in starting.offers_for(person)), "")
