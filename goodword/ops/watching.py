"""Keeping the house up: the web server and the worker as two children of this process, which loads nothing of Django.

`up` becomes this program once everything is ready: what watches for weeks need not hold the house in memory a fourth time.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field

from goodword.ops.serving import server

PATIENCE = 30.0  # seconds a child gets to end, and the web server to answer before a word is said
QUICK_DEATH = 5.0
MOST_QUICK_DEATHS = 4
LOOK_EVERY = 0.25
# glibc would give each thread a pool of memory of its own, and take back little of it: 2 to 4 MB more in each web process once it has
# been used. Python runs one thread at a time, so nobody waits for a pool.
FEW_POOLS = {"MALLOC_ARENA_MAX": "2"}


def become(host: str, port: int, workers: int, words: str) -> None:
    """Let this process become the one that watches; `words` are printed once the web server answers.

    They hold a sign-in link, so they go by a pipe and not by the command line, which everybody on the machine can read.
    """
    reading, writing = os.pipe()
    os.set_inheritable(reading, True)
    with os.fdopen(writing, "w") as pipe:
        pipe.write(words)
    argv = [sys.executable, "-m", "goodword.ops.watching", host, str(port), str(workers), str(reading)]
    os.execv(argv[0], argv)  # noqa: S606 - our own program, no shell


def main(host: str, port: int, workers: int, words: str) -> int:
    """Start everything, say where it is, and watch over it until told to stop. Return the exit code."""
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.set())
    web = Child("web server", server(host, port, workers))
    worker = Child("worker", [sys.executable, "manage.py", "worker"])
    web.start()
    if wait_for(host, port, web, stopping):
        print(words, flush=True)
        worker.start()
    return watch([web, worker], stopping)


@dataclass(slots=True)
class Child:
    """One program that is to run as long as the house does."""

    name: str
    argv: list[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    quick_deaths: int = field(default=0)

    def start(self) -> None:
        """Start it, in a group of its own: Ctrl-C reaches only us, and we end it in order."""
        self.started = time.monotonic()
        env = {**FEW_POOLS, **os.environ}
        self.process = subprocess.Popen(self.argv, env=env, start_new_session=True, preexec_fn=_end_with_parent)  # noqa: S603

    def tend(self) -> bool:
        """Start it again if it has died. Return False if it keeps dying at once."""
        if self.process is None or self.process.poll() is None:
            return True
        quick = time.monotonic() - self.started < QUICK_DEATH
        self.quick_deaths = self.quick_deaths + 1 if quick else 1
        if self.quick_deaths > MOST_QUICK_DEATHS:
            return False
        print(
            f"The {self.name} ended by itself (code {self.process.returncode}); starting it again.",
            file=sys.stderr,
            flush=True,
        )
        self.start()
        return True

    def end(self) -> None:
        """Ask it to end, and wait; end it by force if it does not listen."""
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def _end_with_parent() -> None:
    """On Linux, have the child told to end when we are killed without a chance to say so ourselves."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


def watch(children: list[Child], stopping: threading.Event) -> int:
    """Tend the children until told to stop or one keeps dying; end them in order. Return the exit code."""
    fine = True
    while fine and not stopping.wait(LOOK_EVERY):
        for child in children:
            if not child.tend():
                print(
                    f"The {child.name} keeps ending at once; see what it said above. Stopping.",
                    file=sys.stderr,
                    flush=True,
                )
                fine = False
    if fine:
        print("\nStopping: answering what was asked, finishing the letter in hand.", flush=True)
    for child in children:
        child.end()
    return 0 if fine else 1


def wait_for(host: str, port: int, web: Child, stopping: threading.Event) -> bool:
    """Wait until the web server answers, however long that takes on a slow machine: it is said once.

    Return whether it did, and not where one was told to stop, or the server keeps ending.
    """
    at = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    url = f"http://{f'[{at}]' if ':' in at else at}:{port}/livez"
    late: float | None = time.monotonic() + PATIENCE
    while not stopping.wait(0.05) and web.tend():
        if _answers(url):
            return True
        if late is not None and time.monotonic() > late:
            print("Still starting: pages and letters come as soon as the web server answers.", flush=True)
            late = None
    return False


def _answers(url: str) -> bool:
    opener: Callable[..., object] = urllib.request.build_opener(urllib.request.ProxyHandler({})).open
    try:
        opener(url, timeout=20)
    except urllib.error.HTTPError as answer:
        return answer.code < 500
    except OSError:
        return False
    return True


if __name__ == "__main__":
    with os.fdopen(int(sys.argv[4])) as greeting:
        said = greeting.read()
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), said))
