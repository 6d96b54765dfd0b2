"""What rooms may ask and say of news beside the general rule (`waiting.py`): that it is seen or answered, and waits no longer."""

from __future__ import annotations

import uuid

from goodword.people.models import Person
from goodword.relationships.models import Seat
from goodword.relationships.waiting import WaitingRow
from goodword.relationships.waits import Kind


def is_news(person: Person, page: str) -> bool:
    """Whether a page shows news that this person has not seen. One query."""
    return WaitingRow.objects.filter(person=person, news=True, page=page).exists()


def forget_kind(relationship_id: uuid.UUID, kind: Kind) -> None:
    """Let no news of a kind be news to anybody here any more: they have gone on from there."""
    WaitingRow.objects.filter(relationship_id=relationship_id, news=True, kind=kind).delete()


def wait_for_nothing(seat: Seat) -> None:
    """Let nothing wait any more for somebody who gives up their seat."""
    WaitingRow.objects.filter(person_id=seat.person_id, relationship_id=seat.relationship_id).delete()
