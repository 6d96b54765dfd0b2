"""The whole house, for `run.py bench`: started, its memory looked at; and one on PostgreSQL for the list and a report."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from goodword.ops import throwaway

ROOT = Path(__file__).resolve().parents[1]
REST = 8.0  # seconds until what was loaded at the start has come to rest


def memory(port: int) -> float:
    """Return the memory of a whole house at rest, in megabytes."""
    with tempfile.TemporaryDirectory(prefix="goodword-rest-") as folder:
        here = {"GOODWORD_DATA": folder, "GOODWORD_PORT": str(port), "GOODWORD_DATABASE_URL": ""}
        with up(here, Path(folder) / "log") as house:
            time.sleep(REST)
            return memory_of(house.pid)


@contextmanager
def up(env: dict[str, str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Run a whole house for as long as the block lasts: web server, worker, and what watches over them.

    Raises RuntimeError if it does not start.
    """
    with log.open("wb") as out:
        house = subprocess.Popen(
            [sys.executable, "-m", "goodword.ops", "up"], cwd=ROOT, env={**os.environ, **env}, stdout=out, stderr=out
        )
    try:
        until = time.monotonic() + 120
        while "Goodword is ready" not in log.read_text():
            if house.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the house did not start:\n{log.read_text()[-2000:]}")
            time.sleep(0.1)
        yield house
    finally:
        house.send_signal(signal.SIGTERM)
        house.wait(60)


def memory_of(pid: int) -> float:
    """Return the memory of a process and all that descend from it, in megabytes: what each holds alone, and its share of the rest."""
    return sum(_share(each) for each in _family(pid)) / 1024


def _share(pid: int) -> int:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _family(pid: int) -> Iterator[int]:
    """Yield a process and all that descend from it."""
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _family(int(child))


@contextmanager
def on_postgresql(
    folder: Path, port: int, relationships: int, leads: int
) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """Seed a PostgreSQL server of our own, which writes to the disk as a real one does; yield what to ask for, and where."""
    programs = throwaway.binaries()
    if programs is None:
        raise LookupError("there is no PostgreSQL on this machine")
    with throwaway.cluster(programs, durable=True) as server:
        env = {
            "GOODWORD_DATA": str(folder),
            "GOODWORD_DATABASE_URL": server.url,
            "GOODWORD_BASE_URL": f"http://localhost:{port}",
            "GOODWORD_PORT": str(port),
        }
        told = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "bench.product", str(relationships), str(leads)],
            cwd=ROOT,
            env={**os.environ, **env},
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout
        yield json.loads(told.splitlines()[-1]), env
