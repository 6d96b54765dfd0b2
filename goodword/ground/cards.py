"""Contacts from a telephone: name and ways to reach of each contact in a vCard file (RFC 2426, 6350, and 2.1). Pure, and wary (T46)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from vobject.vcard import splitFields, toListOrString

from goodword.ground import names
from goodword.ground.card_lines import CardLine, lines
from goodword.ground.text import tidy_line

LARGEST = 2 * 1024 * 1024  # pictures included
MOST_CARDS = 50
MOST_WAYS = 4
LONGEST = 200
FEWEST_DIGITS = 6
_BEFORE_A_WAY = re.compile(r"[\s,;:]+(?=\+?\(?\d[\d\s().-]{5}|\S+@\S)")  # "Anne Whitlock 0161 496 0111"
_MACHINES = frozenset(["FAX", "PAGER", "MODEM", "BBS", "ISDN", "TTY", "TEXTPHONE", "TLX", "TELEX"])
_MOBILE = frozenset(["CELL", "MOBILE", "IPHONE"])


class NotACard(ValueError):
    """The file is not one this page can read: "nothing" to read in it, or too "many" contacts."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is taken from a contact; the rest of the file is not kept. `name` is who it is in one line; `person` and `firm` are
    its parts, where the file tells them apart.
    """

    name: str
    reach: str
    person: str = field(default="", compare=False)
    firm: str = field(default="", compare=False)


@dataclass(slots=True)
class _Finding:
    """The lines of one contact, by property."""

    lines: dict[str, list[CardLine]] = field(default_factory=dict)

    def take(self, line: CardLine) -> None:
        if line.value.strip():
            self.lines.setdefault(line.name, []).append(line)

    def card(self) -> Card | None:
        """Return the contact; None for a group, or where nobody is named."""
        if any("group" in self.value_of(kind).casefold() for kind in ("KIND", "X-ADDRESSBOOKSERVER-KIND")):
            return None
        name, firm = self.name(), next(filter(None, self.parts("ORG")), "")
        called = tidy_line(f"{name} ({firm})" if name and firm and firm != name else name or firm)[:LONGEST]
        return (
            Card(called, self.reach(), tidy_line(name or firm)[:LONGEST], tidy_line(firm)[:LONGEST]) if called else None
        )

    def name(self) -> str:
        """Return the name as one says it: as it was formatted, unless that is only an index entry or an address."""
        family, given, *_rest = [*self.parts("N"), "", ""]
        formatted = self.value_of("FN")
        in_order = " ".join(filter(None, [given, family]))
        if not formatted or ("@" in formatted and in_order):
            return in_order or formatted or self.value_of("NICKNAME")
        return names.in_order(formatted) if family and formatted.startswith(f"{family},") else formatted

    def reach(self) -> str:
        """Return the ways to reach them: the best number, the best address, then the others; a fax only for want of a number."""
        numbers = sorted(self.lines.get("TEL", []), key=self.rank)
        spoken = [line for line in numbers if not self.types(line) & _MACHINES] or numbers
        addresses = sorted(self.lines.get("EMAIL", []), key=lambda line: "PREF" not in line.types)
        in_turn = [*spoken[:1], *addresses[:1], *spoken[1:], *addresses[1:]]
        ways = list(dict.fromkeys(_way(line.value) for line in in_turn))[:MOST_WAYS]
        while len(", ".join(ways)) > LONGEST:
            ways.pop()
        return ", ".join(ways)

    def rank(self, line: CardLine) -> tuple[bool, bool, bool]:
        types = self.types(line)
        return bool(types & _MACHINES), not types & _MOBILE, "PREF" not in types

    def types(self, line: CardLine) -> frozenset[str]:
        """Return the types of a line, and the words of the label its group carries (item1.X-ABLabel:_$!<HomeFAX>!$_)."""
        labels = [
            each.value.upper() for each in self.lines.get("X-ABLABEL", []) if line.group and each.group == line.group
        ]
        said = {kind for kind in (*_MACHINES, *_MOBILE) if any(kind in label for label in labels)}
        return line.types | said

    def value_of(self, name: str) -> str:
        """Return the preferred value of a property, on one line; empty where it has none."""
        found = sorted(self.lines.get(name, []), key=lambda line: "PREF" not in line.types)
        return _plain(found[0].value) if found else ""

    def parts(self, name: str) -> list[str]:
        """Return the parts of a property that has several, as the first of its lines gives them."""
        found = self.lines.get(name)
        return [_in_one_line(each) for each in splitFields(found[0].value)] if found else []


def read(content: bytes) -> list[Card]:
    """Return name and ways to reach of every contact in a vCard file, at least one. Raise NotACard otherwise."""
    if len(content) > LARGEST:
        raise NotACard("many")
    found: list[Card] = []
    for each in _contacts(lines(content)):
        card = each.card()
        if card and card not in found:
            found.append(card)
        if len(found) > MOST_CARDS:
            raise NotACard("many")
    if not found:
        raise NotACard("nothing")
    return found


def contacts_in(text: str) -> list[Card]:
    """Return the contacts in pasted text: a vCard's, or one of plain words, whose first line with letters is the name.

    Raise NotACard where nobody is named.
    """
    if "BEGIN:VCARD" in text.upper():
        return read(text.encode())
    said = [tidy_line(part) for line in text.splitlines() for part in _parts(line)]
    ways = [line for line in said if _is_way(line)]
    name = next((line for line in said if line and line not in ways and any(map(str.isalpha, line))), "")
    if not name:
        raise NotACard("nothing")
    return [Card(name[:LONGEST], ", ".join(ways[:MOST_WAYS])[:LONGEST])]


def _parts(line: str) -> list[str]:
    """Return a line as what stands before the first way in it, and that way; a line that begins with a number is one way."""
    return _BEFORE_A_WAY.split(line, maxsplit=1) if line[:1].isalpha() else [line]


def _is_way(line: str) -> bool:
    """Whether a line is a way to reach somebody: an address, or mostly the digits of a number."""
    return "@" in line or sum(map(str.isdigit, line)) >= max(FEWEST_DIGITS, sum(map(str.isalpha, line)))


def _contacts(found: Iterable[CardLine]) -> Iterator[_Finding]:
    """Yield each contact of a file, one that breaks off included; a contact's own agent within it is passed over."""
    current: _Finding | None = None
    agent, within = False, 0
    for line in found:
        mark = (line.name, line.value.strip().upper())
        if mark == ("BEGIN", "VCARD") and agent and current:
            within, agent = within + 1, False
        elif mark == ("END", "VCARD") and within:
            within -= 1
        elif mark in (("BEGIN", "VCARD"), ("END", "VCARD")):
            if current:
                yield current
            current = _Finding() if line.name == "BEGIN" else None
        elif current and not within:
            agent = line.name == "AGENT" and mark[1] in ("", "BEGIN:VCARD")
            within += agent and mark[1] != ""
            current.take(line)
    if current:
        yield current


def _way(value: str) -> str:
    """Return a number or an address without the scheme or the extension's name of RFC 3966."""
    plain = re.sub(r"^(tel|mailto):", "", _plain(value), flags=re.IGNORECASE)
    return re.sub(r";ext=", " ext. ", plain, flags=re.IGNORECASE)


def _plain(value: str) -> str:
    """Return a value without its escapes, on one line."""
    return _in_one_line(toListOrString(value))


def _in_one_line(value: str | list[str]) -> str:
    """Return what vobject took for a list as the one line it is."""
    return tidy_line(", ".join(value) if isinstance(value, list) else value)
