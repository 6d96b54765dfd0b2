"""The passphrase of a backup: asked for, read from a file or from the environment. Never empty, never short, never guessed at."""

from __future__ import annotations

import getpass
from pathlib import Path

from config import environment
from goodword.ops.backup.manifest import WrongBackup

SHORTEST = 12
NAME = "GOODWORD_BACKUP_PASSPHRASE"


def passphrase(ask: bool, file: str | None, new: bool) -> str:
    """Return the passphrase; an empty one means that none is wanted.

    A source that is named must hold one: a backup that was to be sealed is never made unsealed. A new one that is asked for is
    typed twice. Raises WrongBackup with a sentence.
    """
    if file is not None:
        return _long_enough(_read(Path(file)), file, new)
    if ask:
        return _ask(new)
    given = environment.value(NAME)
    return _long_enough(given, NAME, new) if environment.is_set(NAME) else ""


def _read(path: Path) -> str:
    try:
        return path.read_text().strip()
    except (OSError, UnicodeDecodeError) as wrong:
        raise WrongBackup(f"The passphrase cannot be read from {path}.") from wrong


def _ask(new: bool) -> str:
    first = getpass.getpass("Passphrase: ").strip()
    if new and getpass.getpass("Once more: ").strip() != first:
        raise WrongBackup("The two are not the same. Nothing was made.")
    return _long_enough(first, "What you typed", new)


def _long_enough(text: str, source: str, new: bool) -> str:
    if not text:
        raise WrongBackup(f"{source} holds no passphrase. Nothing was made: a backup is not left unsealed by mistake.")
    if new and len(text) < SHORTEST:
        raise WrongBackup(
            f"{source} is too short for a passphrase: take {SHORTEST} characters or more, such as four words."
        )
    return text
