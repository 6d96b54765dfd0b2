"""Answering on the sheet of an encounter: each act returns the page one goes on to, or "" for the sheet itself."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from goodword.briefings.actions import playback as playback_actions
from goodword.briefings.actions import weighing
from goodword.briefings.rules import PeopleRange, Weight
from goodword.desk.queries.wrap_up import parts, purposes
from goodword.encounters.actions import plans as encounters
from goodword.encounters.models import Encounter
from goodword.gates import actions as gates
from goodword.gates.readiness import readiness
from goodword.gates.rules import Choice
from goodword.ground.refusals import Refusal
from goodword.relationships.models import Seat
from goodword.relationships.waits import page_of
from goodword.reservations.actions import checking
from goodword.reservations.rules import CheckAnswer


def answer(seat: Seat, encounter: Encounter, name: str, said: str, shown: str = "") -> str:
    """Keep one answer, for what was `shown` with it; return the page one goes on to.

    Raises Refusal for one that the sheet does not offer at the moment, or if something newer is to be read first.
    """
    part = next((part for part in parts(seat, encounter) if part.name == name), None)
    if part is None or said not in {tap.value for tap in part.taps if not tap.page}:
        raise Refusal(_("Choose one of the answers."))
    if part.shown != shown:
        raise Refusal(_("This has moved on since you opened the page. Please read it once more."))
    return ANSWERS[name](seat, encounter, said, shown) or page_of(seat, "came-of-it", encounter.key)


def weigh_each(seat: Seat, encounter: Encounter, said: dict[str, tuple[Weight, str]]) -> None:
    """Keep what was said of each criterion. Raises Refusal where the sheet does not ask for it."""
    if not any(part.weighs for part in parts(seat, encounter)):
        raise Refusal(_("Choose one of the answers."))
    weighing.weigh_each(seat, said)


def _answer_meeting(seat: Seat, encounter: Encounter, said: str, shown: str) -> str:
    encounters.mark_held(seat, encounter)
    return ""


def _answer_hesitation(seat: Seat, encounter: Encounter, said: str, shown: str) -> str:
    checking.record_check(seat, CheckAnswer(said))
    return ""


def _answer_playback(seat: Seat, encounter: Encounter, said: str, shown: str) -> str:
    if seat.speaks:
        playback_actions.find_right(seat, shown)
    else:
        playback_actions.say_aloud(seat)
    return ""


def _answer_people(seat: Seat, encounter: Encounter, said: str, shown: str) -> str:
    weighing.know_people(seat, PeopleRange(said))
    return ""


def _answer_criteria(seat: Seat, encounter: Encounter, said: str, shown: str) -> str:
    weighing.find_all_met(seat)
    return ""


def _answer_purpose(seat: Seat, encounter: Encounter, said: str, shown: str) -> str:
    weighing.write_purpose(seat, purposes(seat)[said])
    return ""


def _answer_decision(seat: Seat, encounter: Encounter, said: str, shown: str) -> str:
    """Seal "go on". Where that was the second decision, what came of both opens; else the seal is shown."""
    at = readiness(seat)
    opened = gates.decide(seat, Choice.GO_ON, gate=at.gate.id, round_number=at.round)
    return page_of(seat, "gate-result", at.gate.id, at.round) if opened else page_of(seat, "gate")


ANSWERS: dict[str, Callable[[Seat, Encounter, str, str], str]] = {
    "met": _answer_meeting,
    "hesitation": _answer_hesitation,
    "understood": _answer_playback,
    "people": _answer_people,
    "criteria": _answer_criteria,
    "purpose": _answer_purpose,
    "decision": _answer_decision,
}
