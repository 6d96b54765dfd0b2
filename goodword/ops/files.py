"""All files at once, where they lie in a store: moved there, swept, copied into a backup, and taken in from one."""

from __future__ import annotations

import base64
import datetime as dt
import uuid
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import transaction

from goodword.alone.models import SignedPage
from goodword.ground.stores import Missing, StoreAway
from goodword.ops.rotating import SealedColumn
from goodword.profiles import store
from goodword.profiles.models import OwnFile
from goodword.profiles.store import FileSlip

COLUMNS = tuple(SealedColumn(model, "content", few=4) for model in (OwnFile, SignedPage))  # each may hold megabytes
GRACE = dt.timedelta(hours=1)  # between a file's coming into the store and its row: more than any clock is wrong by
SIGN = "0" * 32  # of life, below the name of a house: each sweep puts it anew
SILENCE = dt.timedelta(days=30)  # without a sign of life since a backup of it was put back: then a house is over
Row = tuple[SealedColumn, uuid.UUID, bytes]


def slips() -> Iterator[tuple[Row, FileSlip]]:
    """Yield each row that holds a slip, and the slip. Rows that hold a file are passed over unread."""
    for column in COLUMNS:
        for some in column.rows(longest=store.LONGEST):
            for pk, raw in some:
                slip = store.slip_of(_content(column, pk, bytes(raw)))
                if slip:
                    yield (column, pk, bytes(raw)), slip


def sweep(now: dt.datetime) -> int:
    """Delete from the store what no row has a slip for: its row was deleted, or never came about. Return how many went.

    Of an earlier epoch all goes where nothing was put there in thirty days and more since the backup was put back: the house it
    was taken of is over. Where it has given a sign of life since, that was a trial, and nothing of it is ever touched.
    """
    if settings.FILES is None:
        return 0
    ours, sign = store.house(), f"{store.house()}/{SIGN}"
    settings.FILES.put(sign, b"")
    old = {entry.name for entry in settings.FILES.entries(ours) if entry.at < now - GRACE} - {sign}
    old |= {name for house, over in store.earlier_houses() if over < now - SILENCE for name in _silent(house, over)}
    left = old - {slip.name for _row, slip in slips()} if old else old
    for name in sorted(left, key=lambda name: (name.endswith(f"/{SIGN}"), name)):  # signs last: killed here, it goes on
        settings.FILES.delete(name)
    return len(left)


def _silent(house: str, since: dt.datetime) -> list[str]:
    """Return the names of all that lies there of a house, if nothing was put there since a moment."""
    there = list(settings.FILES.entries(house)) if settings.FILES else []
    return [entry.name for entry in there] if all(entry.at < since for entry in there) else []


def missing() -> list[str]:
    """Return the names of files that rows have slips for and the store does not have. Raises StoreAway."""
    names = [slip.name for _row, slip in slips()]
    there: set[str] = set()
    for house in {name.partition("/")[0] for name in names}:
        there.update(entry.name for entry in settings.FILES.entries(house)) if settings.FILES else None
    return [name for name in names if name not in there]


def move() -> int:
    """Move every file that lies in the database into the store. Return how many. Raises StoreAway; begun again, it goes on."""
    moved = 0
    for column in COLUMNS:
        for some in column.rows():
            for pk, raw in some:
                held = _content(column, pk, bytes(raw))
                if held and store.slip_of(held) is None:
                    moved += _replace((column, pk, bytes(raw)), store.put_away(held))
    return moved


def move_back() -> int:
    """Move every file that lies in the store into the database. Return how many. Raises StoreAway; begun again, it goes on."""
    moved = 0
    for row, slip in list(slips()):
        content = slip.content()
        with transaction.atomic():
            moved += _replace(row, content)
            store.forget(slip.plain())
    return moved


def size() -> int:
    """Return how many bytes the files in the store take. Raises StoreAway."""
    return sum(entry.size for entry in settings.FILES.entries(store.house())) if settings.FILES else 0


def copy_out(folder: Path) -> None:
    """Copy every file of the store into a folder, sealed as it lies there. Raises StoreAway where one cannot be had."""
    for (column, pk, _raw), slip in slips():
        if settings.FILES is None:
            raise StoreAway("files lie in one, and none is set: see GOODWORD_FILES_FOLDER and GOODWORD_FILES_S3_URL")
        try:
            content = settings.FILES.get(slip.name)
        except Missing:
            if column.holds(pk):
                raise
            continue  # deleted meanwhile
        place = folder / slip.name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)


def take_in(folder: Path) -> None:
    """Put the files of a backup where files lie now: into the store that is set, or into the database. Raises StoreAway.

    What is not in the backup was deleted as it was made: its row goes too.
    """
    for row, slip in list(slips()):
        place = folder / slip.name
        if place.exists():
            _replace(row, store.put_away(slip.ring().open_bytes(place.read_bytes(), slip.place())))
        else:
            row[0].delete(row[1])


def _content(column: SealedColumn, pk: uuid.UUID, raw: bytes) -> bytes:
    """Return what a row holds: a file, or a slip."""
    plain = settings.KEY_RING.open_bytes(raw, column.place(pk)) if raw else b""
    return base64.b64decode(plain) if column.model is SignedPage else bytes(plain)


def _replace(row: Row, held: bytes) -> int:
    """Let a row hold something else, unless it holds something new already. Return whether it does."""
    column, pk, raw = row
    plain = SignedPage.letters_of(held).encode() if column.model is SignedPage else held
    fresh = settings.KEY_RING.seal_bytes(plain, column.place(pk))
    return column.replace(pk, raw, fresh)
