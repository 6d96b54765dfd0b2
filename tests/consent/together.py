"""Doing things at the same instant, with real threads and real connections."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

ROUNDS = 200
MOST = 4  # acts at the same instant
# The threads stay, and each keeps its connection, as a server's do: to begin takes longer than most acts.
THREADS = ThreadPoolExecutor(MOST)


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """Run up to `MOST` acts at the same instant, each on its own connection; return what each returned or raised."""
    start = threading.Barrier(len(acts), timeout=60)

    def run(act: Callable[[], Any]) -> Any:
        try:
            start.wait()
            return act()
        except Exception as raised:
            return raised

    return list(THREADS.map(run, acts))


@pytest.fixture(autouse=True)
def hung_up() -> Iterator[None]:
    """Close the connection of every thread when a test is over. Imported by whoever imports `at_once`."""
    yield
    assert at_once(*[lambda: connection.close()] * MOST) == [None] * MOST  # each its own
