"""Many machines on one PostgreSQL: letters and jobs of many workers, some of them killed; PgBouncer between; a queue of letters."""

from __future__ import annotations

import datetime as dt
import itertools
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from goodword.ops import throwaway
from tests.durability.load import FULL, Writer, ask, check, figure, running
from tests.durability.test_durability import notes
from tests.ops.conftest import ROOT, once, pristine
from tests.ops.houses import House
from tests.ops.mailserver import PostOffice, open_post_office

__all__ = ["pristine"]  # a fixture
pytestmark = [pytest.mark.processes, once]
WORKERS = 20 if FULL else 3
LETTERS = 2000 if FULL else 150
QUEUE = 20_000 if FULL else 1000
SECONDS = 20 if FULL else 5
SOON = 5.0
POOL = """[databases]
postgres = host={folder} dbname=postgres user=goodword
[pgbouncer]
pool_mode = transaction
unix_socket_dir = {folder}
listen_addr =
listen_port = 6432
auth_type = any
default_pool_size = 5
max_client_conn = 200
logfile = {folder}/pool.log
"""


@pytest.fixture
def cluster() -> Iterator[throwaway.Cluster]:
    """A PostgreSQL server of this test's own."""
    programs = throwaway.binaries()
    if programs is None:
        pytest.skip("NO POSTGRESQL is installed")
    with throwaway.cluster(programs) as made:
        yield made


@contextmanager
def bouncer(cluster: throwaway.Cluster) -> Iterator[str]:
    """Run a PgBouncer in transaction mode before the server; give the address of the database behind it."""
    program = os.environ.get("GOODWORD_PGBOUNCER") or shutil.which("pgbouncer") or shutil.which("/usr/sbin/pgbouncer")
    if not program:
        pytest.skip("NO PGBOUNCER is installed (apt-get install pgbouncer, or name one with GOODWORD_PGBOUNCER)")
    settings = cluster.folder / "pool.ini"
    settings.write_text(POOL.format(folder=cluster.folder))
    settings.chmod(0o644)
    process = subprocess.Popen([program, "-q", str(settings)], user=cluster.user, cwd="/")
    try:
        until = time.monotonic() + 20
        while not (cluster.folder / ".s.PGSQL.6432").exists():
            assert process.poll() is None, (cluster.folder / "pool.log").read_text()
            assert time.monotonic() < until
            time.sleep(0.05)
        yield f"postgresql://goodword@:6432/postgres?host={quote(str(cluster.folder), safe='')}"
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(10)


def test_through_pgbouncer_in_transaction_mode_everything_goes(cluster: throwaway.Cluster, tmp_path: Path) -> None:
    with bouncer(cluster) as address:
        there = House(tmp_path / "data", address)
        first = there.run("login-link", "host@vale.example")
        assert first.returncode == 0, first.stderr
        there.scene("load")
        writer = Writer(notes(there))
        with running(there, GOODWORD_WORKERS="2") as house:
            with writer.writing(house.port, many=4):
                time.sleep(10 if FULL else 3)
            until = time.monotonic() + 60
            while ask(house.port, "GET", "/readyz")[0] != 200:  # the worker has beaten
                assert time.monotonic() < until
                time.sleep(0.1)
            pages = [
                ask(house.port, "GET", path, writer.notes["session"])[0] for path in ("/readyz", "/today", "/leads")
            ]
        lost, half = check(there, writer)
        found = there.run("doctor").stdout
        kept = there.run("backup", str(tmp_path / "backup"))
    figure("through PgBouncer", f"{len(writer.kept)} leads acknowledged, {lost} lost, {half} half done")
    assert writer.refused == []
    assert (lost, half) == (0, 0)
    assert pages == [200, 200, 200]
    assert "database" in found
    assert kept.returncode == 0, kept.stderr


def worker(there: House, smtp: str) -> subprocess.Popen[bytes]:
    """Start a worker, as `run.py worker` does."""
    argv = [sys.executable, "-m", "goodword.ops", "worker"]
    return subprocess.Popen(argv, cwd=ROOT, env={**there.env, "GOODWORD_SMTP_URL": smtp}, stderr=subprocess.DEVNULL)


def end(workers: list[subprocess.Popen[bytes]]) -> None:
    """End workers in order."""
    for one in workers:
        one.terminate()
    for one in workers:
        one.wait(60)


