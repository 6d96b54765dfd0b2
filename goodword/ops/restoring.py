"""Putting a backup back: `run.py restore BACKUP`, into a data folder that holds nothing yet.

First the files and keys, before Django is loaded: its settings would make new keys. Then the database. A mark in the data folder
says that a restore was begun; until it is gone the house does not start, and the same command begins again.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from goodword.ground.sealing import KeyRing, read_ring, write_ring
from goodword.ground.stores import StoreAway
from goodword.ops.backup import archive, manifest
from goodword.ops.backup.manifest import Manifest, WrongBackup
from goodword.version import VERSION, parts

ROOT = Path(__file__).resolve().parents[2]
MARK = manifest.RESTORING
WRITING = "database begun\n"  # what the mark says once the database is being written
WORK = ".restoring"
CONTENTS = (
    "goodword.sqlite3",
    "goodword.sqlite3-wal",
    "keys",
    "keys.retired",
    "secret",
    "playbook",
    "files",
    "deletions",
)
Say = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class UnpackedBackup:
    """A backup laid out beside the place it goes to, checked, with its keys."""

    folder: Path
    manifest: Manifest
    keys: dict[str, object]


def unpack(
    source: Path, data: Path, passphrase: str = "", keys: Path | None = None, say: Say = print
) -> UnpackedBackup:
    """Lay a backup out in the data folder, and check it against its manifest and keys. Nothing else is touched.

    Raises WrongBackup if the data folder holds anything already, or the backup is damaged, newer than this program, or does
    not come with its keys.
    """
    refuse_to_overwrite(data)
    if archive.is_sealed(source) and not passphrase:
        raise WrongBackup("This backup is sealed: give its passphrase with --passphrase or --passphrase-file.")
    folder = data / WORK
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True)
    say("Reading the backup." if not passphrase else "Opening the backup.")
    try:
        archive.unpack(source, folder, passphrase)
        found = manifest.read(folder)
        if parts(found.version) > parts(VERSION):
            raise WrongBackup(
                f"The backup is of version {found.version}; this is {VERSION}. Update Goodword, then restore."
            )
        manifest.check(folder, found)
        return UnpackedBackup(folder, found, _keys_for(source, folder, found, keys))
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def refuse_to_overwrite(data: Path) -> None:
    """Raise WrongBackup, naming what is there, unless the data folder is empty or holds a restore that was broken off."""
    held = [] if (data / MARK).exists() else [name for name in CONTENTS if (data / name).exists()]
    if held:
        raise WrongBackup(
            f"{data} holds {', '.join(held)} already, and a restore overwrites nothing."
            " Name an empty folder with GOODWORD_DATA, or move that one away."
        )


def _keys_for(source: Path, folder: Path, found: Manifest, given: Path | None) -> dict[str, object]:
    """Return the keys of a backup: from inside it, from the file named, or from the one beside it; proven to be the right ones."""
    beside = source.with_name(f"{source.name.partition('.')[0]}.keys")
    places = [path for path in (folder / "keys.json", given, beside) if path is not None and path.exists()]
    if given is not None and not given.exists():
        raise WrongBackup(f"There is no file {given}.")
    if not places:
        raise WrongBackup(
            f"The keys of this backup are neither in it nor in {beside}. Name their file with --keys:"
            " without them the private text in it cannot be read, so nothing was restored."
        )
    place = given or places[0]
    try:
        keys: dict[str, object] = json.loads(place.read_text())
        ring = _ring(folder, keys)
    except (ValueError, KeyError, TypeError) as wrong:
        raise WrongBackup(f"{place} is not a file of keys.") from wrong
    missing = manifest.lacking(found, ring)
    if missing:
        raise WrongBackup(
            f"The keys in {place} are not those of this backup: it needs {', '.join(missing)}. Nothing was restored."
        )
    return keys


def _ring(folder: Path, keys: dict[str, object]) -> KeyRing:
    write_ring(folder / "ring", _entries(keys["keys"]))
    return read_ring(folder / "ring")


def _entries(rows: object) -> list[tuple[str, str]]:
    if not isinstance(rows, list):
        raise TypeError("keys are a list")
    return [(row["id"], row["key"]) for row in rows]


def place_files(unpacked: UnpackedBackup, data: Path) -> None:
    """Put keys, secret and files into the data folder, behind a mark that a restore has begun."""
    if not (data / MARK).exists():
        (data / MARK).write_text("begun\n")
    for name in CONTENTS:
        _remove(data / name)
    write_ring(data / "keys", _entries(unpacked.keys["keys"]))
    if unpacked.keys["retired"]:
        write_ring(data / "keys.retired", _entries(unpacked.keys["retired"]))
    descriptor = os.open(data / "secret", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(str(unpacked.keys["secret"]))
    for name in ("playbook", "files", "deletions"):
        if (unpacked.folder / name).exists():
            (unpacked.folder / name).replace(data / name)


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def place_database(
    unpacked: UnpackedBackup, data: Path, now: dt.datetime, lists: list[Path], say: Say = print
) -> dict[str, int]:
    """Put the database in its place, bring it up to date and begin a new epoch. Return what the epoch ended.

    With Django loaded. Raises WrongBackup if the database holds tables already.
    """
    from goodword.ops import epoch, files, upgrading
    from goodword.ops.backup import copying

    if not database_begun(data) and not copying.is_empty():
        raise WrongBackup(
            "The database of GOODWORD_DATABASE_URL holds tables already, and a restore overwrites nothing."
        )
    (data / MARK).write_text(WRITING)
    say("Putting the database in its place.")
    copying.copy_in(unpacked.folder, unpacked.manifest)
    upgrading.migrate()
    ended = epoch.begin(dt.datetime.fromisoformat(unpacked.manifest.made_at), now, [data / "deletions", *lists])
    try:
        files.take_in(data / copying.FILES)
    except StoreAway as away:
        raise WrongBackup(f"The store for files takes nothing ({away}). Mend it, then run the same again.") from away
    shutil.rmtree(data / copying.FILES, ignore_errors=True)
    shutil.rmtree(unpacked.folder)
    (data / MARK).unlink()
    return ended


def database_begun(data: Path) -> bool:
    """Whether a restore into this folder has begun to write the database."""
    return (data / MARK).exists() and (data / MARK).read_text() == WRITING


def take_back_files(data: Path) -> None:
    """Leave the data folder as empty as it was found, after a restore that could not be."""
    for name in (*CONTENTS, WORK, MARK):
        _remove(data / name)
