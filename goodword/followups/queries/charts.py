"""Small bars for the wider view: their geometry, and the figures of the table beside them (parts/charts.html)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from goodword.ui import languages

SLOT, WIDTH, GAP, HEIGHT = 40.0, 13.0, 2.0, 64.0
LEAST = 1.5  # a nought still stands on the line


@dataclass(frozen=True, slots=True)
class ChartRow:
    """One season of a chart: its label, our figure and theirs; None where there is nothing to count."""

    label: str
    ours: float | None
    theirs: float | None


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with the table that says the same. `unit` follows a figure; heads name the two columns."""

    title: str
    rows: Sequence[ChartRow]
    heads: tuple[str, str]
    unit: str = ""
    note: str = ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to draw."""
        return all(row.ours is None and row.theirs is None for row in self.rows)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: whose it is, and where it stands."""

    whose: str
    x: float
    y: float
    width: float
    height: float


def width(chart: Chart) -> float:
    """Return the width of the drawing."""
    return SLOT * max(1, len(chart.rows))


def bars(chart: Chart) -> list[Bar]:
    """Return the bars of a chart, ours and theirs side by side, the tallest as high as the drawing."""
    most = max((value for row in chart.rows for value in (row.ours, row.theirs) if value), default=1)
    found = []
    for place, row in enumerate(chart.rows):
        start = place * SLOT + (SLOT - 2 * WIDTH - GAP) / 2
        for whose, value, x in (("ours", row.ours, start), ("theirs", row.theirs, start + WIDTH + GAP)):
            if value is not None:
                tall = max(LEAST, round(value / most * (HEIGHT - 4), 2))
                found.append(Bar(whose, x, round(HEIGHT - tall - 1, 2), WIDTH, tall))
    return found


def figure(value: float | None) -> str:
    """Return a figure for the table; a dash for nothing to count."""
    return "–" if value is None else languages.number(value)