def claims_end(cluster: throwaway.Cluster) -> None:
    """Let the two minutes pass for which a letter is its worker's, who may have been killed."""
    with psycopg.connect(cluster.url) as server:
        server.execute("UPDATE goodword_outboxletter SET claimed_until = claimed_until - interval '2 minutes'")


def letters_of(office: PostOffice) -> Counter[str]:
    """How often each letter was handed over, by its name."""
    return Counter(str(letter["Message-ID"]) for letter in office.letters)


def test_of_many_workers_some_are_killed_and_every_letter_comes(cluster: throwaway.Cluster, tmp_path: Path) -> None:
    there, dice, killed = House(tmp_path / "data", cluster.url), random.Random(20), 0
    assert there.run("login-link", "host@vale.example").returncode == 0
    there.run("queue", module="tests.ops.scenes", env={"GOODWORD_LETTERS": str(LETTERS)})
    with open_post_office() as (office, port), ExitStack() as ending:
        smtp = f"smtp://127.0.0.1:{port}"
        workers = [worker(there, smtp) for _ in range(WORKERS)]
        ending.callback(end, workers)
        until = time.monotonic() + 600
        while len(letters_of(office)) < LETTERS and time.monotonic() < until:
            time.sleep(0.5)
            if killed < WORKERS // 2 and office.letters:
                place = dice.randrange(WORKERS)
                workers[place].kill()
                workers[place].wait()
                workers[place], killed = worker(there, smtp), killed + 1
                if not FULL:
                    end(workers)
                    claims_end(cluster)
                    workers[:] = [worker(there, smtp)]
        came = letters_of(office)
    twice = sum(many - 1 for many in came.values())
    figure(
        "many workers on one PostgreSQL",
        f"{WORKERS} workers, {killed} killed: {len(came)} of {LETTERS} letters came, {twice} of them twice under one name",
    )
    assert len(came) == LETTERS
    assert twice <= killed


def test_a_schedule_fires_once_however_many_workers_there_are(cluster: throwaway.Cluster, tmp_path: Path) -> None:
    there = House(tmp_path / "data", cluster.url)
    assert there.run("login-link", "host@vale.example").returncode == 0
    argv, env = [sys.executable, "-m", "tests.ops.scenes", "tick"], {**there.env, "GOODWORD_SECONDS": str(SECONDS)}
    workers = [subprocess.Popen(argv, cwd=ROOT, env=env) for _ in range(WORKERS)]
    assert [one.wait(300) for one in workers] == [0] * WORKERS
    fired = sorted((tmp_path / "ticks").read_text().splitlines())
    apart = [(dt_of(later) - dt_of(earlier)).total_seconds() for earlier, later in itertools.pairwise(fired)]
    figure(
        "a schedule of one second",
        f"{WORKERS} workers, fired {len(fired)} times, never less than {min(apart):.2f} s apart",
    )
    assert len(fired) >= SECONDS - 1
    assert min(apart) >= 0.9


def dt_of(text: str) -> dt.datetime:
    """Return the moment a line names."""
    return dt.datetime.fromisoformat(text)


def test_thousands_of_letters_delay_no_code(tmp_path: Path, pristine: Path) -> None:
    there = House(Path(shutil.copytree(pristine, tmp_path / "data")))
    there.run("queue", module="tests.ops.scenes", env={"GOODWORD_LETTERS": str(QUEUE)})
    waits = []
    with open_post_office() as (office, port), running(there, GOODWORD_SMTP_URL=f"smtp://127.0.0.1:{port}") as house:
        until = time.monotonic() + 120
        while not office.letters:  # the worker is at it
            assert time.monotonic() < until
            time.sleep(0.1)
        for number in range(10 if FULL else 3):
            address, began = f"somebody{number}@hill.example", time.monotonic()
            assert ask(house.port, "POST", "/sign-in", "", {"email": address})[0] == 302
            while not any(letter["To"] == address for letter in list(office.letters)):
                assert time.monotonic() - began < 60
                time.sleep(0.02)
            waits.append(time.monotonic() - began)
        waiting = int(there.scene("left"))
    figure(
        "a sign-in code while letters wait",
        f"{QUEUE} queued, {waiting} of them still when the last of {len(waits)} codes had come; {max(waits):.1f} s at most",
    )
    assert waiting > 0
    assert max(waits) < SOON
