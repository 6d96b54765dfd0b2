"""The clock on the café table, drawn: right half the first speaker, left half the second; spent is firm, left is faint.

A dial of 200 x 200 around (100, 100). Angles are degrees from the top, clockwise; times are seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, cos, radians, sin

from goodword.ui.strands import Side, Stroke, number

_CENTRE, _RADIUS = 100.0, 86.0
_BREATH = 2.5  # degrees left free at either end of a half
_HAND = (66.0, 97.0)
_TICK_OUTER, _TICK_QUARTER, _TICK_HOUR = 77.0, 70.0, 73.0


@dataclass(frozen=True, slots=True)
class Dial:
    """Everything the clock shows at one moment. `speaking` is None once both halves are spent."""

    arcs: tuple[Stroke, ...]
    ticks: tuple[Stroke, ...]
    hand: Stroke
    angle: float
    speaking: Side | None
    seconds_left: int

    @property
    def minutes_left(self) -> int:
        """Begun minutes count, so it says 1 until the half is over."""
        return ceil(self.seconds_left / 60)


def dial(first_seconds: float, second_seconds: float, elapsed: float, first: Side = "ours") -> Dial:
    """The clock after `elapsed` seconds of two halves, the first of them spoken by `first`."""
    second: Side = "theirs" if first == "ours" else "ours"
    total = first_seconds + second_seconds
    elapsed = min(max(elapsed, 0), total)
    angle = _angle(first_seconds, second_seconds, elapsed)
    in_first, over = elapsed < first_seconds, elapsed >= total
    left = (first_seconds if in_first else total) - elapsed
    return Dial(
        arcs=_arcs(first, second, angle),
        ticks=tuple(_tick(hour * 30) for hour in range(12)),
        hand=Stroke(_spoke(angle, *_HAND), "ck-hand"),
        angle=angle,
        speaking=None if over else first if in_first else second,
        seconds_left=ceil(left),
    )


def _angle(first_seconds: float, second_seconds: float, elapsed: float) -> float:
    if elapsed < first_seconds:
        return 180 * elapsed / first_seconds
    if second_seconds <= 0:
        return 360
    return 180 + 180 * (elapsed - first_seconds) / second_seconds


def _arcs(first: Side, second: Side, angle: float) -> tuple[Stroke, ...]:
    halves = ((first, _BREATH, 180 - _BREATH), (second, 180 + _BREATH, 360 - _BREATH))
    left = [stroke for side, start, end in halves for stroke in _arc(side, max(start, angle), end, ahead=True)]
    spent = [stroke for side, start, end in halves for stroke in _arc(side, start, min(end, angle))]
    return tuple(left + spent)


def _arc(side: Side, start: float, end: float, *, ahead: bool = False) -> list[Stroke]:
    """One arc, with its core of paper if it is theirs; nothing if there is nothing left of it."""
    if end <= start:
        return []
    tone = " ahead" if ahead else ""
    d = f"M{_at(start, _RADIUS)}A{number(_RADIUS)} {number(_RADIUS)} 0 0 1 {_at(end, _RADIUS)}"
    if side == "ours":
        return [Stroke(d, f"ck st-o{tone}")]
    return [Stroke(d, f"ck st-t{tone}"), Stroke(d, f"ck-core{tone}")]


def _tick(angle: float) -> Stroke:
    return Stroke(_spoke(angle, _TICK_HOUR if angle % 90 else _TICK_QUARTER, _TICK_OUTER), "ck-tick")


def _spoke(angle: float, inner: float, outer: float) -> str:
    return f"M{_at(angle, inner)}L{_at(angle, outer)}"


def _at(angle: float, radius: float) -> str:
    turn = radians(angle)
    return f"{number(_CENTRE + radius * sin(turn))} {number(_CENTRE - radius * cos(turn))}"
