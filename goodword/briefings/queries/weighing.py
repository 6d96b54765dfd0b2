"""One's criteria as a list to be weighed in place (M17)."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from goodword.briefings.queries import facts
from goodword.relationships.models import Seat


@dataclass(frozen=True, slots=True)
class ToWeigh:
    """One criterion to be weighed in place: under which name, its words, and what was said of it before."""

    name: str
    text: str
    said: str
    reason: str


def to_weigh(seat: Seat) -> list[ToWeigh]:
    """Return our criteria to be weighed, or where we have chosen none, those one is offered first. Ours alone."""
    found = [
        ToWeigh(
            row.entry or row.key,
            facts.criterion_words(seat, row),
            row.said,
            row.assessment.reason.unseal(seat) if row.assessment else "",
        )
        for row in facts.criteria(seat)
    ]
    return found or [ToWeigh(entry.id, _(entry.text), "", "") for entry in facts.first_criteria()]
