"""Making a backup: `run.py backup FOLDER`, while the house goes on."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from goodword.ops.backup import archive, copying
from goodword.ops.backup.manifest import Manifest, WrongBackup

LAST = "last-backup"
KEYS = ".keys"
KEYS_INSIDE = "keys.json"


@dataclass(frozen=True, slots=True)
class Backup:
    """A finished backup: its file, the file of its keys where they lie apart, and how many rows it holds."""

    path: Path
    keys: Path | None
    rows: int

    def words(self) -> list[str]:
        """Return what its maker should know."""
        size = self.path.stat().st_size / 1e6
        lines = [f"{self.path}: {self.rows:,} rows, {size:,.1f} MB, read back and whole."]
        if self.keys is None:
            return [
                *lines,
                "The keys are inside, under the passphrase. Without the passphrase nobody can open it, you neither.",
            ]
        return [
            *lines,
            f"{self.keys}: the keys. Without them the private text in the backup is lost for good; with both anybody can read",
            "all of it. So keep them in another place than the backup. With a passphrase both go sealed into one file.",
        ]


def make(
    folder: Path,
    now: dt.datetime,
    passphrase: str = "",
    keys_to: Path | None = None,
    say: Callable[[str], object] = print,
) -> Backup:
    """Make a backup in a folder; return what was made. With a passphrase the keys go in, else into a file beside, or in `keys_to`.

    A backup is written under another name until it is whole and has been read back. Raises WrongBackup with a sentence.
    """
    name = f"goodword-{now:%Y%m%dT%H%M%SZ}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        partial = _partial(folder / f".{name}")
        try:
            say("Copying the database.")
            manifest = copying.copy_out(partial / "copy", now, with_files=True)
            if passphrase:
                (partial / "copy" / KEYS_INSIDE).write_text(copying.keys_of_the_house())
            say("Packing it." if not passphrase else "Packing and sealing it.")
            packed = partial / "packed"
            archive.pack(partial / "copy", packed, passphrase)
            _read_back(packed, manifest, passphrase)
            keys = None if passphrase else _write_keys((keys_to or folder) / f"{name}{KEYS}")
            path = folder / f"{name}{archive.SEALED if passphrase else archive.PLAIN}"
            packed.replace(path)
            _note(path, now)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    except OSError as wrong:
        raise WrongBackup(f"The backup could not be written to {folder}: {wrong.strerror}.") from wrong
    return Backup(path, keys, sum(manifest.rows.values()))


def _read_back(packed: Path, manifest: Manifest, passphrase: str) -> None:
    """Raise WrongBackup unless what lies on the disk is what was copied."""
    found = archive.sums_in(packed, passphrase)
    if any(found.get(name) != wanted for name, wanted in manifest.files.items()):
        raise WrongBackup("The backup came out damaged: the disk it is written to does not keep what it is given.")


def _partial(folder: Path) -> Path:
    if folder.exists():
        raise WrongBackup("A backup of this second is being made already.")
    folder.mkdir(mode=0o700)
    return folder


def _write_keys(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(copying.keys_of_the_house())
        file.flush()
        os.fsync(file.fileno())
    return path


def _note(path: Path, now: dt.datetime) -> None:
    """Remember the backup, for `doctor`."""
    (settings.DATA / LAST).write_text(json.dumps({"at": now.isoformat(), "path": str(path)}))


def prune(folder: Path, keep: int) -> int:
    """Delete all but the newest backups of a folder, with their keys beside them. Return how many went."""
    names = sorted({path.name.partition(".")[0] for path in folder.glob("goodword-*T*Z.*")})
    for name in names[:-keep]:
        for path in folder.glob(f"{name}.*"):
            path.unlink()
    return len(names[:-keep])
