"""What `run.py backup` and `run.py restore` do, and what they say."""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path

from goodword.ops import restoring
from goodword.ops.backup import secret
from goodword.ops.backup.manifest import WrongBackup


def backup(folder: str, keys: str | None, keep: int | None, passphrase: bool, passphrase_file: str | None) -> int:
    """Make a backup; return the exit code."""
    from goodword.ops.backup import making

    try:
        if keep is not None and keep < 1:
            raise WrongBackup("--keep takes a number from 1 upwards.")
        word = secret.passphrase(passphrase, passphrase_file, new=True)
        if word and keys:
            raise WrongBackup("With a passphrase the keys go into the backup: leave out --keys, or the passphrase.")
        made = making.make(Path(folder), dt.datetime.now(dt.UTC), word, Path(keys) if keys else None)
        gone = making.prune(Path(folder), keep) if keep else 0
    except WrongBackup as sentence:
        return _sorry(sentence)
    print("\n".join([*made.words(), *([f"{gone} older backups deleted."] if gone else [])]))
    return 0


def restore(backup: str, keys: str | None, deletions: list[str], passphrase: bool, passphrase_file: str | None) -> int:
    """Put a backup back; return the exit code. Loads Django only when keys and secret are in their places."""
    data = Path(os.environ.get("GOODWORD_DATA") or restoring.ROOT / "data").expanduser().absolute()
    try:
        if not Path(backup).is_file():
            raise WrongBackup(f"There is no file {backup}.")
        missing = [path for path in deletions if not Path(path).is_file()]
        if missing:
            raise WrongBackup(f"There is no file {missing[0]}.")
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        word = secret.passphrase(passphrase, passphrase_file, new=False)
        unpacked = restoring.unpack(Path(backup), data, word, Path(keys) if keys else None)
        ended = _place(unpacked, data, [Path(path).absolute() for path in deletions])
    except WrongBackup as sentence:
        return _sorry(sentence)
    print(f"Restored into {data}, as it was at {unpacked.manifest.made_at[:16].replace('T', ' ')} UTC.")
    print("\n".join(f"  {count:>6} {what}" for what, count in ended.items() if count))
    print("Start it with: python3 run.py")
    return 0


def _place(unpacked: restoring.UnpackedBackup, data: Path, lists: list[Path]) -> dict[str, int]:
    begun = (data / restoring.MARK).exists()
    restoring.place_files(unpacked, data)
    try:
        import django

        django.setup()
        return restoring.place_database(unpacked, data, dt.datetime.now(dt.UTC), lists)
    except (WrongBackup, SystemExit):
        if not begun and not restoring.database_begun(data):
            restoring.take_back_files(data)
        raise


def _sorry(sentence: WrongBackup) -> int:
    print(sentence, file=sys.stderr)
    return 1
