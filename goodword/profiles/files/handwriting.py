"""How an entry looks whose look the file leaves to the viewer: its words in the box, as large and where the form says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pikepdf import Dictionary, Name, Pdf, Stream, String

from goodword.profiles.files import UnusableFile

_SIZE = re.compile(r"([\d.]+)\s+Tf")
_COLOUR = re.compile(r"(?:[\d.]+\s+)+(?:g|rg|k)\b")
_TICK = "4"  # in the font of ornaments
_SIZES = (12.0, 11.0, 10.0, 9.0, 8.0, 7.0, 6.0, 5.0, 4.0)  # tried in turn where the form leaves the size open
_LEADING = 1.15
_EDGE = 2.0
# Helvetica's widths from the space to the tilde, in thousandths of its size; letters with accents are as wide as most.
_WIDTHS = (
    *(
        278,
        278,
        355,
        556,
        556,
        889,
        667,
        191,
        333,
        333,
        389,
        584,
        278,
        333,
        278,
        278,
        *(556,) * 10,
        278,
        278,
        584,
        584,
        584,
    ),
    *(
        556,
        1015,
        667,
        667,
        722,
        722,
        667,
        611,
        778,
        722,
        278,
        500,
        667,
        556,
        833,
        722,
        778,
        667,
        778,
        722,
        667,
        611,
        722,
    ),
    *(
        667,
        944,
        667,
        667,
        611,
        278,
        278,
        278,
        469,
        556,
        333,
        556,
        556,
        500,
        556,
        556,
        278,
        556,
        556,
        222,
        222,
        500,
        222,
    ),
    *(833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584),
)
_USUAL = 556


@dataclass(frozen=True, slots=True)
class FieldEntry:
    """What is entered, and how: the style as the form has it, whether lines wrap, the side, and the cells of a comb."""

    words: str
    style: str
    wraps: bool = False
    side: int = 0  # 0 left, 1 in the middle, 2 right
    cells: int = 0
    tick: bool = False


def look_of(pdf: Pdf, one: Dictionary, entry: FieldEntry) -> Stream:
    """Return how an entry looks in the box it is for. Raises UnusableFile for letters the usual font has no shape for."""
    left, low, right, high = (float(each) for each in one.Rect)
    width, height = abs(right - left), abs(high - low)
    colour = _COLOUR.search(entry.style)
    drawn = _operators_of(entry, width, height)
    base, encoding = (Name.ZapfDingbats, None) if entry.tick else (Name.Helvetica, Name.WinAnsiEncoding)
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=base)
    if encoding is not None:
        font.Encoding = encoding
    content = b"%s q BT %s %s ET Q" % (_frame(one, width, height), (colour[0] if colour else "0 g").encode(), drawn)
    head = Dictionary(Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, width, height])
    head.Resources = Dictionary(Font=Dictionary(Entry=font))
    return pdf.make_stream(content, head)


def _frame(one: Any, width: float, height: float) -> bytes:
    """Return what fills and edges the box, where the form says so."""
    looks, drawn = one.get("/MK"), b""
    if not isinstance(looks, Dictionary):
        return drawn
    for key, operators, end in (("/BG", ("g", "rg", "k"), "f"), ("/BC", ("G", "RG", "K"), "S")):
        colour = [float(each) for each in looks.get(key, [])]
        if len(colour) in (1, 3, 4):
            said = " ".join(f"{each:.4f}" for each in colour)
            operator = operators[(1, 3, 4).index(len(colour))]
            drawn += f"q {said} {operator} 0.5 0.5 {width - 1:.2f} {height - 1:.2f} re {end} Q ".encode()
    return drawn


def _operators_of(entry: FieldEntry, width: float, height: float) -> bytes:
    """Return the operators that write the words, line by line."""
    found = _SIZE.search(entry.style)
    asked = float(found[1]) if found else 0.0
    if entry.tick:
        size = asked or min(width, height) * 0.8
        return b"/Entry %.2f Tf %.2f %.2f Td (%s) Tj" % (
            size,
            max(0.0, width - size * 0.85) / 2,
            (height - size * 0.7) / 2,
            _TICK.encode(),
        )
    size, lines = _fit(entry, asked, width - 2 * _EDGE, height)
    high = height - size if entry.wraps else (height - size * 0.72) / 2
    if entry.cells:
        return _in_cells(lines[0], size, high, width / entry.cells)
    out = [f"/Entry {size:.2f} Tf".encode()]
    for at, line in enumerate(lines):
        room = width - 2 * _EDGE - _width(line, size)
        across = _EDGE + max(0.0, room) * entry.side / 2
        out.append(b"1 0 0 1 %.2f %.2f Tm %s Tj" % (across, high - at * size * _LEADING, _shapes(line)))
    return b" ".join(out)


def _in_cells(line: str, size: float, high: float, cell: float) -> bytes:
    placed = [
        b"1 0 0 1 %.2f %.2f Tm %s Tj" % (at * cell + max(0.0, cell - _width(letter, size)) / 2, high, _shapes(letter))
        for at, letter in enumerate(line)
    ]
    return b" ".join((f"/Entry {size:.2f} Tf".encode(), *placed))


def _fit(entry: FieldEntry, asked: float, width: float, height: float) -> tuple[float, list[str]]:
    """Return a size, the one asked for if there is one, and the lines it makes."""
    lines: list[str] = []
    size = asked
    for size in (asked,) if asked else _SIZES:
        lines = _lines(entry.words, size, width) if entry.wraps else [" ".join(entry.words.split())]
        high = len(lines) * size * _LEADING if entry.wraps else size
        if high <= height and all(_width(line, size) <= width for line in lines):
            break
    return size, lines


def _lines(words: str, size: float, width: float) -> list[str]:
    lines = []
    for paragraph in words.splitlines():
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and _width(longer, size) > width:
                lines.append(line)
                longer = word
            line = longer
        lines.append(line)
    return lines


def _width(line: str, size: float) -> float:
    return sum(_WIDTHS[ord(letter) - 32] if " " <= letter <= "~" else _USUAL for letter in line) * size / 1000


def _shapes(line: str) -> bytes:
    try:
        return String(line.encode("cp1252")).unparse()
    except UnicodeEncodeError as letter:
        raise UnusableFile("entry") from letter
