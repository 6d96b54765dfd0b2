"""The strands: path data for the one picture Goodword draws, at every size.

Ours is one solid line; theirs is two thin lines with paper between (a broad stroke and a narrow core of paper).
Everything here returns strokes in drawing order, later ones on top. Lengths are units of the drawing's viewBox; x runs
along the strands, y across them, and `upright` exchanges the two.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate, pairwise
from typing import Literal

Side = Literal["ours", "theirs"]
GateState = Literal["deciding", "sealed", "both-ready", "open", "ended"]
Emptiness = Literal["in-order", "begin", "ahead"]
Point = tuple[float, float]
Segment = tuple[Point, ...]  # one point: straight on; three points: a cubic curve
Pen = tuple[str, str]  # class of every stroke, and the stem of its kind

STEPS = 5
THREADS = 30  # a thread a lead up to here; beyond it, width is share

_STRAND: Pen = ("strand", "st")
_MINI: Pen = ("strand", "m")
_THREAD: Pen = ("th", "th")


@dataclass(frozen=True, slots=True)
class Stroke:
    """One <path>: its data and its classes."""

    d: str
    classes: str


# ── Drawing one line ──


def number(value: float) -> str:
    """A length to one decimal, without a trailing nought."""
    return f"{value:.1f}".removesuffix(".0")


def _pair(point: Point, upright: bool) -> str:
    x, y = point
    return f"{number(y)} {number(x)}" if upright else f"{number(x)} {number(y)}"


def _line(start: Point, *segments: Segment, upright: bool = False) -> str:
    parts = [f"M{_pair(start, upright)}"]
    for segment in segments:
        if len(segment) == 1:
            parts.append(f"{'V' if upright else 'H'}{number(segment[0][0])}")
        else:
            parts.append("C" + " ".join(_pair(point, upright) for point in segment))
    return "".join(parts)


def _ease(start: Point, end: Point) -> Segment:
    """From one lane to another: level at both ends, steepest halfway."""
    middle = (start[0] + end[0]) / 2
    return ((middle, start[1]), (middle, end[1]), end)


def _strand(side: Side, d: str, *, ahead: bool = False, pen: Pen = _STRAND) -> list[Stroke]:
    always, stem = pen
    tone = " ahead" if ahead else ""
    return [Stroke(d, f"{always} {stem}-{kind}{tone}") for kind in _kinds(side)]


def _gap(d: str, pen: Pen = _STRAND) -> list[Stroke]:
    """The paper around whichever strand passes over."""
    return [Stroke(d, f"{pen[0]} {pen[1]}-k")]


def _bead(side: Side, at: Point, *, upright: bool = False) -> list[Stroke]:
    d = f"M{_pair(at, upright)}{'v' if upright else 'h'}.01"
    return [Stroke(d, f"bead bd-{kind}") for kind in _kinds(side)]


def _kinds(side: Side) -> str:
    return "o" if side == "ours" else "tc"


# ── The path, large and small ──


@dataclass(frozen=True, slots=True)
class _Weave:
    """Five runs of two strands: length of a run, the lanes (y), how far either side of a gate they cross (x), and
    how far outside their lanes they come from in the first run (y)."""

    run: float
    upper: float
    lower: float
    reach: float
    outset: float
    pen: Pen

    @property
    def begin(self) -> float:
        """x where the strands have come in and run level."""
        return (self.run - self.reach) / 2 if self.outset else 0


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of both strands between two x; each side's y at its two ends; who passes over, if they cross."""

    x0: float
    x1: float
    ours: tuple[float, float]
    theirs: tuple[float, float]
    over: Side | None = None


_PATH = _Weave(run=200, upper=16, lower=36, reach=30, outset=12, pen=_STRAND)
_SMALL = _Weave(run=20, upper=5, lower=15, reach=4, outset=0, pen=_MINI)


@cache
def path(at: int | None, *, upright: bool = False, within: float = 0.5) -> tuple[Stroke, ...]:
    """The path in a box of 1000 x 52 (upright: 52 x 1000): firm up to step `at` (1 to 5), faint beyond it, a bead on
    each strand at now, `within` (0 to 1) of the way through the step. None: not begun, all of it ahead."""
    now = _now(_PATH, at, within)
    strokes = _woven(_PATH, now, upright)
    if at is not None:
        x, lanes = now, _lanes(_PATH, at)
        strokes += _bead("ours", (x, lanes[0]), upright=upright) + _bead("theirs", (x, lanes[1]), upright=upright)
    return tuple(strokes)


