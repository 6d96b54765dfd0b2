"""Contacts from a telephone: name and ways to reach of each contact in a vCard file. Pure, and wary (T46).

vobject reads the lines (RFC 2425, 2426, 6350, and the quoted-printable ones of 2.1). It is asked line by line: its own reader
writes what it can't read into the log, and takes a picture apart before it is thrown away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import StringIO

from vobject.base import ContentLine, ParseError, getLogicalLines, textLineToContentLine
from vobject.vcard import splitFields, toListOrString

from goodword.ground.text import tidy_line

LARGEST = 2 * 1024 * 1024  # pictures included
MOST_CARDS = 50
MOST_LINES = 120  # of one contact
LONGEST_LINE = 2000
_WANTED = re.compile(r"(?:[\w-]+\.)?(BEGIN|END|FN|N|TEL|EMAIL|ORG)[;:]", re.IGNORECASE)


class NotACard(ValueError):
    """The file is not one this page can read: "nothing" to read in it, or too "many" contacts."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is taken from a contact; the rest of the file is not kept."""

    name: str
    reach: str


@dataclass(slots=True)
class _Found:
    lines: dict[str, list[str]] = field(default_factory=dict)

    def take(self, line: ContentLine) -> None:
        value = str(line.value).strip()
        if value:
            self.lines.setdefault(str(line.name).upper(), []).append(value)

    def card(self) -> Card | None:
        parts = [_joined(each) for each in splitFields(self.lines.get("N", [""])[0])]
        name = _plain(self.lines.get("FN", [""])[0]) or " ".join([*parts[1:2], *parts[:1]]).strip()
        firm = _joined(splitFields(self.lines.get("ORG", [""])[0])[0])
        called = tidy_line(f"{name} ({firm})" if name and firm and firm != name else name or firm)[:200]
        ways = [_plain(_number(value)) for kind in ("TEL", "EMAIL") for value in self.lines.get(kind, [])]
        return Card(called, tidy_line(", ".join(dict.fromkeys(ways[:4])))[:200]) if called else None


def read(content: bytes) -> list[Card]:
    """Return name and ways to reach of every contact in a vCard file, at least one. Raise NotACard otherwise."""
    if len(content) > LARGEST:
        raise NotACard("many")
    found: list[Card] = []
    for each in _contacts(_lines(_text(content))):
        card = each.card()
        if card and card not in found:
            found.append(card)
        if len(found) > MOST_CARDS:
            raise NotACard("many")
    if not found:
        raise NotACard("nothing")
    return found


def _text(content: bytes) -> str:
    """Return a file as text: UTF-8, UTF-16 with its mark, and for old Windows exports the code page they used."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _lines(text: str) -> Iterator[ContentLine]:
    """Yield the lines that are wanted, unfolded and decoded. What can't be read is left out."""
    for line, number in getLogicalLines(StringIO("\n".join(_without_pictures(text.splitlines()))), allowQP=True):
        if len(line) <= LONGEST_LINE and _WANTED.match(line):
            try:
                yield textLineToContentLine(line, number)
            except (ParseError, UnicodeError, ValueError, LookupError):
                continue


def _without_pictures(lines: Iterable[str]) -> Iterator[str]:
    """Yield physical lines without those of properties nobody asked for (pictures, notes) and without endless ones."""
    wanted, soft, length, many = False, False, 0, 0
    for line in lines:
        if not (line[:1] in (" ", "\t") or (soft and line)):
            many = 0 if line[:6].upper() == "BEGIN:" else many + 1
            wanted, length = bool(_WANTED.match(line)) and (many <= MOST_LINES or line[:4].upper() == "END:"), 0
        length += len(line)
        soft = line.endswith("=") and (soft or "QUOTED-PRINTABLE" in line.upper())
        if wanted:
            yield line if length <= LONGEST_LINE else line.rstrip("=")[:LONGEST_LINE]
        wanted = wanted and length <= LONGEST_LINE


def _contacts(lines: Iterable[ContentLine]) -> Iterator[_Found]:
    found: _Found | None = None
    for line in lines:
        name, value = str(line.name).upper(), str(line.value).strip().upper()
        if (name, value) == ("BEGIN", "VCARD"):
            found = _Found()
        elif (name, value) == ("END", "VCARD") and found:
            yield found
            found = None
        elif found:
            found.take(line)


def _number(value: str) -> str:
    """Return a telephone number without the "tel:" and the extension's name of RFC 3966."""
    return re.sub(r";ext=", " ext. ", re.sub(r"^tel:", "", value, flags=re.IGNORECASE), flags=re.IGNORECASE)


def _plain(value: str) -> str:
    """Return a value without its escapes, on one line."""
    return _joined(toListOrString(value))


def _joined(value: str | list[str]) -> str:
    """Return what vobject took for a list as the one line it is."""
    return tidy_line(", ".join(value) if isinstance(value, list) else value)
