"""What holds for encounters, whatever the database: kinds, equal halves, the clock on the table. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from goodword.relationships.steps import Step

MOST_TIMES = 5
MINUTE = 60
WARNING = 5 * MINUTE


class EncounterKind(StrEnum):
    """The kinds of encounter there are (M3)."""

    MEETING = "meeting"
    VISIT = "visit"
    COLLEAGUE = "colleague"
    PHONE = "phone"
    VIDEO = "video"
    EMAIL = "email"
    LETTER = "letter"

    @property
    def has_place(self) -> bool:
        """Whether people go somewhere for it."""
        return self in (EncounterKind.MEETING, EncounterKind.VISIT, EncounterKind.COLLEAGUE)

    @property
    def is_talk(self) -> bool:
        """Whether it is a conversation, with an agenda and a clock. E-mails and letters are not."""
        return self not in (EncounterKind.EMAIL, EncounterKind.LETTER)


FURTHEST = dt.timedelta(days=730)  # how far ahead anything is planned


class Coming(StrEnum):
    """Whether somebody can come at the time planned."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


def in_halves(step: Step) -> bool:
    """Whether an encounter of this step is split into two equal halves (M7).

    In a briefing one side is centre stage, each in its turn (M15).
    """
    return step in (Step.EXPLORE, Step.AGREE)


def step_of(happened_on: dt.date, since: dt.date, at: Step, *, counts_now: bool) -> Step:
    """Return the step a recorded encounter belongs to.

    One from before the step began belongs to the step before, unless it is recorded for this one. There is nothing
    before exploring: "we met last Tuesday" counts (M9).
    """
    if counts_now or happened_on >= since or at is Step.EXPLORE:
        return at
    return Step(at - 1)


# ── Agenda ──


@dataclass(frozen=True, slots=True)
class Slot:
    """The minutes of one agenda item. `half` is a role, or "both"."""

    half: str
    minutes: int


def spread(minutes: Sequence[int], total: int) -> list[int]:
    """Return `minutes` scaled to add up to `total`, each at least one.

    Raise ValueError where there are more items than minutes.
    """
    if total < len(minutes):
        raise ValueError("more items than minutes")
    if not minutes:
        return []
    free, weight = total - len(minutes), sum(minutes) or len(minutes)
    shares = [free * one / weight if sum(minutes) else free / len(minutes) for one in minutes]
    whole = [int(share) for share in shares]
    by_remainder = sorted(range(len(minutes)), key=lambda i: shares[i] - whole[i], reverse=True)
    for i in by_remainder[: free - sum(whole)]:
        whole[i] += 1
    return [1 + one for one in whole]


def total_of(slots: Iterable[Slot], half: str) -> int:
    """Return the minutes of one half."""
    return sum(slot.minutes for slot in slots if slot.half == half)


def put_in(slots: Sequence[Slot], half: str, total: int) -> list[Slot]:
    """Return the slots with those of one half scaled to `total` minutes."""
    new = iter(spread([slot.minutes for slot in slots if slot.half == half], total))
    return [replace(slot, minutes=next(new)) if slot.half == half else slot for slot in slots]


def halves_of(slots: Sequence[Slot]) -> list[str]:
    """Return the roles that have a half, in the order in which they speak."""
    return list(dict.fromkeys(slot.half for slot in slots if slot.half != "both"))


def even_up(slots: Sequence[Slot], changed: str) -> list[Slot]:
    """Return the slots with the other half as long as the changed one (M7). Raise ValueError where it cannot be."""
    others = [half for half in halves_of(slots) if half != changed]
    if changed == "both" or len(others) != 1 or not total_of(slots, changed):
        return list(slots)
    return put_in(slots, others[0], total_of(slots, changed))