@cache
def mini(step: int) -> tuple[Stroke, ...]:
    """The path for a row of a list, in a box of 100 x 20, without beads. `step` is 1 to 5."""
    return tuple(_woven(_SMALL, _now(_SMALL, step), upright=False))


def _woven(weave: _Weave, now: float, upright: bool) -> list[Stroke]:
    behind: list[Stroke] = []
    ahead: list[Stroke] = []
    for piece in _pieces(weave, now):
        late = piece.x0 >= now
        (ahead if late else behind).extend(_strokes(piece, late, weave.pen, upright))
    return ahead + behind


def _now(weave: _Weave, at: int | None, within: float = 0.5) -> float:
    """x of now, kept clear of the crossings and of the coming in; before the beginning if there is no step yet."""
    if at is None:
        return -1
    if not 1 <= at <= STEPS:
        raise ValueError(f"a step is 1 to {STEPS}, not {at}")
    begin = weave.begin if at == 1 else (at - 1) * weave.run + weave.reach
    return min(max((at - 1 + within) * weave.run, begin), at * weave.run - weave.reach)


def _lanes(weave: _Weave, run: int) -> tuple[float, float]:
    """(y of ours, y of theirs) in a run from 1: they change places at every gate."""
    return (weave.upper, weave.lower) if run % 2 else (weave.lower, weave.upper)


def over(gate: int) -> Side:
    """Who passes over at a gate (1 to 4): ours at the first and third, theirs at the second and fourth."""
    return "ours" if gate % 2 else "theirs"


def _pieces(weave: _Weave, now: float) -> Iterator[_Piece]:
    begin = weave.begin
    if weave.outset:
        ours, theirs = _lanes(weave, 1)
        yield _Piece(0, begin, (ours - weave.outset, ours), (theirs + weave.outset, theirs))
    for run in range(1, STEPS + 1):
        gate = run * weave.run
        yield from _level(begin, gate if run == STEPS else gate - weave.reach, _lanes(weave, run), now)
        if run < STEPS:
            (ours, theirs), begin = _lanes(weave, run), gate + weave.reach
            yield _Piece(gate - weave.reach, begin, (ours, theirs), (theirs, ours), over(run))


def _level(x0: float, x1: float, lanes: tuple[float, float], now: float) -> Iterator[_Piece]:
    """A straight stretch, cut in two where now falls inside it."""
    ours, theirs = lanes
    ends = [x0, now, x1] if x0 < now < x1 else [x0, x1]
    for start, end in pairwise(ends):
        yield _Piece(start, end, (ours, ours), (theirs, theirs))


def _strokes(piece: _Piece, ahead: bool, pen: Pen, upright: bool) -> list[Stroke]:
    ours = _strand("ours", _along(piece, piece.ours, upright), ahead=ahead, pen=pen)
    theirs = _strand("theirs", _along(piece, piece.theirs, upright), ahead=ahead, pen=pen)
    if piece.over is None:
        return ours + theirs
    under, above = (theirs, ours) if piece.over == "ours" else (ours, theirs)
    return under + _gap(above[0].d, pen) + above


def _along(piece: _Piece, ys: tuple[float, float], upright: bool) -> str:
    start, end = (piece.x0, ys[0]), (piece.x1, ys[1])
    return _line(start, (end,) if ys[0] == ys[1] else _ease(start, end), upright=upright)


# ── The gate, close up: a box of 1000 x 150, ours coming in above ──


@dataclass(frozen=True, slots=True)
class GateArt:
    """Three layers; `crossing` is what draws itself across when a gate has just opened, else empty."""

    beneath: tuple[Stroke, ...]
    crossing: tuple[Stroke, ...] = ()
    above: tuple[Stroke, ...] = ()


_UPPER, _LOWER, _FAR = 52.0, 98.0, 1000.0
_BEFORE, _AFTER, _BEND = 420.0, 580.0, 70.0  # where the crossing begins and ends, and how far its handles reach
_WAITING, _THROUGH = 330.0, 690.0  # where a side waits that has yet to decide; where both stand when it has opened
_AT_GATE: Point = (500, 75)
_TO_GATE: Segment = ((470, 52), (494, 73), _AT_GATE)
_FROM_GATE: Segment = ((506, 77), (540, 98), (580, 98))
_POSTS = (Stroke("M500 0V34", "post"), Stroke("M500 116V150", "post"))


