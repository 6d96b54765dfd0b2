"""Two PostgreSQL servers: lists are read from the one that follows, and are never old; it takes over when the other is lost."""

from __future__ import annotations

import secrets
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest

from goodword.database import replica
from goodword.ops import throwaway
from tests.durability import standby
from tests.durability.load import FULL, LETTERS, Running, Writer, ask, check, figure, running
from tests.durability.test_durability import notes
from tests.ops.conftest import once
from tests.ops.houses import House

pytestmark = [pytest.mark.processes, once]
STARTED = 50 if FULL else 3


@dataclass(frozen=True)
class Pair:
    """A house that runs on two servers, and who writes to it."""

    first: throwaway.Cluster
    second: throwaway.Cluster
    house: House
    running: Running
    writer: Writer

    def start_and_read(self) -> bool:
        """Start a relationship, and return whether the list has it at once."""
        name = f"Zoe {''.join(secrets.choice(LETTERS) for _ in range(12))}"
        said = {"name": name, "how": "alone"}
        assert ask(self.running.port, "POST", "/start", self.writer.notes["session"], said)[0] == 302
        return name in self.read("/relationships")

    def doctor(self) -> str:
        """Return what the doctor says of the replica."""
        said = self.house.run("doctor", env={"GOODWORD_REPLICA_URL": self.second.url}).stdout
        return next(line for line in said.splitlines() if "replica" in line.split()[:2])

    def read(self, path: str) -> str:
        """Return a page, which is there."""
        status, text = ask(self.running.port, "GET", path, self.writer.notes["session"])
        assert status == 200
        return text

    def asked_second(self) -> int:
        """How many statements about seats the second server was asked so far."""
        return (self.second.folder / "log").read_text(errors="replace").count('"goodword_seat"')


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    """A house on a server and its standby, whose address names both: it writes to whichever may be written to."""
    programs = throwaway.binaries()
    if programs is None or not (programs / "pg_basebackup").exists():
        pytest.skip("NO POSTGRESQL is installed")
    with throwaway.cluster(programs) as first:
        there = House(tmp_path_factory.mktemp("pair") / "data", first.url)
        assert there.run("login-link", "host@vale.example").returncode == 0
        there.scene("load")
        first.stop(signal.SIGINT)
        first.durable = True  # only now: its tables are made faster without
        first.start()
        with standby.standby(first) as second:
            both = (
                f"postgresql://goodword@/postgres?host={first.folder},{second.folder}&target_session_attrs=read-write"
            )
            there = House(there.data, both)
            with running(there, GOODWORD_REPLICA_URL=second.url) as house:
                yield Pair(first, second, there, house, Writer(notes(there)))


def test_lists_come_from_a_replica_and_one_that_is_behind_or_gone_is_stepped_over(pair: Pair) -> None:
    for _ in range(STARTED):
        assert pair.start_and_read()
    standby.until(lambda: pair.read("/relationships") and pair.asked_second() > 0)
    assert pair.doctor().startswith("well")
    standby.ask(pair.second, "SELECT pg_wal_replay_pause()")
    standby.until(lambda: standby.ask(pair.second, "SELECT pg_get_wal_replay_pause_state()") == "paused")
    assert pair.start_and_read()
    before = pair.asked_second()
    for path in ("/leads", "/today", "/relationships"):
        pair.read(path)
    assert pair.asked_second() == before
    standby.ask(pair.second, "SELECT pg_wal_replay_resume()")
    standby.until(lambda: pair.read("/relationships") and pair.asked_second() > before)
    standby.lose(pair.second)
    for path in ("/leads", "/today", "/relationships"):
        pair.read(path)
    assert pair.start_and_read()
    pair.second.start()  # its log begins anew
    began = time.monotonic()
    standby.until(lambda: pair.read("/relationships") and pair.asked_second() > 0)
    figure(
        "lists from a replica",
        f"{STARTED + 2} relationships started, each on the list at once, also while the replica was behind or gone;"
        f" asked again {time.monotonic() - began:.1f} s after it was back",
    )


def test_whoever_may_read_the_database_may_ask_how_far_it_is(pair: Pair) -> None:
    standby.ask(pair.first, "CREATE ROLE plain LOGIN")
    with psycopg.connect(pair.first.url.replace("goodword@", "plain@")) as server:
        far = server.execute(replica.FAR).fetchone()
        assert far is not None
        assert server.execute(replica.NEAR, far).fetchone() in ((False,), (None,))  # it follows nobody


def test_when_the_primary_is_lost_the_standby_takes_over_with_every_acknowledged_write(pair: Pair) -> None:
    standby.be_synchronous(pair.first)
    with pair.writer.writing(pair.running.port):
        standby.until(lambda: len(pair.writer.kept) >= STARTED)
        standby.lose(pair.first)
        before = len(pair.writer.kept)
        standby.promote(pair.second)
        began = time.monotonic()
        standby.until(lambda: len(pair.writer.kept) >= before + 3)
        took = time.monotonic() - began
    pair.read("/relationships")
    assert "follows nobody" in pair.doctor()
    lost, half = check(pair.house, pair.writer)
    figure(
        "primary lost under load, synchronous standby promoted",
        f"{before} leads acknowledged before, {lost} lost, {half} half done, writing again {took:.1f} s after it was promoted",
    )
    assert before > 0
    assert (lost, half) == (0, 0)
