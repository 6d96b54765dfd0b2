"""`python -m tests.ops.keep_release`: keeps the data of this version, on both engines, for every later version to be tested with.

Run once for each release, when its schema is final, and commit what it writes into `tests/ops/kept/`. The keys lie beside the
backups: nobody lives in there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from goodword.ops import throwaway
from goodword.version import VERSION

KEPT = Path(__file__).with_name("kept")


def keep(engine: str) -> None:
    """Live the scene on the engine GOODWORD_DATABASE_URL names, and keep a backup of it with its keys and what the scene noted."""
    from tests.ops.houses import house

    with tempfile.TemporaryDirectory() as folder, house(Path(folder) / "data") as here:
        assert here.run("login-link", "host@vale.example").returncode == 0
        here.scene("before")
        done = here.run("backup", folder)
        assert done.returncode == 0, done.stderr
        KEPT.mkdir(exist_ok=True)
        for path in Path(folder).glob("goodword-*"):
            shutil.copy(path, KEPT / f"{VERSION}-{engine}.{path.name.partition('.')[2]}")
        shutil.copy(Path(folder) / "scene.json", KEPT / f"{VERSION}-{engine}.json")
    print(f"Kept {VERSION} on {engine}.")


def main() -> None:
    """Keep both: SQLite here, PostgreSQL in a process that has a server."""
    if os.environ.get("GOODWORD_DATABASE_URL"):
        keep("postgresql")
        return
    keep("sqlite")
    programs = throwaway.binaries()
    if programs is None:
        sys.exit("No PostgreSQL is installed: its data could not be kept.")
    with throwaway.postgresql(programs) as url:
        env = {**os.environ, "GOODWORD_DATABASE_URL": url}
        subprocess.run([sys.executable, "-m", "tests.ops.keep_release"], env=env, check=True)


if __name__ == "__main__":
    main()
