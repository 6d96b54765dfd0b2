"""What `run.py bench` asks of the whole house beside the floor: its memory at rest, and the list and a report on PostgreSQL."""

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
    """Return the memory of a whole house at rest, in megabytes: the sum of what each process holds alone, and of its share."""
    with tempfile.TemporaryDirectory(prefix="goodword-rest-") as folder:
        here = {"GOODWORD_DATA": folder, "GOODWORD_PORT": str(port), "GOODWORD_DATABASE_URL": ""}
        told = Path(folder) / "told"
        with told.open("wb") as out:
            house = subprocess.Popen(
                [sys.executable, "-m", "goodword.ops", "up"],
                cwd=ROOT,
                env={**os.environ, **here},
                stdout=out,
                stderr=out,
            )
        try:
            until = time.monotonic() + 120
            while "Goodword is ready" not in told.read_text():
                if house.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(f"the house did not start:\n{told.read_text()[-2000:]}")
                time.sleep(0.1)
            time.sleep(REST)
            return sum(_share(pid) for pid in _family(house.pid)) / 1024
        finally:
            house.send_signal(signal.SIGTERM)
            house.wait(60)


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
