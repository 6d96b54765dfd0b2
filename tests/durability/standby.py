"""A second PostgreSQL that follows a first: copied by pg_basebackup, fed by streaming replication."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

from goodword.ops.throwaway import Cluster

PATIENCE = 60.0


@contextmanager
def standby(primary: Cluster) -> Iterator[Cluster]:
    """Run a standby of this server that may be read, and end it afterwards. Its log has every statement."""
    folder = Path(tempfile.mkdtemp(prefix="goodword-pg-", dir="/tmp"))
    if primary.user:
        shutil.chown(folder, primary.user)
    made = Cluster(primary.programs, folder, primary.user, primary.durable, ("log_statement=all",))
    copy = [str(primary.programs / "pg_basebackup"), "-h", str(primary.folder), "-U", "goodword"]
    copy += ["-D", str(folder / "data"), "-R", "-X", "stream", "-c", "fast", "--no-sync"]
    try:
        subprocess.run(copy, user=primary.user, cwd="/", check=True, capture_output=True)
        made.start()
        until(lambda: ask(primary, "SELECT count(*) FROM pg_stat_replication WHERE state = 'streaming'") == 1)
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


def be_synchronous(primary: Cluster) -> None:
    """Let the primary acknowledge nothing that its standby does not have on its disk."""
    ask(primary, "ALTER SYSTEM SET synchronous_standby_names = '*'")
    ask(primary, "SELECT pg_reload_conf()")
    until(lambda: ask(primary, "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'") == 1)


def lose(cluster: Cluster) -> None:
    """Kill every process of a server at once, as a machine is lost."""
    assert cluster.process is not None
    os.killpg(cluster.process.pid, signal.SIGKILL)
    cluster.process.wait()


def promote(cluster: Cluster) -> None:
    """Make the standby the one that is written to."""
    assert ask(cluster, "SELECT pg_promote(true, 30)") is True


def ask(cluster: Cluster, sql: str) -> Any:
    """Return the first value of a question to a server; None where it has no answer."""
    with psycopg.connect(cluster.url, autocommit=True) as server:
        asked = server.execute(sql)  # type: ignore[call-overload]
        row = asked.fetchone() if asked.description else None
        return row[0] if row else None


def until(holds: Any) -> None:
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)
