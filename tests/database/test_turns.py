"""Writers of an SQLite file take turns: of all threads and processes, in order, and without asking again and again."""

from __future__ import annotations

import fcntl
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ConnectionHandler, OperationalError

from config import databases
from goodword.database.sqlite import turns
from goodword.database.sqlite.turns import WriterTurn

pytestmark = [pytest.mark.usefixtures("a_table"), pytest.mark.django_db(transaction=True)]
PROCESSES = multiprocessing.get_context("fork")


@pytest.fixture
def handler(tmp_path: Path) -> Iterator[ConnectionHandler]:
    """Connections to a database of its own, with the house's settings."""
    found = ConnectionHandler({"default": databases.sqlite(tmp_path / "some.sqlite3")})
    yield found
    found["default"].close()


@pytest.fixture
def a_table(transactional_db: None, handler: ConnectionHandler) -> None:
    with handler["default"].cursor() as cursor:
        cursor.execute("CREATE TABLE line (who TEXT)")


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "some.sqlite3")


def waits(path: str) -> bool:
    """Whether some process is next in line."""
    descriptor = os.open(path + "-next", os.O_RDWR)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def until(true: Callable[[], object]) -> None:
    """Wait until something is true, ten seconds at most."""
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end
        time.sleep(0.005)


def write_one(path: str, order: Any, who: str) -> None:
    with WriterTurn(path):
        order.put(who)


def test_a_process_that_waits_comes_before_the_next_thread_of_the_one_that_writes(path: str) -> None:
    order, turn = PROCESSES.SimpleQueue(), WriterTurn(path)

    def mine() -> None:
        with turn:
            order.put("the next thread")

    other = PROCESSES.Process(target=write_one, args=(path, order, "the other process"))
    with turn:
        other.start()
        until(lambda: waits(path))
        thread = threading.Thread(target=mine)
        thread.start()
    thread.join(10)
    other.join(10)
    assert [order.get(), order.get()] == ["the other process", "the next thread"]


def hold(path: str, has_it: Any) -> None:
    with WriterTurn(path):
        has_it.set()
        time.sleep(60)


def test_the_turn_of_a_process_that_is_killed_is_free_at_once(path: str) -> None:
    has_it = PROCESSES.Event()
    other = PROCESSES.Process(target=hold, args=(path, has_it))
    other.start()
    assert has_it.wait(10)
    assert other.pid is not None
    os.kill(other.pid, signal.SIGKILL)
    other.join(10)
    began = time.monotonic()
    with WriterTurn(path):
        assert time.monotonic() - began < 1


def test_nobody_waits_for_ever(path: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    with WriterTurn(path):
        for other in (WriterTurn(path), WriterTurn(path)):
            with pytest.raises(OperationalError, match="locked"):
                other.__enter__()
    with WriterTurn(path):  # who gave up holds up nobody
        pass


def test_what_writes_outside_of_a_transaction_waits_for_its_turn_too(handler: ConnectionHandler, path: str) -> None:
    written = threading.Event()

    def write() -> None:
        with handler["default"].cursor() as cursor:
            cursor.execute("INSERT INTO line (who) VALUES (%s)", ["another thread"])
        written.set()
        handler["default"].close()

    with WriterTurn(path):
        thread = threading.Thread(target=write)
        thread.start()
        assert not written.wait(0.2)
        with handler["default"].cursor() as cursor:
            assert cursor.execute("SELECT count(*) FROM line").fetchone() == (0,)  # whoever reads waits for nobody
    assert written.wait(10)
    thread.join(10)


@pytest.mark.parametrize("well", [True, False])
def test_a_transaction_gives_its_turn_up_however_it_ends(handler: ConnectionHandler, path: str, well: bool) -> None:
    here = handler["default"]
    try:
        here.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
        with here.cursor() as cursor:
            cursor.execute("INSERT INTO line (who) VALUES ('me')")
        assert not _free(path)
        here.commit() if well else here.rollback()
    finally:
        here.set_autocommit(True)
    assert _free(path)


def test_a_connection_that_is_closed_in_the_middle_gives_its_turn_up(handler: ConnectionHandler, path: str) -> None:
    handler["default"].set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)
    assert not _free(path)
    handler["default"].close()
    assert _free(path)


def _free(path: str) -> bool:
    descriptor = os.open(path + "-turn", os.O_RDWR)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(descriptor)
    return True


def test_the_house_itself_takes_turns() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL needs none")
    with transaction.atomic():
        assert not _free(str(connection.settings_dict["NAME"]))
    assert _free(str(connection.settings_dict["NAME"]))