@cache
def gate_art(state: GateState, *, theirs_in: bool = False) -> GateArt:
    """Deciding: neither has decided, or with `theirs_in` they have and stand at the gate. Sealed: we have, or with
    `theirs_in` both. Both-ready: both stand at it. Open: both are through. Ended: they part gently."""
    if state == "ended":
        return GateArt(tuple(_parting("ours") + _parting("theirs")))
    if state == "open":
        return _open()
    if state == "both-ready" or (state == "sealed" and theirs_in):
        return GateArt((*_POSTS, *_both_standing()))
    if state == "sealed":
        return GateArt((*_POSTS, *_one_standing("ours", "theirs")))
    if theirs_in:
        return GateArt((*_POSTS, *_one_standing("theirs", "ours")))
    return GateArt((*_POSTS, *_coming()))


def _own(side: Side, segment: Segment) -> Segment:
    """A segment described for ours, as it runs for this side: theirs is its mirror image."""
    return segment if side == "ours" else tuple((x, _UPPER + _LOWER - y) for x, y in segment)


def _here(side: Side, x: float) -> Point:
    return _own(side, ((x, _UPPER),))[0]


def _beyond(side: Side, x: float) -> Point:
    return _own(side, ((x, _LOWER),))[0]


def _over_to(side: Side) -> Segment:
    """The whole crossing of one side, from `_BEFORE` to `_AFTER`."""
    return _own(side, ((_BEFORE + _BEND, _UPPER), (_AFTER - _BEND, _LOWER), (_AFTER, _LOWER)))


def _level_strand(side: Side, start: Point, x: float, *, ahead: bool = False) -> list[Stroke]:
    return _strand(side, _line(start, ((x, start[1]),)), ahead=ahead)


def _rest(x: float) -> list[Stroke]:
    """Beyond the gate, still faint."""
    return _level_strand("ours", _beyond("ours", x), _FAR, ahead=True) + _level_strand(
        "theirs", _beyond("theirs", x), _FAR, ahead=True
    )


def _beads(ours: Point, theirs: Point) -> list[Stroke]:
    return _bead("ours", ours) + _bead("theirs", theirs)


def _coming() -> list[Stroke]:
    ours, theirs = _here("ours", _BEFORE), _here("theirs", _BEFORE)
    crossing = _line(ours, _over_to("ours"))
    return [
        *_strand("theirs", _line(theirs, _over_to("theirs")), ahead=True),
        *_gap(crossing),
        *_strand("ours", crossing, ahead=True),
        *_rest(_AFTER),
        *_level_strand("ours", _here("ours", 0), _BEFORE),
        *_level_strand("theirs", _here("theirs", 0), _BEFORE),
        *_beads(ours, theirs),
    ]


def _one_standing(first: Side, other: Side) -> list[Stroke]:
    """`first` has decided and stands at the gate; `other` is still on the way."""
    start, waiting = _here(first, _BEFORE), _here(other, _WAITING)
    to_gate, from_gate = _own(first, _TO_GATE), _own(first, _FROM_GATE)
    standing = {first: _AT_GATE, other: waiting}
    return [
        *_strand(other, _line(_here(other, _BEFORE), _over_to(other)), ahead=True),
        *_level_strand(other, waiting, _BEFORE, ahead=True),
        *_gap(_line(start, to_gate)),
        *_strand(first, _line(_AT_GATE, from_gate), ahead=True),
        *_rest(_AFTER),
        *_strand(first, _line(_here(first, 0), (start,), to_gate)),
        *_level_strand(other, _here(other, 0), _WAITING),
        *_beads(standing["ours"], standing["theirs"]),
    ]


def _both_standing() -> list[Stroke]:
    """Side by side at the posts, a quarter of the way into the crossing so that the beads don't touch."""
    to, on = _split(_here("ours", _BEFORE), _over_to("ours"), 0.25)
    ours, theirs = to[-1], _own("theirs", to)[-1]
    crossing = _line(ours, on)
    return [
        *_strand("theirs", _line(theirs, _own("theirs", on)), ahead=True),
        *_gap(crossing),
        *_strand("ours", crossing, ahead=True),
        *_rest(_AFTER),
        *_strand("ours", _line(_here("ours", 0), (_here("ours", _BEFORE),), to)),
        *_strand("theirs", _line(_here("theirs", 0), (_here("theirs", _BEFORE),), _own("theirs", to))),
        *_beads(ours, theirs),
    ]


