"""The SQLite database as one file of a copy, taken by SQLite's own backup while others write."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

from django.conf import settings
from django.db import connections

from goodword.ops.backup.manifest import WrongBackup

NAME = "database.sqlite3"
PAGES_A_STEP = 8192


def place() -> Path:
    """Return where the database lies."""
    return Path(settings.DATABASES["default"]["NAME"])


def size() -> int:
    """Return how many bytes a copy takes, about."""
    return sum(path.stat().st_size for path in (place(), _beside("-wal")) if path.exists())


def is_empty() -> bool:
    """Whether there is no database yet."""
    return not place().exists() or not rows_of(place())


def copy_out(folder: Path) -> dict[str, int]:
    """Write the database as it is at this moment into the folder; return the rows of each table.

    An open read keeps the moment: writers go on, and the copy does not begin again because of them. Raises WrongBackup,
    naming the place, if the copy is not whole: the database itself is damaged then.
    """
    copy = folder / NAME
    with (
        contextlib.closing(sqlite3.connect(place(), isolation_level=None)) as source,
        contextlib.closing(sqlite3.connect(copy)) as target,
    ):
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(target, pages=PAGES_A_STEP)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, without companions
    damage = damage_in(copy)
    if damage:
        raise WrongBackup(f"The database is damaged ({damage[0]}): see run.py doctor. Keep your older backups.")
    return rows_of(copy)


def copy_in(folder: Path) -> None:
    """Put the copy in the database's place, by renaming: it takes no room, and a kill leaves the one or the other.

    Nobody else may have the database open. The folder's copy is gone afterwards.
    """
    connections.close_all()
    copy = folder / NAME
    if copy.exists():
        _to_disk(copy)
        for companion in ("-wal", "-shm"):
            _beside(companion).unlink(missing_ok=True)
        copy.replace(place())
        _to_disk(place().parent)


def damage_in(path: Path) -> list[str]:
    """Return what SQLite finds wrong with a database file, a line each; nothing where all is well."""
    with contextlib.closing(sqlite3.connect(path)) as base:
        try:
            found = [str(line) for (line,) in base.execute("PRAGMA integrity_check(20)")]
        except sqlite3.DatabaseError as wrong:
            return [str(wrong)]
    return [] if found == ["ok"] else found


def rows_of(path: Path) -> dict[str, int]:
    """Return how many rows each table of a database file has."""
    with contextlib.closing(sqlite3.connect(path)) as base:
        tables = [
            name
            for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
            if not name.startswith("sqlite_")
        ]
        return {name: int(base.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in tables}  # noqa: S608 - its own names


def _beside(companion: str) -> Path:
    return place().with_name(place().name + companion)


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
