"""What a copy holds, said in a file of its own: by it a copy is known, checked and put back. Knows nothing of Django."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from goodword.ground.sealing import KeyRing, SealBroken

NAME = "manifest.json"
RESTORING = "restoring"  # a file in the data folder while a backup is being put back
PROOF = b"this key belongs to this backup"
PIECE = 1 << 20


class WrongBackup(Exception):
    """A backup that cannot be used, with a sentence that says why and what to do."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """When a copy was made, by which version, from which engine, and what must be found in it."""

    made_at: str
    version: str
    engine: str
    migrations: list[list[str]]
    rows: dict[str, int]
    proofs: dict[str, str]  # by key id, in base64: something sealed with that key, to know the key again by
    files: dict[str, str] = field(default_factory=dict)  # SHA-256 by name

    def write(self, folder: Path) -> None:
        """Write it into the folder of its copy."""
        (folder / NAME).write_text(json.dumps(asdict(self), indent=1))


def read(folder: Path) -> Manifest:
    """Return the manifest of a copy. Raise WrongBackup if it is none of ours."""
    try:
        return Manifest(**json.loads((folder / NAME).read_text()))
    except (OSError, ValueError, TypeError) as wrong:
        raise WrongBackup("This is not a backup of Goodword, or only a part of one.") from wrong


def proofs_of(ring: KeyRing) -> dict[str, str]:
    """Return, for each key of a ring, its id and something sealed with it."""
    return {
        base64.b64encode(key_id).decode(): base64.b64encode(
            KeyRing(ring.keys, key_id).seal_bytes(PROOF, PROOF)
        ).decode()
        for key_id in ring.keys
    }


def lacking(manifest: Manifest, ring: KeyRing) -> list[str]:
    """Return the ids of the keys a copy needs and this ring does not have: the id alone would not prove the key."""
    return [key_id for key_id, proof in manifest.proofs.items() if not _opens(ring, proof)]


def _opens(ring: KeyRing, proof: str) -> bool:
    try:
        return ring.open_bytes(base64.b64decode(proof), PROOF) == PROOF
    except SealBroken:
        return False


def sums(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of every file of a copy, but the manifest's own."""
    return {
        str(path.relative_to(folder)): sha256(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != NAME
    }


def sha256(path: Path) -> str:
    """Return a file's SHA-256, read piece by piece."""
    found = hashlib.sha256()
    for piece in pieces(path):
        found.update(piece)
    return found.hexdigest()


def pieces(path: Path) -> Iterator[bytes]:
    """Yield a file's content, a megabyte at a time."""
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


def check(folder: Path, manifest: Manifest) -> None:
    """Raise WrongBackup, naming the file, unless every file of a copy is there as it was."""
    found = sums(folder)
    for name, wanted in manifest.files.items():
        if found.get(name) != wanted:
            raise WrongBackup(f"The backup is damaged: {name} is not what it was when the backup was made.")
