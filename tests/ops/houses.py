"""Houses of a test's own, on the engine the tests run on: a data folder, and on PostgreSQL a database beside the tests' own."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

from tests.ops.conftest import ROOT, clean

SERVER = os.environ.get("GOODWORD_DATABASE_URL", "")


@dataclass(frozen=True, slots=True)
class House:
    """A data folder and, on PostgreSQL, the address of its database."""

    data: Path
    database: str = ""

    @property
    def env(self) -> dict[str, str]:
        """The environment of its programs."""
        own = {"GOODWORD_DATA": str(self.data), "DJANGO_SETTINGS_MODULE": "config.settings"}
        return {**clean(), **own, **({"GOODWORD_DATABASE_URL": self.database} if self.database else {})}

    def run(
        self,
        *command: str,
        module: str = "goodword.ops",
        cwd: Path = ROOT,
        env: dict[str, str] | None = None,
        patience: int = 300,
    ) -> subprocess.CompletedProcess[str]:
        """Run a command of `run.py`, or another module, in this house."""
        argv, env = [sys.executable, "-m", module, *command], {**self.env, **(env or {})}
        return subprocess.run(argv, cwd=cwd, env=env, capture_output=True, text=True, check=False, timeout=patience)

    def scene(self, name: str, **env: str) -> str:
        """Live a scene of `tests.ops.scenes` in this house; return what it prints."""
        done = self.run(name, module="tests.ops.scenes", env=env, patience=1800)
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout


@contextmanager
def house(folder: Path) -> Iterator[House]:
    """Give a house with nothing in it yet; its database goes with it."""
    if not SERVER.startswith("postgres"):
        yield House(folder)
        return
    name, parts = f"house_{secrets.token_hex(6)}", urlsplit(SERVER)
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
        try:
            yield House(folder, urlunsplit(parts._replace(path=f"/{name}")))
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[call-overload]
