"""Readiness: the rooms' facts, gathered for one seat. Only what that seat may know is ever asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from goodword.agreements import queries as agreements
from goodword.briefings import queries as briefings
from goodword.encounters import queries as encounters
from goodword.followups import queries as followups
from goodword.gates.models import Decision, Round
from goodword.gates.rules import PRIVATE_NEEDS, Choice, Gate, Need, gate_of, needed_of, still_missing
from goodword.relationships.models import Seat
from goodword.relationships.steps import Role, Step, speaker
from goodword.reservations import queries as reservations
from goodword.teaching import queries as teaching

STILL_GLAD_EVERY = dt.timedelta(days=91)


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

    def told(self) -> dict[str, Any]:
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
    since = max(seat.relationship.step_since, last.created_at) if last else seat.relationship.step_since
    number = last.number + 1 if last else 1
    if gate.step is Step.ADVOCATE and not glad_is_due(seat, last):
        return _resting(gate, number, since, last)
    mine, theirs = _met(seat, since)
    needed = needed_of(gate, seat.role, current_speaker(seat))
    ours, theirs_at = decisions(seat, gate, number)
    return Readiness(
        gate=gate, round=number, since=since, needed=needed,
        needed_theirs=needed_of(gate, seat.role.other, current_speaker(seat)), met=mine, met_theirs=theirs,
        missing=still_missing(needed, mine), mine=ours, theirs_at=theirs_at, last=last,
        asked=seat.open and not seat.alone,
    )  # fmt: skip


def _resting(gate: Gate, number: int, since: dt.datetime, last: Round | None) -> Readiness:
    """Return that nothing is asked at the moment: between two times of 'still glad?' no room needs to be read."""
    nothing = frozenset[Need]()
    return Readiness(gate, number, since, (), (), nothing, nothing, (), None, None, last, asked=False)


def glad_is_due(seat: Seat, last: Round | None) -> bool:
    """Whether 'still glad?' is to be asked again: at the rhythm the two agreed on, though not more than once a quarter.

    It counts from the confirmation, or from when it was last asked. Not in a pause.
    """
    since = last.created_at if last else seat.relationship.step_since
    if seat.paused or timezone.now() - since < STILL_GLAD_EVERY:
        return False
    return timezone.now() - since >= max(STILL_GLAD_EVERY, followups.between(seat) or STILL_GLAD_EVERY)


def decisions(seat: Seat, gate: Gate, number: int) -> tuple[Decision | None, dt.datetime | None]:
    """Return our decision of a round, and when the other side made theirs: that it was made, never what it is (D5)."""
    ours = Decision.objects.owned_by(seat).filter(gate=gate.id, round=number).first()
    made = Decision.objects.for_the_house().filter(
        relationship_id=seat.relationship_id, side_id=seat.other_id, gate=gate.id, round=number
    )
    return ours, made.values_list("created_at", flat=True).first()


def _met(seat: Seat, since: dt.datetime) -> tuple[frozenset[Need], frozenset[Need]]:
    """Return the needs that are met: on our side, and visibly on theirs."""
    ours, theirs = set[Need](), set[Need]()

    def put(need: Need, us: bool, them: bool = False) -> None:
        if us:
            ours.add(need)
        if them and need not in PRIVATE_NEEDS:
            theirs.add(need)

    held = encounters.held_since(seat, since)
    put(Need.ENCOUNTER, held is not None, held is not None)
    put(Need.CHECK, *reservations.check_done_since(seat, held or since))
    clear = not reservations.deal_breaker_on_table(seat)
    put(Need.TABLE_CLEAR, clear, clear)
    if seat.at in (Step.FIRST_BRIEFING, Step.SECOND_BRIEFING):
        confirmed = briefings.confirmed(seat, seat.at)
        put(Need.PLAYBACK, confirmed, confirmed)
        weighed, total = briefings.criteria_weighed(seat)
        put(Need.CRITERIA, weighed == total > 0 and not briefings.criteria_unmet(seat))
        put(Need.PEOPLE_KNOWN, briefings.people_known_answered(seat, seat.at))
        put(Need.PURPOSE, briefings.purpose_written(seat))
    if seat.at is Step.AGREE:
        accepted = agreements.accepted(seat)
        put(Need.AGREEMENT, all(accepted), all(accepted))
        taught = teaching.standing(seat)
        through = all(taught.given) and taught.worked_out
        put(Need.TEACHING, through and taught.heard[0], through and taught.heard[1])
        put(Need.OWN_RESERVATIONS, not reservations.own_open(seat) and not reservations.unnamed(seat))
    return frozenset(ours), frozenset(theirs)


def choices_of(seat: Seat, gate: str, number: int) -> dict[str, tuple[Choice, dt.datetime]]:
    """Return what each side said in a round that has been opened: {'ours': …, 'theirs': …}."""
    rows = Decision.objects.visible_to(seat).filter(gate=gate, round=number).exclude(opened_at=None)
    return {seat.side_name(row.side_id): (Choice(row.choice.unseal(seat)), row.created_at) for row in rows}
