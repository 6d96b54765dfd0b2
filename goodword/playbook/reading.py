"""Reads one file of the playbook, strictly: every key known, every value of its type, every fault named."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from goodword.playbook.entries import Entry, Msgid

DATA = Path(__file__).parent / "data"
VERSION = 1
ID = re.compile(r"[a-z][a-z0-9_]*")
NAMES: Mapping[object, str] = {str: "text in quotes", int: "a whole number", bool: "true or false"}


class PlaybookError(Exception):
    """The playbook cannot be used as it is written; the message says which file, line and entry, and why."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was read, kept so that a fault can be shown where it stands."""

    path: Path
    lines: tuple[str, ...]

    def headers(self, kind: str) -> list[int]:
        """The line numbers of all `[[kind]]` headers, in order."""
        header = re.compile(rf"\s*\[\[\s*{re.escape(kind)}\s*\]\]")
        return [number for number, line in enumerate(self.lines, 1) if header.match(line)]

    def find_key(self, key: str, start: int = 0) -> int | None:
        """The line of `key = …` in the entry that starts at line `start` (0: before any entry), or None."""
        wanted = re.compile(rf"\s*\"?{re.escape(key)}\"?\s*=")
        for number, line in enumerate(self.lines[start:], start + 1):
            if line.lstrip().startswith("[["):
                return None
            if wanted.match(line):
                return number
        return None

    def error(self, reason: str, line: int | None = None, entry: str = "") -> PlaybookError:
        """A fault in this file: "agendas.toml, line 7, entry "first_open": reason"."""
        where = str(self.path) + (f", line {line}" if line else "") + (f', entry "{entry}"' if entry else "")
        return PlaybookError(f"{where}: {reason}")


@dataclass(frozen=True, slots=True)
class PlacedEntry:
    """An entry and the place where it was written."""

    entry: Entry
    kind: str
    source: Source
    start: int | None

    def line_of(self, key: str) -> int | None:
        """The line of one of the entry's keys; the entry's first line where the key cannot be found."""
        return (self.source.find_key(key, self.start) if self.start else None) or self.start

    def error(self, reason: str, key: str = "id") -> PlaybookError:
        """A fault in this entry, shown at the line of `key`."""
        return self.source.error(reason, self.line_of(key), self.entry.id)

    def msgids(self) -> Iterator[tuple[int, str]]:
        """The entry's translatable texts, each with its line (0 if the line cannot be told)."""
        for name, hint in hints(type(self.entry)).items():
            text = getattr(self.entry, name)
            if hint == Msgid and text:
                yield self.line_of(name) or 0, text


Kinds = Mapping[str, type[Entry]]
Read = dict[str, dict[str, PlacedEntry]]


def hints(kind: type[Entry]) -> dict[str, Any]:
    """The type of each key of a class of entries, with the `Msgid` mark left on."""
    return get_type_hints(kind, include_extras=True)


def read(path: Path, kinds: Kinds) -> Read:
    """Reads the file at `path` as entries of `kinds`, by kind and id, in order. Raises PlaybookError."""
    source, document = _parse(path)
    if document.pop("version", None) != VERSION:
        raise source.error(f"the file needs version = {VERSION} above its entries.", source.find_key("version"))
    for key in document:
        if key not in kinds:
            line = next(iter(source.headers(key)), None) or source.find_key(key)
            raise source.error(
                f'"{key}" is not a kind of entry for this file, which holds {_list_in_words(kinds)}.', line
            )
    return {kind: _entries(source, kind, holds, document.get(kind, [])) for kind, holds in kinds.items()}


def _parse(path: Path) -> tuple[Source, dict[str, Any]]:
    """The text and the parsed TOML of a file. Raises PlaybookError if it cannot be opened or is not TOML."""
    source = Source(path, ())
    try:
        text = path.read_text(encoding="utf-8")
        return Source(path, tuple(text.split("\n"))), tomllib.loads(text)
    except OSError as fault:
        raise source.error(f"the file cannot be opened ({fault.strerror}).") from fault
    except UnicodeDecodeError as fault:
        raise source.error("the file is not written in UTF-8.") from fault
    except tomllib.TOMLDecodeError as fault:
        found = re.search(r"line (\d+)", str(fault))
        raise source.error(f"this is not TOML: {fault}.", int(found[1]) if found else None) from fault


def _entries(source: Source, kind: str, holds: type[Entry], tables: object) -> dict[str, PlacedEntry]:
    """The entries of one kind in a file, by id. Raises PlaybookError, also for an id used twice."""
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise source.error(f"write each entry under its own [[{kind}]].", source.find_key(kind))
    starts: list[int | None] = [*source.headers(kind)]
    if len(starts) != len(tables):
        starts = [None] * len(tables)
    found: dict[str, PlacedEntry] = {}
    for number, (table, start) in enumerate(zip(tables, starts, strict=True), 1):
        entry = _entry(source, holds, table, start, f"{kind} number {number}")
        placed = PlacedEntry(entry, kind, source, start)
        if entry.id in found:
            raise placed.error(f"this id is taken by another {kind} above.")
        found[entry.id] = placed
    return found


def _entry(source: Source, holds: type[Entry], table: dict[str, Any], start: int | None, ordinal: str) -> Entry:
    """One table as an entry. Raises PlaybookError for an unknown or missing key or a value of the wrong type."""
    name = table["id"] if isinstance(table.get("id"), str) else ordinal
    expected = hints(holds)
    for key, value in table.items():
        reason = (
            _amiss(expected[key], value)
            if key in expected
            else f"is not a key it can have ({_list_in_words(expected)})"
        )
        if not reason and key == "id" and not ID.fullmatch(value):
            reason = "should be made of small letters, digits and underscores"
        if reason:
            line = (source.find_key(key, start) if start else None) or start
            raise source.error(f'"{key}" {reason}.', line, name)
    for field in fields(holds):
        if field.name not in table and field.default is MISSING:
            raise source.error(f'"{field.name}" is missing.', start, name)
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in table.items()}
    return holds(**values)


def _amiss(hint: Any, value: object) -> str:
    """What is amiss with a value, as the end of a sentence; empty if nothing is."""
    if get_origin(hint) is Annotated:
        return _amiss(str, value)
    if get_origin(hint) is Literal:
        return "" if value in get_args(hint) else f"should be one of {_list_in_words(get_args(hint))}, not {value!r}"
    if get_origin(hint) is tuple:
        if not isinstance(value, list):
            return "should be a list in square brackets"
        return next(filter(None, (_amiss(get_args(hint)[0], each) for each in value)), "")
    if type(value) is not hint:
        return f"should be {NAMES[hint]}"
    if isinstance(value, str) and value != value.strip():
        return "should not begin or end with a space"
    if value == "":
        return "should not be empty; leave the key out instead"
    return "should be one or more" if type(value) is int and value < 1 else ""


def _list_in_words(names: Mapping[str, object] | tuple[str, ...]) -> str:
    """Names as a reader would list them: "a", "b" or "c"."""
    *most, last = (f'"{name}"' for name in names)
    return f"{', '.join(most)} or {last}" if most else last
