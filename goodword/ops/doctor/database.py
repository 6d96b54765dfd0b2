"""The database: whether it answers, fits this program, and is whole, page by page and value by value."""

from __future__ import annotations

import contextlib
import datetime as dt
import re
import sqlite3

from django.conf import settings
from django.db import DatabaseError, connection

from goodword.ground.sealing import SealBroken
from goodword.ops import upgrading
from goodword.ops.backup import copying, sqlite
from goodword.ops.doctor.findings import Finding, well, worth_a_look, wrong
from goodword.ops.rotating import SealedColumn, columns
from goodword.version import VERSION, parts

MOST = 5  # lines about damage
RESTORE = "Stop Goodword and restore the newest backup that is whole (docs/operating.md, Restore)."


def answers(now: dt.datetime) -> list[Finding]:
    """Whether the database can be asked anything."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as trouble:
        return [wrong(f"the database does not answer ({_first_line(trouble)})", "See GOODWORD_DATABASE_URL.")]
    return [well(f"{connection.vendor}, {copying.size() / 1e6:,.1f} MB")]


def version_fits(now: dt.datetime) -> list[Finding]:
    """Whether the data is of this version."""
    last, waiting = upgrading.last_release(), len(upgrading.waiting())
    if parts(last)[:2] > parts(VERSION)[:2]:
        return [wrong(f"the data is of {last}, and this program is {VERSION}", f"Start version {last}.")]
    if waiting:
        return [worth_a_look(f"{waiting} steps of an upgrade wait", "Start Goodword: it makes a copy first.")]
    return [well(f"{VERSION}")]


def is_whole(now: dt.datetime) -> list[Finding]:
    """Whether nothing in the database is damaged: its pages, its references, and each sealed value."""
    damage = [*(_damaged_checksums() if copying.is_postgres() else _damaged_pages())]
    if not damage:
        damage = [*_dangling(), *_broken_seals()]
    if damage:
        return [*(wrong(line) for line in damage[:MOST]), wrong(f"{len(damage)} places are damaged", RESTORE)]
    return [well("every page, reference and sealed value")]


def _damaged_pages() -> list[str]:
    """Return what SQLite finds in its file, with the page; and text that is no text any more, with its row."""
    found = [
        re.sub(r"^\*\*\* in database main \*\*\*\s*", "", line).rstrip(".") for line in sqlite.damage_in(sqlite.place())
    ]
    return found or _garbled_text()


def _garbled_text() -> list[str]:
    """Return where text cannot be decoded: a flipped bit in a value leaves the page's own order as it was."""
    found = []
    with contextlib.closing(sqlite3.connect(sqlite.place())) as base:
        base.text_factory = bytes
        for table in sqlite.rows_of(sqlite.place()):
            names = [str(row[1], "utf-8") for row in base.execute(f'PRAGMA table_info("{table}")')]
            for row in base.execute(f'SELECT rowid, * FROM "{table}"'):  # noqa: S608 - its own names
                found += [
                    f"{table}, row {row[0]}: {name} is no text any more"
                    for name, value in zip(names, row[1:], strict=True)
                    if isinstance(value, bytes) and not _decodes(value) and _is_text(base, table, name, row[0])
                ]
    return found


def _decodes(value: bytes) -> bool:
    try:
        value.decode()
    except UnicodeDecodeError:
        return False
    return True


def _is_text(base: sqlite3.Connection, table: str, name: str, rowid: int) -> bool:
    asked = base.execute(f'SELECT typeof("{name}") FROM "{table}" WHERE rowid = ?', [rowid])  # noqa: S608 - its own names
    return bool(asked.fetchone()[0] == b"text")


def _damaged_checksums() -> list[str]:
    """Return what PostgreSQL has noticed of damaged pages since its figures were last set back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT checksum_failures FROM pg_stat_database WHERE datname = current_database()")
        failures = cursor.fetchone()[0]
    return [f"PostgreSQL has found {failures} damaged pages; its log names them"] if failures else []


def _dangling() -> list[str]:
    """Return the tables in which something refers to what is not there."""
    try:
        connection.check_constraints()
    except DatabaseError as trouble:
        found = re.search(r'table "?(\w+)"?', str(trouble))
        return [f"a row in {found[1] if found else 'a table'} refers to one that is gone"]
    return []


def _broken_seals() -> list[str]:
    """Return each sealed value that does not open: its seal shows a single flipped bit."""
    return [line for column in columns() for line in _failures_in(column)]


def _failures_in(column: SealedColumn) -> list[str]:
    ring, found = settings.KEY_RING.ring(), []
    for some in column.rows():
        for pk, raw in some:
            try:
                if raw:
                    ring.open_bytes(bytes(raw), column.place(pk))
            except SealBroken:
                found.append(f"{column.model._meta.db_table}, row {pk}: {column.name} does not open")
    return found


def _first_line(trouble: Exception) -> str:
    return (str(trouble).strip().splitlines() or [type(trouble).__name__])[0]
