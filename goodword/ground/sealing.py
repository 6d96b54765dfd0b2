"""Sealed values: private text that cannot be shown by mistake.

A sealed value knows its ciphertext, the row it belongs to and who may open it. Rendering, formatting, comparing,
serialising or logging it raises; only `unseal(seat)` opens it (S1).
"""

from __future__ import annotations

import base64
import binascii
import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from goodword.ground import files

KEY_BYTES = 32
NONCE_BYTES = 12
KEY_ID_BYTES = 4
BLOCK = 64  # texts are padded to multiples of this: the length of a sealed "go on" must not tell it from a "not yet"
END = b"\x80"  # where the text ends and the filling begins; never inside the zeros, so the last one is the mark


class SealBroken(Exception):
    """Private text was about to be shown to somebody who may not see it, or does not belong to its row."""


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The keys that open drawers: the newest seals, all of them open. Key ids are 4 bytes, keys 32."""

    keys: Mapping[bytes, bytes]
    newest: bytes

    def seal(self, text: str, place: bytes) -> bytes:
        """Encrypt text, bound to `place` (table, column and row): see `seal_bytes`."""
        return self.seal_bytes(text.encode(), place)

    def open(self, sealed: bytes, place: bytes) -> str:
        """Decrypt what `seal` made. Raise SealBroken if the key is unknown or the bytes belong to another place."""
        return self.open_bytes(sealed, place).decode()

    def seal_bytes(self, plain: bytes, place: bytes) -> bytes:
        """Encrypt bytes with AES-256-GCM, bound to `place`. Return key id + nonce + cipher."""
        nonce = os.urandom(NONCE_BYTES)
        return self.newest + nonce + AESGCM(self.keys[self.newest]).encrypt(nonce, _pad(plain), place)

    def open_bytes(self, sealed: bytes, place: bytes) -> bytes:
        """Decrypt what `seal_bytes` made. Raise SealBroken as `open` does."""
        key_id, nonce, cipher = (
            sealed[:KEY_ID_BYTES],
            sealed[KEY_ID_BYTES : KEY_ID_BYTES + NONCE_BYTES],
            sealed[KEY_ID_BYTES + NONCE_BYTES :],
        )
        try:
            return _unpad(AESGCM(self.keys[key_id]).decrypt(nonce, cipher, place))
        except (KeyError, InvalidTag, ValueError) as broken:
            raise SealBroken("a sealed value does not belong to this row or this key ring") from broken


def _pad(plain: bytes) -> bytes:
    """Fill up to whole blocks: a mark, then zeros (ISO/IEC 7816-4), so that text ending in zeros comes back whole."""
    return plain + END + b"\0" * (-(len(plain) + 1) % BLOCK)


def _unpad(padded: bytes) -> bytes:
    plain, mark, zeros = padded.rpartition(END)
    if not mark or zeros.strip(b"\0"):
        raise ValueError("the end of the text is not marked")
    return plain


def new_ring_entry() -> tuple[str, str]:
    """Return a fresh (key id, key) pair, both base64, as the key file stores them."""
    return base64.b64encode(os.urandom(KEY_ID_BYTES)).decode(), base64.b64encode(os.urandom(KEY_BYTES)).decode()


def ring_text(entries: list[tuple[str, str]]) -> str:
    """Return what a key file of these entries says, the newest last."""
    return json.dumps([{"id": key_id, "key": key} for key_id, key in entries], indent=1)


def write_ring(path: Path, entries: list[tuple[str, str]]) -> None:
    """Write the key file, newest entry last, readable by its owner alone (0600), replacing it in one step."""
    files.write_whole(path, ring_text(entries))


def read_ring(path: Path) -> KeyRing:
    """Read the key file. Raise ValueError with a sentence if it is not a list of ids and 32-byte keys."""
    try:
        entries = [(base64.b64decode(row["id"]), base64.b64decode(row["key"])) for row in json.loads(path.read_text())]
    except (ValueError, KeyError, TypeError, binascii.Error) as wrong:
        raise ValueError(
            f"{path} is not a key file: restore it from a backup, private text cannot be read without it"
        ) from wrong
    if not entries or any(len(i) != KEY_ID_BYTES or len(k) != KEY_BYTES for i, k in entries):
        raise ValueError(f"{path} holds no usable key: restore it from a backup")
    return KeyRing(keys=dict(entries), newest=entries[-1][0])


class LiveRing:
    """The key ring of a running house: reads its file again when that has changed, so that keys rotate without a restart."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._ring, self._mark = read_ring(path), self._now()

    def _now(self) -> tuple[int, int]:
        found = self.path.stat()
        return found.st_mtime_ns, found.st_ino

    def ring(self) -> KeyRing:
        """Return the ring as the file has it now."""
        mark = self._now()
        if mark != self._mark:
            self._ring, self._mark = read_ring(self.path), mark
        return self._ring

    def seal(self, text: str, place: bytes) -> bytes:
        """Seal with the newest key: see `KeyRing.seal`."""
        return self.ring().seal(text, place)

    def open(self, sealed: bytes, place: bytes) -> str:
        """Open with whichever key sealed it: see `KeyRing.open`."""
        return self.ring().open(sealed, place)

    def seal_bytes(self, plain: bytes, place: bytes) -> bytes:
        """Seal with the newest key: see `KeyRing.seal_bytes`."""
        return self.ring().seal_bytes(plain, place)

    def open_bytes(self, sealed: bytes, place: bytes) -> bytes:
        """Open with whichever key sealed it: see `KeyRing.open_bytes`."""
        return self.ring().open_bytes(sealed, place)


class SealedValue:
    """One private text in the database or on its way there. `unseal(seat)` is the only way to read it."""

    __slots__ = ("_may", "_read")

    def __init__(self, read: Callable[[], str], may: Callable[[Any], bool]) -> None:
        self._read = read
        self._may = may

    def unseal(self, seat: Any) -> str:
        """Return the text for this seat. Raise SealBroken if the lock of its row does not open for them."""
        if not self._may(seat):
            raise SealBroken("private text asked for by somebody who may not see it")
        return self._read()

    def _refuse(self, *_: object) -> NoReturn:
        raise SealBroken("private text was about to be shown without unsealing it")

    __str__ = __repr__ = __format__ = __html__ = __eq__ = __lt__ = __le__ = __gt__ = __ge__ = _refuse
    __len__ = __iter__ = __add__ = __radd__ = __mod__ = __contains__ = __bool__ = __hash__ = _refuse
    __reduce__ = __reduce_ex__ = __getstate__ = _refuse
