"""Files people add: in the database, or in the store a host names (`ground/stores.py`), with a slip in the database in their place.

A slip is the file's name in the store and a key of its own, under which the file lies there. It stands, sealed, where the file
itself would stand. So whoever has the store reads nothing; when a row goes, its slip goes with it, in the same transaction, and
what is left in the store can be opened by nobody; a new key for private text (`run.py rotate-keys`) leaves the store alone.

Names are random, below a name of this house and its epoch: after a backup was put back nothing of an earlier epoch is written, and
nothing deleted while the house it was taken of goes on beside (`ops/files.py`).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import os
import secrets
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from goodword.ground.sealing import KEY_BYTES, KeyRing, SealBroken
from goodword.ground.stores import Missing, Store, StoreAway
from goodword.people.epochs import Epoch

MARK = b"goodword slip 1\n"  # no picture and no PDF begins like this, and only this house seals what a row holds
KEY_ID = b"file"
LONGEST = 400  # bytes a sealed slip may take in its row, and next to no file is as short


@dataclass(frozen=True, slots=True)
class FileSlip:
    """What stands in a row for a file that lies in the store."""

    key: bytes
    name: str

    def plain(self) -> bytes:
        """Return it as bytes, to be sealed."""
        return MARK + self.key + self.name.encode()

    def ring(self) -> KeyRing:
        """Return the one key of the file."""
        return KeyRing({KEY_ID: self.key}, KEY_ID)

    def place(self) -> bytes:
        """Return what binds a file to its name."""
        return f"goodword file {self.name}".encode()

    def content(self) -> bytes:
        """Return the file. Raises StoreAway where the store does not answer, or has something else there."""
        try:
            return self.ring().open_bytes(_the_store().get(self.name), self.place())
        except SealBroken as wrong:
            raise StoreAway("what lies there is not what was put there") from wrong


def slip_of(content: bytes) -> FileSlip | None:
    """Return the slip that a row holds; None where it holds the file itself."""
    if not content.startswith(MARK):
        return None
    rest = content[len(MARK) :]
    return FileSlip(rest[:KEY_BYTES], rest[KEY_BYTES:].decode())


def put_away(content: bytes) -> bytes:
    """Return what a row is to hold for a file: the file itself, or a slip once it lies in the store. Raises StoreAway."""
    if settings.FILES is None:
        return content
    slip = FileSlip(os.urandom(KEY_BYTES), f"{house()}/{secrets.token_hex(16)}")
    settings.FILES.put(slip.name, slip.ring().seal_bytes(content, slip.place()))
    return slip.plain()


def bring(content: bytes) -> bytes:
    """Return the file of what a row holds. Raises StoreAway."""
    slip = slip_of(content)
    return slip.content() if slip else content


def forget(*contents: bytes) -> None:
    """Delete from the store, once the transaction is through, the files of what rows held. What does not go now goes within the
    hour (`ops/files.py`, `sweep`); without its slip nobody can open it."""
    slips = [slip for content in contents if (slip := slip_of(content)) is not None]
    if slips:
        transaction.on_commit(lambda: _delete(slips))


def _delete(slips: list[FileSlip]) -> None:
    ours = f"{house()}/"
    with contextlib.suppress(StoreAway):
        for slip in slips:
            if slip.name.startswith(ours):
                _the_store().delete(slip.name)


def house() -> str:
    """Return the name of this house in its epoch, by which it knows its own files. Says nothing."""
    return _name_in(Epoch.objects.order_by("-at").first())


def earlier_houses() -> list[tuple[str, dt.datetime]]:
    """Return the names this house had before backups of it were put back, and when each was."""
    epochs = list(Epoch.objects.order_by("at"))
    return [(_name_in(one), after.at) for one, after in zip([None, *epochs], epochs, strict=False)]


def _name_in(epoch: Epoch | None) -> str:
    began = f"{epoch.at:%Y-%m-%dT%H:%M:%S.%f}" if epoch else ""
    return hashlib.sha256(f"goodword files {began} {settings.SECRET_KEY}".encode()).hexdigest()[:24]


def _the_store() -> Store:
    store: Store | None = settings.FILES
    if store is None:
        raise Missing("no store is set, and this file lies in one")
    return store
