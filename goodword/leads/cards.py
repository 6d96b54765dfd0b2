"""A contact from a telephone, read by hand: name and ways to reach, from one small vCard. Pure, and wary (T46)."""

from __future__ import annotations

import quopri
import re
from dataclasses import dataclass

from goodword.ground.text import tidy_line

LARGEST = 64 * 1024
MOST_LINES = 400
LONGEST_LINE = 2000
WANTED = ("FN", "N", "TEL", "EMAIL", "ORG")


class NotACard(ValueError):
    """The file is not a contact this page can read."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is taken from a contact; the rest of the file is not kept."""

    name: str
    reach: str


def read(content: bytes) -> Card:
    """Return name and ways to reach of the first contact in a vCard file. Raise NotACard otherwise."""
    if len(content) > LARGEST:
        raise NotACard("too large")
    text = content.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    lines = unfolded(text)
    if not lines or lines[0].strip().upper() != "BEGIN:VCARD":
        raise NotACard("no card")
    found = _properties(lines[1:])
    name = (found.get("FN") or [_from_parts(found.get("N", [""])[0])])[0]
    firm = found.get("ORG", [""])[0].split(";")[0]
    reach = [value for kind in ("TEL", "EMAIL") for value in dict.fromkeys(found.get(kind, []))][:4]
    name = tidy_line(_plain(f"{name} ({firm})" if name and firm else name or firm))[:200]
    if not name:
        raise NotACard("no name")
    return Card(name, tidy_line(_plain(", ".join(reach).replace("tel:", "")))[:200])


def unfolded(text: str) -> list[str]:
    """Return the logical lines: a line that begins with a blank goes on with the one before it (RFC 6350, 3.2)."""
    lines: list[str] = []
    for line in text.split("\n"):
        if line[:1] in (" ", "\t") and lines:
            lines[-1] = (lines[-1] + line[1:])[: LONGEST_LINE + 1]
        elif line:
            lines.append(line[: LONGEST_LINE + 1])
        if len(lines) > MOST_LINES:
            raise NotACard("too many lines")
    return lines


def _properties(lines: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in lines:
        if line.strip().upper() == "END:VCARD":
            break
        head, colon, value = line.partition(":")
        name, *settings = head.upper().split(";")
        name = name.rpartition(".")[2]  # item1.TEL
        if colon and name in WANTED and len(line) <= LONGEST_LINE and value.strip():
            if "ENCODING=QUOTED-PRINTABLE" in settings:
                value = quopri.decodestring(value.encode("ascii", "replace")).decode("utf-8", "replace")
            found.setdefault(name, []).append(value.strip())
    return found


def _from_parts(value: str) -> str:
    """Return "Given Family" from a structured name, Family;Given;…"""
    family, given, *_rest = [*re.split(r"(?<!\\);", value), "", ""]
    return f"{given} {family}".strip()


def _plain(value: str) -> str:
    """Return a value without its escapes."""
    return re.sub(r"\\([,;\\nN])", lambda escaped: " " if escaped[1] in "nN" else escaped[1], value)
