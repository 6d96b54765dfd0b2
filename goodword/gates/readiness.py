"""Readiness: the rooms' facts, gathered for one seat. Only what that seat may know is ever asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from goodword.encounters.queries.pages import last_meeting_since
from goodword.followups.queries import pages as followups
from goodword.gates.models import Decision, Round
from goodword.gates.needs import NEEDS, NeedFacts
from goodword.gates.rules import PRIVATE_NEEDS, Choice, Gate, Need, WaitsFor, gate_of, needs_of, still_missing
from goodword.relationships.models import Seat
from goodword.relationships.steps import Role, Step, speaker

STILL_GLAD_EVERY = dt.timedelta(days=91)
TIME_TO_THINK = dt.timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Readiness:
    """How a seat stands before its gate.

    `met` holds what one's own side has in place, `shared` what the other visibly has; `missing` is for one's own side.
    """

    gate: Gate
    round: int
    since: dt.datetime
    needed: tuple[Need, ...]
    needed_theirs: tuple[Need, ...]
    met: frozenset[Need]
    met_theirs: frozenset[Need]
    missing: tuple[Need, ...]
    mine: Decision | None
    theirs_at: dt.datetime | None
    last: Round | None
    asked: bool

    @property
    def may_decide(self) -> bool:
        """Whether this seat's side may decide now."""
        return self.asked and not self.missing

    def as_values(self) -> dict[str, Any]:
        """Return it as plain values, for the seat's row: what the front page shows without asking every room again."""
        return {
            "gate": self.gate.id,
            "round": self.round,
            "needed": list(self.needed),
            "needed_theirs": list(self.needed_theirs),
            "met": sorted(self.met),
            "met_theirs": sorted(self.met_theirs),
            "ours_at": self.mine.created_at.isoformat() if self.mine else None,
            "theirs_at": self.theirs_at.isoformat() if self.theirs_at else None,
            "asked": self.asked,
        }


def current_speaker(seat: Seat) -> Role | None:
    """Return who is centre stage in the step the relationship is in."""
    return speaker(seat.at, Role(seat.relationship.first_speaker))


def last_round(seat: Seat, gate: Gate) -> Round | None:
    """Return the newest round both have decided in at this gate."""
    return Round.objects.visible_to(seat).filter(gate=gate.id).order_by("-number").first()


def readiness(seat: Seat) -> Readiness:
    """Return how this seat stands before the gate of its step. About ten queries, whatever the rows."""
    gate = gate_of(seat.at)
    last = last_round(seat, gate)
    since = _since(seat, gate, last)
    number = last.number + 1 if last else 1
    if gate.step is Step.ADVOCATE and not glad_is_due(seat, last):
        return _resting(gate, number, since, last)
    mine, theirs = _met_needs(seat, gate, since)
    needed = needs_of(gate, seat.role, current_speaker(seat))
    ours, theirs_at = decisions(seat, gate, number)
    return Readiness(
        gate=gate,
        round=number,
        since=since,
        needed=needed,
        needed_theirs=needs_of(gate, seat.role.other, current_speaker(seat)),
        met=mine,
        met_theirs=theirs,
        missing=still_missing(needed, mine),
        mine=ours,
        theirs_at=theirs_at,
        last=last,
        asked=seat.open and not seat.alone,
    )


def _since(seat: Seat, gate: Gate, last: Round | None) -> dt.datetime:
    """Return from when on what a gate needs has to be: since the step began, or, where the last round waits for another meeting
    or "still glad?" was asked before, since then. Time to think asks for nothing twice (M5).
    """
    anew = last is not None and (gate.step is Step.ADVOCATE or last.waits_for == WaitsFor.MEETING)
    return max(seat.relationship.step_since, last.created_at) if last and anew else seat.relationship.step_since


def _resting(gate: Gate, number: int, since: dt.datetime, last: Round | None) -> Readiness:
    """Return that nothing is asked at the moment: between two times of 'still glad?' no room needs to be read."""
    nothing = frozenset[Need]()
    return Readiness(gate, number, since, (), (), nothing, nothing, (), None, None, last, asked=False)


def glad_from(seat: Seat, last: Round | None) -> dt.datetime:
    """Return from when 'still glad?' is asked again: at the rhythm the two agreed on, though not more than once a quarter.

    It counts from the confirmation, or from when it was last asked.
    """
    since = last.created_at if last else seat.relationship.step_since
    return since + max(STILL_GLAD_EVERY, followups.between(seat) or STILL_GLAD_EVERY)


def glad_is_due(seat: Seat, last: Round | None) -> bool:
    """Whether 'still glad?' is to be asked now. Not in a pause."""
    return not seat.paused and timezone.now() >= glad_from(seat, last)


def asked_again_at(seat: Seat, last: Round) -> dt.datetime | None:
    """Return when both are asked again after a round that did not open the gate: after two weeks, where it waits for time or for
    something to settle; "still glad?" at its own rhythm. None where it waits for another meeting (M5).
    """
    if last.gate == gate_of(Step.ADVOCATE).id:
        return glad_from(seat, last)
    return None if last.waits_for == WaitsFor.MEETING else last.created_at + TIME_TO_THINK


def rests_until(seat: Seat, at: Readiness) -> dt.datetime | None:
    """Return until when nobody is asked again, or None: not after a meeting since, nor once the other side has answered anew (M5)."""
    if at.last is None or at.last.outcome == Choice.GO_ON or at.gate.step is Step.ADVOCATE or at.theirs_at:
        return None
    return None if last_meeting_since(seat, at.last.created_at) else asked_again_at(seat, at.last)


def decisions(seat: Seat, gate: Gate, number: int) -> tuple[Decision | None, dt.datetime | None]:
    """Return our decision of a round, and when the other side made theirs: that it was made, never what it is (D5)."""
    ours = Decision.objects.owned_by(seat).filter(gate=gate.id, round=number).first()
    made = Decision.objects.unscoped().filter(
        relationship_id=seat.relationship_id, side_id=seat.other_id, gate=gate.id, round=number
    )
    return ours, made.values_list("created_at", flat=True).first()


def _met_needs(seat: Seat, gate: Gate, since: dt.datetime) -> tuple[frozenset[Need], frozenset[Need]]:
    """Return the needs of a gate that are met: on our side, and visibly on theirs."""
    facts = NeedFacts(seat, since)
    found = {need: NEEDS[need].met(facts) for need, _who in gate.needs}
    ours = frozenset(need for need, (us, _them) in found.items() if us)
    theirs = frozenset(need for need, (_us, them) in found.items() if them and need not in PRIVATE_NEEDS)
    return ours, theirs


def choices_of(seat: Seat, gate: str, number: int) -> dict[str, tuple[Choice, dt.datetime]]:
    """Return what each side said in a round that has been opened: {'ours': …, 'theirs': …}."""
    rows = Decision.objects.visible_to(seat).filter(gate=gate, round=number).exclude(opened_at=None)
    return {seat.side_name(row.side_id): (Choice(row.choice.unseal(seat)), row.created_at) for row in rows}
