"""What may become of a reservation, and how its questions are ordered. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol, TypeVar

WINDOW = dt.timedelta(seconds=30)  # how long what was put on the table can still be taken back
TEN = 10
EASE = 4  # the unease gauge runs from 0, at ease, to this


class State(StrEnum):
    """Where a reservation on the table stands."""

    OPEN = "open"
    IN_DISCUSSION = "in_discussion"
    SETTLED = "settled"
    LIVED_WITH = "lived_with"
    DEAL_BREAKER = "deal_breaker"


class TalkTurn(StrEnum):
    """What somebody does about one on the table."""

    SPEAK = "speak"
    SETTLE = "settle"
    LIVE_WITH = "live_with"
    BREAK = "break"
    WITHDRAW = "withdraw"
    REOPEN = "reopen"


class CheckAnswer(StrEnum):
    """The three good answers of a reservation check (M6)."""

    NOTHING = "nothing"
    SOMETHING = "something"
    CANNOT_NAME = "cannot_name"


class Hand(StrEnum):
    """Whether one would hand somebody over today (M23)."""

    YES = "yes"
    NOT_YET = "not_yet"
    NO = "no"


OVER = frozenset({State.SETTLED, State.LIVED_WITH})
_IN_TALK = frozenset({State.OPEN, State.IN_DISCUSSION})
_OWNERS_TURNS = {
    TalkTurn.SETTLE: (_IN_TALK | {State.LIVED_WITH}, State.SETTLED),
    TalkTurn.LIVE_WITH: (_IN_TALK | {State.SETTLED}, State.LIVED_WITH),
    TalkTurn.BREAK: (_IN_TALK | OVER, State.DEAL_BREAKER),
    TalkTurn.WITHDRAW: (frozenset({State.DEAL_BREAKER}), State.IN_DISCUSSION),
    TalkTurn.REOPEN: (OVER, State.OPEN),
}


def after(state: State, turn: TalkTurn, *, owner: bool) -> State | None:
    """Return the state a turn leads to, or None where it may not be taken. All but speaking is its owner's."""
    if turn is TalkTurn.SPEAK:
        return State.IN_DISCUSSION if state is State.OPEN else state
    allowed, to = _OWNERS_TURNS[turn]
    return to if owner and state in allowed else None


class Asks(Protocol):
    """A prompt, as far as its order goes."""

    @property
    def trades(self) -> tuple[str, ...]:
        """Where it is likeliest."""


P = TypeVar("P", bound=Asks)


def in_order(prompts: Iterable[P], trades: str) -> list[P]:
    """Return the prompts likeliest in these trades first, then the general ones, then those of other trades."""
    words = trades.casefold()

    def likelihood(prompt: P) -> int:
        return 1 if not prompt.trades else 0 if any(each.casefold() in words for each in prompt.trades) else 2

    return sorted(prompts, key=likelihood)


def following(ids: Sequence[str], current: str) -> str | None:
    """Return the id after `current`, None after the last one or an unknown one."""
    at = ids.index(current) + 1 if current in ids else len(ids)
    return ids[at] if at < len(ids) else None


@dataclass(frozen=True, slots=True)
class TenChange:
    """How the answer about one of the ten differs from last time. `was` is None for a new name."""

    name: str
    was: str | None
    now: str


def changes(before: Iterable[tuple[str, str]], now: Iterable[tuple[str, str]]) -> list[TenChange]:
    """Return what changed between two rounds of (name, answer): new names and other answers, in today's order."""
    old = {name.casefold(): answer for name, answer in before if answer}
    asked = [(name, answer) for name, answer in now if answer]
    return [
        TenChange(name, old.get(name.casefold()), answer)
        for name, answer in asked
        if old.get(name.casefold()) != answer
    ]


def quiet_line(levels: Sequence[int], width: int = 300, height: int = 60) -> str:
    """Return the SVG path of the unease gauge over time, at ease at the bottom; nothing for fewer than two checks."""
    if len(levels) < 2:
        return ""
    stride = width / (len(levels) - 1)
    points = [
        f"{round(i * stride, 1):g} {round(height - height * level / EASE, 1):g}" for i, level in enumerate(levels)
    ]
    return "M" + "L".join(points)
