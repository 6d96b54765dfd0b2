"""Files written whole or not at all, whoever else writes at the same moment."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Write a file in one step, in place of the one that may be there; for its owner alone (0600), and on the disk when it returns."""
    _write_beside(path, text).replace(path)


def write_once(path: Path, text: str) -> None:
    """Write a file that is not there yet, as above. Where somebody else was first, theirs stands."""
    beside = _write_beside(path, text)
    try:
        os.link(beside, path)
    except FileExistsError:
        pass
    except OSError:  # a file system without links: the last one stands, whole all the same
        beside.replace(path)
        return
    beside.unlink()


def _write_beside(path: Path, text: str) -> Path:
    """Return a new file with this text in the same folder."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.name}.", suffix=".partial")
    with os.fdopen(descriptor, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return Path(name)
