"""The gate table: what each side needs before it may decide, and what two decisions make. Pure.

The machine holds people to the method without leaking: `still_missing` speaks of one's own side only. The other side
sees that no decision has been made yet, and nothing of why (M20, T10).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from goodword.relationships.steps import Role, Step


class Need(StrEnum):
    """Something a side needs before it may decide."""

    ENCOUNTER = "encounter"
    TABLE_CLEAR = "table_clear"
    CHECK = "check"
    PLAYBACK = "playback"
    CRITERIA = "criteria"
    PEOPLE_KNOWN = "people_known"
    PURPOSE = "purpose"
    AGREEMENT = "agreement"
    TEACHING = "teaching"
    OWN_RESERVATIONS = "own_reservations"


class Who(StrEnum):
    """Of whom a need is asked."""

    BOTH = "both"
    LISTENER = "listener"
    PROPOSER = "proposer"


class Choice(StrEnum):
    """What a side may say at a gate."""

    GO_ON = "go_on"
    NOT_YET = "not_yet"
    LET_GO = "let_go"


class WaitsFor(StrEnum):
    """What "not yet" waits for (M5). Only another meeting asks for a meeting."""

    TIME = "time"
    MEETING = "meeting"
    SETTLING = "settling"


# How many leads keep a promise of first leads (M29).
FIRST_LEADS = {"one": 1, "two_or_three": 2, "more": 3}


@dataclass(frozen=True, slots=True)
class Gate:
    """One row of the table: where it stands, where it leads, what is needed of whom."""

    id: str
    step: Step
    leads_to: Step
    needs: tuple[tuple[Need, Who], ...]
    asks_first_leads: bool = False


# The first gate asks for a meeting and a yes: the gentle question comes after it, with time to think (M13).
_MEETING = ((Need.ENCOUNTER, Who.BOTH), (Need.TABLE_CLEAR, Who.BOTH))
_ALWAYS = (*_MEETING, (Need.CHECK, Who.BOTH))
# Criteria and "do I know people they'd want to meet" are asked of the one who has just listened (M17, M26).
_BRIEFING = ((Need.PLAYBACK, Who.BOTH), (Need.CRITERIA, Who.LISTENER), (Need.PEOPLE_KNOWN, Who.LISTENER))

GATES: tuple[Gate, ...] = (
    Gate("g1", Step.EXPLORE, Step.FIRST_BRIEFING, _MEETING),
    Gate("g2a", Step.FIRST_BRIEFING, Step.SECOND_BRIEFING, (*_ALWAYS, *_BRIEFING)),
    Gate("g2b", Step.SECOND_BRIEFING, Step.AGREE, (*_ALWAYS, *_BRIEFING, (Need.PURPOSE, Who.PROPOSER))),
    Gate(
        "g3",
        Step.AGREE,
        Step.ADVOCATE,
        (*_ALWAYS, (Need.AGREEMENT, Who.BOTH), (Need.TEACHING, Who.BOTH), (Need.OWN_RESERVATIONS, Who.BOTH)),
        asks_first_leads=True,
    ),
    Gate("still_glad", Step.ADVOCATE, Step.ADVOCATE, ((Need.TABLE_CLEAR, Who.BOTH), (Need.CHECK, Who.BOTH))),
)

# What only one's own side may know of itself; the rest is on the table.
PRIVATE_NEEDS = frozenset({Need.CRITERIA, Need.PEOPLE_KNOWN, Need.PURPOSE, Need.OWN_RESERVATIONS})


def gate_of(step: Step) -> Gate:
    """Return the gate at the end of a step; in step five, the question that comes round again."""
    return next(gate for gate in GATES if gate.step is step)


def needs_of(gate: Gate, role: Role, speaker: Role | None) -> tuple[Need, ...]:
    """Return what this gate needs of the side with this role, when `speaker` was centre stage (None outside briefings)."""
    asked = {
        Who.BOTH: True,
        Who.LISTENER: speaker is not None and role is not speaker,
        Who.PROPOSER: role is Role.PROPOSER,
    }
    return tuple(need for need, who in gate.needs if asked[who])


def still_missing(needed: tuple[Need, ...], met: frozenset[Need]) -> tuple[Need, ...]:
    """Return what one's own side still needs, in the order of the story."""
    return tuple(need for need in needed if need not in met)


def waits_for(reasons: Iterable[str]) -> WaitsFor:
    """Return what the next round waits for, from what each side that said "not yet" gave: another meeting before all, then
    something to settle, then time to think, which is also what no reason means.
    """
    given = set(reasons)
    return next((one for one in (WaitsFor.MEETING, WaitsFor.SETTLING) if one in given), WaitsFor.TIME)


def outcome(one: Choice, other: Choice) -> Choice:
    """Return what two decisions make: a gate opens only if both say go on. Letting go is not decided here: it ends at once."""
    return Choice.GO_ON if one is other is Choice.GO_ON else Choice.NOT_YET
