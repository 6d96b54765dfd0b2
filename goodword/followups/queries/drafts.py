"""News still being written, read back for the person it belongs to and nobody else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from goodword.followups.forms import EVERYBODY
from goodword.followups.models import UpdateDraft
from goodword.followups.queries.slipping import advocates
from goodword.people.models import Person
from goodword.relationships.models import Seat


@dataclass(frozen=True, slots=True)
class NewsDraft:
    """News ready to be looked at: its words, and the relationships it is for as they are now."""

    kind: str
    text: str
    part: str
    seats: tuple[Seat, ...]


def so_far(person: Person, to: str = "") -> dict[str, Any]:
    """Return what the forms start with: the draft, or nothing but whom it is for."""
    draft = UpdateDraft.objects.filter(person=person).first()
    words = draft.unseal() if draft else {}
    chosen = words.get("to") or [to]
    return {**words, **({"part": words["part"] or "none"} if "part" in words else {}), "to": chosen}


def ready(person: Person) -> NewsDraft | None:
    """Return the draft with the seats it is for, or None if there is none, half of one, or nobody left to have it."""
    draft = UpdateDraft.objects.filter(person=person).first()
    words: dict[str, Any] = draft.unseal() if draft else {}
    if not {"text", "part", "to"} <= set(words):
        return None
    seats = tuple(seat for seat in advocates(person) if EVERYBODY in words["to"] or seat.key in words["to"])
    return NewsDraft(words["kind"], words["text"], words["part"], seats) if seats else None
