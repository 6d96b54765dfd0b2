"""Whose turn it is to write to an SQLite file: writers of all threads and processes come one after the other, asleep.

SQLite itself lets whoever asks at the right instant write, and all others ask again and again: some wait for seconds. Here the
threads of a process stand in one line, and the processes in another: whoever is next holds `-next` until it is their turn and
they hold `-turn`, so that a process that has just written cannot come in before one that waits. Both are locks on empty files,
which the system opens when a process dies.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from functools import cache
from types import TracebackType

from django.db.utils import OperationalError

PATIENCE = 20.0  # seconds, as long as SQLite itself is asked to wait
PAUSE = 0.0005


class WriterTurn:
    """This process's place among those who write to one file. A context in which this thread alone writes."""

    def __init__(self, path: str) -> None:
        self._here = threading.Lock()
        self._next, self._turn = (
            os.open(path + name, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600) for name in ("-next", "-turn")
        )

    def __enter__(self) -> None:
        """Wait until it is this thread's turn. Raise OperationalError where that takes too long."""
        until = time.monotonic() + PATIENCE
        if not self._here.acquire(timeout=PATIENCE):
            raise OperationalError("database is locked")
        try:
            _lock(self._next, until)
            try:
                _lock(self._turn, until)
            finally:
                fcntl.flock(self._next, fcntl.LOCK_UN)
        except BaseException:
            self._here.release()
            raise

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        """Let the next one write."""
        fcntl.flock(self._turn, fcntl.LOCK_UN)
        self._here.release()


def _lock(file: int, until: float) -> None:
    """Lock an open file. Asked for again and again, because waiting in the system could not be bounded."""
    while True:
        try:
            return fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise OperationalError("database is locked") from None
            time.sleep(PAUSE)


@cache
def turn_at(path: str, process: int) -> WriterTurn:
    """Return this process's place at the file of that path. A forked process has one of its own."""
    return WriterTurn(path)