def _open() -> GateArt:
    ours, theirs = _beyond("ours", _THROUGH), _beyond("theirs", _THROUGH)
    crossing = _line(_here("ours", _BEFORE), _over_to("ours"))
    through = _line(_here("theirs", 0), (_here("theirs", _BEFORE),), _over_to("theirs"), (theirs,))
    beneath = [
        *_POSTS,
        *_rest(_THROUGH),
        *_strand("theirs", through),
        *_level_strand("ours", _here("ours", 0), _BEFORE),
        *_level_strand("ours", _beyond("ours", _AFTER), _THROUGH),
    ]
    return GateArt(tuple(beneath), tuple(_gap(crossing) + _strand("ours", crossing)), tuple(_beads(ours, theirs)))


def _parting(side: Side) -> list[Stroke]:
    away = _own(side, ((650, _UPPER), (760, 8), (_FAR, 4)))
    return _strand(side, _line(_here(side, 0), (_here(side, 480),), away))


def _split(start: Point, curve: Segment, t: float) -> tuple[Segment, Segment]:
    """A cubic cut at t (0 to 1), by de Casteljau: the segment before the cut and the one after it."""

    def between(a: Point, b: Point) -> Point:
        return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t)

    first, middle, last = between(start, curve[0]), between(curve[0], curve[1]), between(curve[1], curve[2])
    left, right = between(first, middle), between(middle, last)
    return (first, left, between(left, right)), (right, last, curve[2])


# ── Leads: every thread is one ──


@dataclass(frozen=True, slots=True)
class Bundle:
    """The threads that ended in one place: how many, what to call it, and whether it is still ahead of them."""

    count: int
    words: str
    faint: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    """Threads in a box of 100 x height; one row of 52 for each bundle."""

    height: int
    strokes: tuple[Stroke, ...]


_ROW, _ROOM = 52, 44.0  # height of a row, and how much of it a bundle may fill
_PITCH: dict[Side, float] = {"ours": 7.5, "theirs": 9.0}


def flow(bundles: Sequence[Bundle], side: Side = "ours") -> Flow:
    """Leads one way, a bundle for each outcome. What we gave fans out from the left; what they gave, from the right."""
    height = _ROW * len(bundles)
    counts = shares([bundle.count for bundle in bundles], THREADS)
    pitch = min(_PITCH[side], _ROOM / max(1, max(counts, default=0) - 1))
    source = _bundle(height / 2, sum(counts), pitch)
    strokes: list[Stroke] = []
    for row, (begin, count) in enumerate(zip(accumulate(counts, initial=0), counts, strict=False)):
        ends = _bundle(_ROW * (row + 0.5), count, pitch)
        for y0, y1 in zip(source[begin : begin + count], ends, strict=True):
            strokes += _strand(side, _thread(side, y0, y1), ahead=bundles[row].faint, pen=_THREAD)
    return Flow(height, tuple(strokes))


def shares(counts: Sequence[int], most: int) -> list[int]:
    """The counts themselves if they come to no more than `most`; otherwise `most` shared out in proportion (largest
    remainder), and nobody who has any left with none."""
    total = sum(counts)
    if total <= most:
        return list(counts)
    exact = [count * most / total for count in counts]
    given = [max(1, int(share)) if count else 0 for share, count in zip(exact, counts, strict=True)]
    while (left := most - sum(given)) != 0:
        due = [share - have for share, have in zip(exact, given, strict=True)]
        index = due.index(max(due)) if left > 0 else given.index(max(given))
        given[index] += 1 if left > 0 else -1
    return given


def _bundle(centre: float, count: int, pitch: float) -> list[float]:
    """y of `count` threads, `pitch` apart, around a centre."""
    first = centre - pitch * (count - 1) / 2
    return [first + pitch * index for index in range(count)]


def _thread(side: Side, y0: float, y1: float) -> str:
    start, end = (0.0, 100.0) if side == "ours" else (100.0, 0.0)
    return _line((start, y0), _ease((start, y0), (end, y1)))


# ── Nothing there: a box of 144 x 36 ──


@cache
def empty(kind: Emptiness) -> tuple[Stroke, ...]:
    """In-order: all is well. Begin: ours has set out, theirs has yet to. Ahead: neither has begun, nor should."""
    if kind == "begin":
        ours, theirs = _setting_out(4, 12), _setting_out(32, 24)
        return tuple(_strand("ours", ours) + _strand("theirs", theirs, ahead=True))
    faint = {"in-order": False, "ahead": True}[kind]
    ours, theirs = _line((0, 12), ((144, 12),)), _line((0, 26), ((144, 26),))
    return tuple(_strand("ours", ours, ahead=faint) + _strand("theirs", theirs, ahead=faint))


def _setting_out(y0: float, y1: float) -> str:
    return _line((0, y0), ((60, y0), (60, y1), (144, y1)))