def fit(slots: Sequence[Slot], total: int, *, equal: bool) -> list[Slot]:
    """Return the slots scaled to `total` minutes; with `equal`, both halves get the same (M7).

    An odd minute that cannot be halved goes to what both share, or is left over. Raise ValueError where there are more
    items than minutes.
    """
    if total < len(slots):
        raise ValueError("more items than minutes")
    halves = halves_of(slots)
    if not (equal and len(halves) == 2):
        return [
            replace(slot, minutes=new)
            for slot, new in zip(slots, spread([s.minutes for s in slots], total), strict=True)
        ]
    joint = sum(slot.half == "both" for slot in slots)
    whole = sum(slot.minutes for slot in slots) or 1
    least = max(sum(slot.half == half for slot in slots) for half in halves)
    each = max(least, min((total - joint) // 2, round(total * (whole - total_of(slots, "both")) / whole / 2)))
    rest = total - 2 * each
    if rest < joint:
        raise ValueError("more items than minutes")
    if not joint:
        each, rest = total // 2, 0
    fitted = put_in(put_in(slots, halves[0], each), halves[1], each)
    return put_in(fitted, "both", rest)


def parts_of(step: Step, minutes: int, slots: Sequence[Slot], first: str) -> tuple[float, float]:
    """Return the seconds of the two parts the clock shows: equal halves (M7), or in a briefing as its agenda
    divides them."""
    other = next((half for half in halves_of(slots) if half != first), "")
    ours, theirs = total_of(slots, first), total_of(slots, other)
    if in_halves(step) or not ours or not theirs:
        return minutes * 30.0, minutes * 30.0
    first_minutes = round(minutes * ours / (ours + theirs))
    return first_minutes * 60.0, (minutes - first_minutes) * 60.0


def in_order(halves: Sequence[str], first: str) -> list[int]:
    """Return the places of agenda items in the order they come up when `first` begins: its half before the other's."""
    places = range(len(halves))
    spoken = [i for i in places if halves[i] != "both"]
    if not spoken:
        return list(places)
    middle = [i for i in places if spoken[0] <= i <= spoken[-1]]
    turn = {first: 0, "both": 1}
    if any(halves[i] == "both" for i in middle):
        return list(places)
    return [
        *range(spoken[0]),
        *sorted(middle, key=lambda i: (turn.get(halves[i], 1), i)),
        *range(spoken[-1] + 1, len(halves)),
    ]


# ── The clock ──


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing done to the clock: start, pause, resume, turn, give, next, stop."""

    verb: str
    at: dt.datetime
    half: str = ""
    item: int = 0


@dataclass(slots=True)
class Reading:
    """What the clock says at one moment. Seconds; `first` is the role of the side that speaks first."""

    first_seconds: float
    second_seconds: float
    first: str = ""
    started_at: dt.datetime | None = None
    turned_at: dt.datetime | None = None
    elapsed: float = 0
    running: bool = False
    stopped: bool = False
    item: int = 0
    _upto: dt.datetime | None = field(default=None, repr=False)

    @property
    def total(self) -> float:
        """Both halves together."""
        return self.first_seconds + self.second_seconds

    @property
    def in_second(self) -> bool:
        """Whether the second half has begun."""
        return self.elapsed >= self.first_seconds

    @property
    def over(self) -> bool:
        """Whether both halves are spent."""
        return self.started_at is not None and self.elapsed >= self.total

    @property
    def paused(self) -> bool:
        """Whether it stands still between start and end."""
        return self.started_at is not None and not self.running and not self.over and not self.stopped

    @property
    def sign(self) -> str:
        """The gentle sign to show now: "half", "five" minutes before the end, "over", or none."""
        if self.over:
            return "over"
        if self.started_at is None:
            return ""
        if self.total - self.elapsed <= WARNING < self.second_seconds:
            return "five"
        return "half" if 0 <= self.elapsed - self.first_seconds < MINUTE else ""

    def advance(self, to: dt.datetime) -> None:
        """Let time pass up to a moment."""
        if self.running and self._upto is not None and to > self._upto:
            before = self.elapsed
            self.elapsed = min(before + (to - self._upto).total_seconds(), self.total)
            if before < self.first_seconds <= self.elapsed:
                self.turned_at = self._upto + dt.timedelta(seconds=self.first_seconds - before)
        self._upto = max(to, self._upto) if self._upto else to

    def take(self, mark: Mark) -> None:
        """Let a mark work."""
        self.advance(mark.at)
        getattr(self, f"_{mark.verb}")(mark)

    def _start(self, mark: Mark) -> None:
        if self.started_at is None:
            self.started_at, self.first, self.running = mark.at, mark.half, True

    def _pause(self, mark: Mark) -> None:
        self.running = False

    def _resume(self, mark: Mark) -> None:
        self.running = self.started_at is not None and not self.stopped

    def _turn(self, mark: Mark) -> None:
        if self.started_at is not None and not self.in_second:
            self.elapsed, self.turned_at = self.first_seconds, mark.at

    def _give(self, mark: Mark) -> None:
        """A minute more for whoever is speaking; in the first half it comes out of the second, by the other's
        kindness."""
        if self.in_second:
            self.second_seconds += MINUTE
        elif self.second_seconds > MINUTE:
            self.first_seconds += MINUTE
            self.second_seconds -= MINUTE

    def _next(self, mark: Mark) -> None:
        self.item = max(self.item, mark.item)

    def _stop(self, mark: Mark) -> None:
        self.running, self.stopped = False, True


def read(marks: Iterable[Mark], first_seconds: float, second_seconds: float, now: dt.datetime) -> Reading:
    """Return what the clock says now, from the marks made on it: the same on every phone, whatever happened to
    one (M7)."""
    reading = Reading(first_seconds, second_seconds)
    for mark in sorted(marks, key=lambda mark: mark.at):
        reading.take(mark)
    reading.advance(now)
    if reading.over:
        reading.running = False
    return reading
