"""A new key for private text: everything sealed is sealed again, while the house goes on.

The key file says how far it is, so a run that was killed is simply begun again: more than one key in the ring means
that something may still lie under an old one. Running processes read the key file again when it changes (`LiveRing`).
"""

from __future__ import annotations

import fcntl
import json
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.db.models.functions import Length

from goodword.alone.models import SignedPage
from goodword.followups.models import UpdateDraft
from goodword.ground.sealing import KEY_ID_BYTES, KeyRing, new_ring_entry, read_ring, write_ring
from goodword.people import factors
from goodword.people.adapter import PLACE as FACTORS
from goodword.post.models import OutboxLetter
from goodword.profiles.models import OwnFile, OwnProfile
from goodword.relationships.sealed_columns import CipherText
from goodword.teaching.own import OwnTeaching

A_FEW = 200
# Longer than any transaction of ours may take: what somebody was sealing with the old key has been stored by then.
SETTLE = 30.0


@dataclass(frozen=True, slots=True)
class SealedColumn:
    """One column that holds sealed bytes."""

    model: type[models.Model]
    name: str  # of the field
    few: int = A_FEW  # rows at a time

    @property
    def column(self) -> str:
        """What the database calls it, whatever the code does."""
        field: Any = self.model._meta.get_field(self.name)
        return str(field.column)

    def place(self, pk: uuid.UUID) -> bytes:
        """Return what binds a cipher of this column to its row: as `CipherText.place`, and as the outbox has it."""
        return f"{self.model._meta.db_table}.{self.column}.{pk}".encode()

    def rows(self, longest: int | None = None) -> Iterator[list[tuple[uuid.UUID, bytes]]]:
        """Yield id and content of every row, a few at a time, in the order of their ids: no cursor stays open between.

        `longest`: only of those that hold so many bytes at most; the others are not read.
        """
        rows, few = self.model._base_manager.order_by("pk"), self.few
        if longest is not None:
            few = A_FEW
            rows = rows.annotate(long=Length(self.name)).filter(long__lte=longest)
        after: uuid.UUID | None = None
        while True:
            some = list((rows if after is None else rows.filter(pk__gt=after)).values_list("pk", self.name)[:few])
            if not some:
                return
            after = some[-1][0]
            yield some

    def replace(self, pk: uuid.UUID, raw: bytes, fresh: bytes) -> int:
        """Put other sealed bytes into a row, unless somebody has written it since. Return whether they stand there now."""
        return self.model._base_manager.filter(pk=pk, **{self.name: raw}).update(**{self.name: fresh})

    def holds(self, pk: uuid.UUID) -> bool:
        """Whether a row is there."""
        return self.model._base_manager.filter(pk=pk).exists()

    def delete(self, pk: uuid.UUID) -> None:
        """Delete a row."""
        self.model._base_manager.filter(pk=pk).delete()


def columns() -> list[SealedColumn]:
    """Return every column with sealed content: private text, what people write for themselves, and letters on their way."""
    sealed = [
        SealedColumn(model, field.attname, few=4 if model is SignedPage else A_FEW)  # a file is large
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields
        if isinstance(field, CipherText)
    ]
    own = [
        SealedColumn(OwnProfile, "content"),
        SealedColumn(OwnFile, "called"),
        SealedColumn(OwnFile, "content", few=4),
        SealedColumn(OwnTeaching, "content"),
        SealedColumn(UpdateDraft, "content"),
    ]
    return [*sealed, *own, SealedColumn(OutboxLetter, "content")]


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Let one rotation run at a time. Raises BlockingIOError if another one does."""
    with path.with_suffix(".rotating").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield


def rotate(say: Callable[[str], object], settle: float = SETTLE) -> int:
    """Give everything sealed a new key, and set the old one aside. Return how many values were sealed again.

    Raises BlockingIOError while another rotation runs, SealBroken if a value belongs to no key of the ring.
    """
    path = Path(settings.KEY_RING.path)
    with alone(path):
        entries = _entries(path)
        if len(entries) > 1:
            say("A change of keys was begun and not finished: going on with it.")
        else:
            write_ring(path, [*entries, new_ring_entry()])
            say("A new key is in the key file. Sealing everything again with it.")
        done = reseal(read_ring(path))
        say(f"{done} sealed again. Waiting {settle:.0f} s for whoever was writing meanwhile.")
        time.sleep(settle)
        done += _seal_the_rest(read_ring(path))
        _set_aside(path)
        say(f"Done: {done} sealed again. The old key lies in {path.name}.retired, for backups made before now.")
        say("Delete that file when you keep no such backup.")
        return done


def _seal_the_rest(ring: KeyRing) -> int:
    """Seal what came in under an old key meanwhile; return how much that was."""
    done, more = 0, 1
    while more:
        more = reseal(ring)
        done += more
    return done


def reseal(ring: KeyRing) -> int:
    """Seal with the newest key whatever lies under another, a few rows at a time. Return how many values that were."""
    texts = sum(_reseal_some(column, some, ring) for column in columns() for some in column.rows())
    return texts + sum(_reseal_factor(row, name, raw, ring) for row, name, raw in factors.sealed_secrets())


def open_samples(ring: KeyRing) -> None:
    """Open one value of each sealed column. Raises SealBroken if one does not belong to its row or this ring."""
    for column in columns():
        last = column.model._base_manager.exclude(**{column.name: b""}).order_by("-pk").values_list("pk", column.name)
        for pk, raw in last[:1]:
            if raw:
                ring.open_bytes(bytes(raw), column.place(pk))
    for _row, _name, raw in islice(factors.sealed_secrets(), 1):
        ring.open_bytes(raw, FACTORS)


def _reseal_some(column: SealedColumn, some: list[tuple[uuid.UUID, bytes]], ring: KeyRing) -> int:
    old = [(pk, bytes(raw)) for pk, raw in some if raw and bytes(raw[:KEY_ID_BYTES]) != ring.newest]
    if not old:
        return 0
    with transaction.atomic():
        return sum(_reseal_one(column, pk, raw, ring) for pk, raw in old)


def _reseal_one(column: SealedColumn, pk: uuid.UUID, raw: bytes, ring: KeyRing) -> int:
    place = column.place(pk)
    fresh = ring.seal_bytes(ring.open_bytes(raw, place), place)
    # Only if nobody has written it since: their text is newer, and the next pass looks at it again.
    return column.replace(pk, raw, fresh)


def _reseal_factor(row: Any, name: str, raw: bytes, ring: KeyRing) -> int:
    if raw[:KEY_ID_BYTES] == ring.newest:
        return 0
    return factors.seal_secret(row, name, raw, ring.seal_bytes(ring.open_bytes(raw, FACTORS), FACTORS))


def _entries(path: Path) -> list[tuple[str, str]]:
    return [(row["id"], row["key"]) for row in json.loads(path.read_text())]


def _set_aside(path: Path) -> None:
    """Leave only the newest key in the ring; the others go to `keys.retired` (0600) before they leave it."""
    *old, newest = _entries(path)
    retired = path.with_name(f"{path.name}.retired")
    kept = _entries(retired) if retired.exists() else []
    write_ring(retired, [*kept, *(entry for entry in old if entry not in kept)])
    write_ring(path, [newest])
