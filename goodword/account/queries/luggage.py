"""Reading an archive that somebody brings from another server: anything can be in it, so it is measured before it is believed."""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from goodword.alone.actions import signatures
from goodword.ground.refusals import Refusal
from goodword.ground.text import tidy, tidy_line
from goodword.profiles.files import LARGEST as LARGEST_SIGNED

LARGEST = 64_000_000  # bytes of the archive
LARGEST_ENTRY = 20_000_000
MOST_ENTRIES, MOST_RELATIONSHIPS, MOST_FILES = 10_000, 500, 6
MOST_SIGNED_PAGES = 30  # pages signed on paper, of all relationships together
DEEPEST, LONGEST, WIDEST = 16, 10_000, 5_000
PAGE = re.compile(r"relationships/\d{1,5}\.json")
SIGNED_PAGE = re.compile(r"(relationships/\d{1,5})-signed-(\d{1,5})\.\w{2,4}")
Rows = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Bag:
    """One relationship: with whom, the key it had, what each room kept, and pages signed on paper, none of them looked at yet.

    `left` of those pages are too large, or too many, to be looked at.
    """

    key: str
    name: str
    business: str
    rooms: list[tuple[str, Rows]]
    signatures: list[bytes] = field(default_factory=list)
    left: int = 0

    def texts(self, model: str, column: str = "text", **without: None) -> list[str]:
        """Return the texts of a kind of thing; of those alone in which the columns named `without` are empty."""
        rows = [row for _room, kept in self.rooms for row in kept.get(model, [])]
        return [
            row[column]
            for row in rows
            if isinstance(row.get(column), str) and row[column] and not any(row.get(name) for name in without)
        ]

    @property
    def came_from(self) -> str:
        """The key of the relationship from whose end this one was kept alone; "" where there is none."""
        rows = (row for _room, kept in self.rooms for row in kept.get("Continuation", []))
        where = next((row.get("where") for row in rows if row.get("way") == "before"), "")
        return where if isinstance(where, str) else ""


@dataclass(frozen=True, slots=True)
class Luggage:
    """All of it: oneself, one's relationships, one's files."""

    you: dict[str, Any]
    bags: list[Bag]
    files: list[tuple[str, bytes]]


def read(raw: bytes) -> Luggage:
    """Return what an archive holds. Raises Refusal, with a sentence, for what is none, or too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            return _read(archive)
    except (
        zipfile.BadZipFile,
        zlib.error,
        ValueError,
        KeyError,
        TypeError,
        RecursionError,
        OSError,
        EOFError,
    ) as wrong:
        raise _strange() from wrong
    except (NotImplementedError, RuntimeError) as wrong:  # packed in a way of its own, or locked with a password
        raise _strange() from wrong


def _strange() -> Refusal:
    return Refusal(
        _("That is no archive of Goodword’s that can be read. Choose the file you fetched, as it came."), "file"
    )


def _read(archive: zipfile.ZipFile) -> Luggage:
    names = archive.namelist()
    if len(names) > MOST_ENTRIES:
        raise Refusal(_("There is more in that archive than can be taken at once."), "file")
    you = _object(_object(_json(archive, "you.json"))["you"])
    pages = sorted(name for name in names if PAGE.fullmatch(name))[:MOST_RELATIONSHIPS]
    files = [name for name in names if re.fullmatch(r"files/[\w-]{1,40}\.\w{2,4}", name)][:MOST_FILES]
    return Luggage(you, list(_bags(archive, pages)), [(name, _entry(archive, name)) for name in files])


def _bags(archive: zipfile.ZipFile, pages: list[str]) -> Iterator[Bag]:
    """Yield each relationship with its pages signed on paper, as many of these as are looked at."""
    papers, room = _signed_names(archive.namelist()), MOST_SIGNED_PAGES
    for name in pages:
        bag, names = _bag(_object(_json(archive, name))), papers.get(name.removesuffix(".json"), [])
        some = names[: min(signatures.MOST, room)]
        found = [content for one in some if (content := _signed_page(archive, one))]
        room -= len(some)
        yield replace(bag, signatures=found, left=len(names) - len(found))


def _signed_names(names: list[str]) -> dict[str, list[str]]:
    """Return the names of pages signed on paper, by the relationship they stand beside, in their order."""
    found: dict[str, list[str]] = {}
    for match in sorted(filter(None, map(SIGNED_PAGE.fullmatch, set(names))), key=lambda one: (int(one[2]), one[0])):
        found.setdefault(match[1], []).append(match[0])
    return found


def _signed_page(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a page signed on paper; nothing of one that is larger than may be sent."""
    with archive.open(name) as entry:
        content = entry.read(LARGEST_SIGNED + 1)
    return content if len(content) <= LARGEST_SIGNED else b""


def _entry(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return one file of it; what its size says is not believed."""
    with archive.open(name) as entry:
        content = entry.read(LARGEST_ENTRY + 1)
    if len(content) > LARGEST_ENTRY:
        raise Refusal(_("A file in that archive is too large to be taken."), "file")
    return content


def _json(archive: zipfile.ZipFile, name: str) -> Any:
    return tidy_value(json.loads(_entry(archive, name)))


def tidy_value(value: Any, depth: int = 0) -> Any:
    """Return a value with its texts tidied and cut to what a box takes. Raises ValueError for what is nested too deep."""
    if depth > DEEPEST:
        raise ValueError("nested too deep")
    if isinstance(value, str):
        return tidy(value)[:LONGEST]
    if isinstance(value, list):
        return [tidy_value(one, depth + 1) for one in value[:WIDEST]]
    if isinstance(value, dict):
        return {tidy_line(name)[:60]: tidy_value(one, depth + 1) for name, one in list(value.items())[:WIDEST]}
    return value


def _bag(page: dict[str, Any]) -> Bag:
    met = _object(page["with"])
    rooms = [
        (tidy_line(_text(title))[:200], {name: [_object(row) for row in rows] for name, rows in _object(kept).items()})
        for title, kept in page["rooms"]
    ]
    return Bag(_text(met["key"])[:40], line(met, "name") or _("Somebody"), line(met, "business"), rooms)


def _object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("not an object")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def line(found: dict[str, Any], name: str) -> str:
    """Return a line of text of an object, empty where there is none."""
    value = found.get(name)
    return tidy_line(value)[:200] if isinstance(value, str) else ""
