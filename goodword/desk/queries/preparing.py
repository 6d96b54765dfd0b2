"""Before an encounter: what one wants to ask, what makes one hesitate, and what one learned last time. For one's own eyes."""

from __future__ import annotations

from typing import Any

from goodword.briefings.queries import pages as briefings
from goodword.encounters.actions import writing
from goodword.encounters.models import Encounter
from goodword.encounters.queries import pages as encounters
from goodword.encounters.wording import line_of
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.reservations import queries as reservations


def context(seat: Seat, encounter: Encounter) -> dict[str, Any]:
    """Return what this person takes along to an encounter, out of their own drawers and off the table.

    Questions not asked yet (M16), reservations not dealt with (M6, M13), and of the encounter held last: what was agreed
    and what they noted.
    """
    last = encounters.latest_encounter(seat)
    return {
        "it": encounter,
        "line": line_of(encounter, seat),
        "listening": seat.at in (Step.FIRST_BRIEFING, Step.SECOND_BRIEFING) and not seat.speaks,
        "questions": briefings.unasked_questions(seat),
        "hesitations": reservations.unresolved(seat),
        "last": line_of(last, seat) if last else None,
        "agreed": writing.latest_conclusion(seat, last) if last else None,
        "notes": encounters.own_notes(seat, last) if last else [],
    }
