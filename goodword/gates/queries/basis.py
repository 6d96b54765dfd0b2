"""What one has to go on at a gate: what lies on the table, and what is in one's own drawers, each under its own mark."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from goodword.briefings.queries import facts
from goodword.briefings.rules import Passage, PeopleRange, Weight
from goodword.briefings.wording import PEOPLE, WEIGHT_WORDS
from goodword.encounters.actions import writing
from goodword.encounters.queries import pages as encounters
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.reservations import queries as reservations
from goodword.reservations.rules import OVER

LONGEST = 240
Entry = tuple[str, str]


def context(seat: Seat) -> dict[str, list[Entry]]:
    """Return what is there to go on as (heading, text): `shared` for both sides, `own` for this seat alone."""
    last = encounters.latest_encounter(seat)
    return {
        "shared": [*_playback(seat), *_conclusions(seat, last), *_reservations_over(seat)],
        "own": [*_criteria(seat), *_people(seat), *_notes(seat, last)],
    }


def _playback(seat: Seat) -> list[Entry]:
    if seat.at not in (Step.FIRST_BRIEFING, Step.SECOND_BRIEFING):
        return []
    latest: Any = facts.rounds(seat, seat.at).last()
    if latest is not None and latest.confirmed_at:
        return [(_("Understood"), latest.passages[Passage.DOES][:LONGEST])]
    if len(facts.confirming_sides(seat, seat.at)) == 2:
        return [(_("Understood"), _("It was said back at the table, and it was right."))]
    return []


def _conclusions(seat: Seat, last: Any) -> list[Entry]:
    agreed = writing.latest_conclusion(seat, last) if last else None
    return [(_("Agreed"), agreed.text[:LONGEST])] if agreed else []


def _reservations_over(seat: Seat) -> list[Entry]:
    rows = reservations.context(seat)["table"]
    return [(_("Settled"), row.text[:LONGEST]) for row in rows if row.state in OVER][:3]


def _criteria(seat: Seat) -> list[Entry]:
    """Return each thing one looks for, with what one said of it."""
    return [(facts.criterion_words(seat, row), _weighed(seat, row)) for row in facts.criteria(seat)]


def _weighed(seat: Seat, row: Any) -> str:
    said = str(WEIGHT_WORDS[Weight(row.said)]) if row.said else _("No answer yet")
    why = row.assessment.reason.unseal(seat)[:LONGEST] if row.said == Weight.HAPPY else ""
    return _("%(said)s: %(why)s") % {"said": said, "why": why} if why else said


def _people(seat: Seat) -> list[Entry]:
    known = facts.people_estimate(seat)
    about = _("People for %(name)s") % {"name": seat.other.first_name}
    return [(about, str(PEOPLE[PeopleRange(known)]))] if known else []


def _notes(seat: Seat, last: Any) -> list[Entry]:
    notes = encounters.own_notes(seat, last) if last else []
    return [(_("A note of yours"), note["it"].text.unseal(seat)[:LONGEST]) for note in notes[-2:]]
