"""The worker: sends letters and runs recurring jobs, once a second, beside the web server. Any number may run."""

from __future__ import annotations

import datetime as dt
import logging
import os
import signal
import socket
import threading
import time

from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from goodword.ops import jobs, metrics, schedule
from goodword.ops.models import FRESH, Beat
from goodword.post.delivery import deliver_due
from goodword.post.outbox import URGENT

PAUSE = 1.0
LONGEST_PAUSE = 15.0
BEAT_EVERY = 10.0
LETTERS_A_STEP = 50
SECONDS_A_STEP = 2.0  # of letters: jobs with a window of half a minute are looked at in between
URGENT_EVERY = 0.5
log = logging.getLogger("goodword.ops")


def alive(now: dt.datetime) -> bool:
    """Whether at least one worker has beaten lately. A beat that is still to come was written by a clock that was wrong."""
    return Beat.objects.filter(at__gt=now - FRESH, at__lt=now + FRESH).exists()


class Worker:
    """One worker process. `stop` lets it finish the step it is in."""

    def __init__(self) -> None:
        self.name = f"{socket.gethostname()[:50]}:{os.getpid()}"
        self._stopping = threading.Event()
        self._last_beat = -BEAT_EVERY

    def stop(self, *_: object) -> None:
        """Ask it to end after the step it is in."""
        self._stopping.set()

    def run(self) -> None:
        """Work until stopped. A database that is away is waited for, ever longer, up to a quarter of a minute."""
        signal.signal(signal.SIGTERM, self.stop)
        signal.signal(signal.SIGINT, self.stop)
        schedule.register_jobs()
        urgent = threading.Thread(target=self.bring_urgent, name="urgent letters")
        urgent.start()
        pause, known = PAUSE, False
        while not self._stopping.is_set():
            try:
                close_old_connections()
                if not known:
                    jobs.begin(jobs.all_jobs(), timezone.now())
                    known = True
                busy, pause = self.step(), PAUSE
            except DatabaseError as trouble:
                log.error(
                    "the database did not answer a worker (%s); trying again in %.0f s", type(trouble).__name__, pause
                )
                connection.close()
                busy, pause = False, min(pause * 2, LONGEST_PAUSE)
            if not busy:
                self._stopping.wait(pause)
        urgent.join()
        self._leave()

    def bring_urgent(self) -> None:
        """Bring the letters somebody waits for until stopped, on a thread of their own.

        So neither thousands of others nor a slow mailbox nor a long job stands before a sign-in code.
        """
        while not self._stopping.wait(URGENT_EVERY):
            try:
                close_old_connections()
                deliver(URGENT)
            except DatabaseError:  # said by the other thread
                connection.close()
                self._stopping.wait(LONGEST_PAUSE / 5)
        connection.close()

    def step(self) -> bool:
        """Do what is due now. Return whether more is likely to be waiting."""
        self._beat()
        sent = deliver()
        jobs.run_due(timezone.now())
        return sent > 0

    def _beat(self) -> None:
        if time.monotonic() - self._last_beat >= BEAT_EVERY:
            now = timezone.now()
            Beat.objects.update_or_create(worker=self.name, defaults={"at": now})
            Beat.objects.filter(at__lt=now - dt.timedelta(days=1)).delete()
            self._last_beat = time.monotonic()

    def _leave(self) -> None:
        try:
            Beat.objects.filter(worker=self.name).delete()
        except DatabaseError:
            log.warning("a worker ended while the database was away")
        connection.close()


def deliver(lane: int | None = None) -> int:
    """Send what is due, for a moment. One that cannot even be written (a fault of ours) is logged, and holds no other up."""
    try:
        sent = deliver_due(LETTERS_A_STEP, lane=lane, seconds=SECONDS_A_STEP)
        metrics.count_letters(sent)
        return sent
    except DatabaseError:
        raise
    except Exception:
        log.exception("a letter could not be made")
        return 0
