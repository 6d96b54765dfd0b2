"""Writing to a running house as a browser does, and remembering what it said it had kept."""

from __future__ import annotations

import http.client
import json
import os
import secrets
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

from tests.ops.conftest import ROOT
from tests.ops.houses import House
from tests.ops.test_up import children, free_port

FULL = os.environ.get("GOODWORD_DURABILITY") == "full"
FIGURES = os.environ.get("GOODWORD_FIGURES", "")
TOKEN = "a" * 32  # of our forms: the cookie and the field are the same
LETTERS = "abcdefghijklmnopqrstuvwxyz"
PATIENCE = 60.0


def figure(name: str, found: str) -> None:
    """Note a figure for docs/reliability.md, if somebody collects them."""
    print(f"{name}: {found}")
    if FIGURES:
        with Path(FIGURES).open("a") as file:
            file.write(json.dumps([name, found]) + "\n")


@dataclass
class Running:
    """A house that runs: its process and port."""

    process: subprocess.Popen[bytes]
    port: int
    started_in: float

    def pids(self) -> list[int]:
        """Every process of it, the watching one last."""
        found = list(children(self.process.pid).values())
        return [*(pid for one in found for pid in children(one).values()), *found, self.process.pid]

    def kill(self) -> None:
        """Kill all of it at once, without a word."""
        for pid in reversed(self.pids()):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()


def start(there: House, **env: str) -> Running:
    """Start a house and wait until it answers a page."""
    port, began = free_port(), time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "goodword.ops"],
        cwd=ROOT,
        env={**there.env, "GOODWORD_PORT": str(port), "GOODWORD_WORKERS": "1", **env},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while ask(port, "GET", "/livez")[0] != 200:
        assert process.poll() is None, "the house did not start"
        assert time.monotonic() - began < PATIENCE
        time.sleep(0.02)
    took = time.monotonic() - began
    ask(port, "GET", "/")  # the first page loads what the next ones need
    return Running(process, port, took)


@contextmanager
def running(there: House, **env: str) -> Iterator[Running]:
    """A house that runs until the end of the block."""
    house = start(there, **env)
    try:
        yield house
    finally:
        house.process.terminate()
        house.process.wait(PATIENCE)


def ask(port: int, method: str, path: str, session: str = "", fields: dict[str, str] | None = None) -> tuple[int, str]:
    """Ask once; return status and text, 0 where nobody answered."""
    body = urlencode({**(fields or {}), "csrfmiddlewaretoken": TOKEN}) if method == "POST" else None
    headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "Host": f"localhost:{port}"}
    if body:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    there = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        there.request(method, path, body, headers)
        answer = there.getresponse()
        return answer.status, answer.read().decode()
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        there.close()


@dataclass
class Writer:
    """Gives leads, one after the other, each with words of its own, until told to stop."""

    notes: dict[str, str]
    kept: list[str] = field(default_factory=list)  # what the house said it had taken
    refused: list[int] = field(default_factory=list)
    stopping: threading.Event = field(default_factory=threading.Event)

    def give(self, port: int) -> tuple[int, str]:
        """Give one lead; return status and page."""
        words = (
            f"load {''.join(secrets.choice(LETTERS) for _ in range(12))}"  # digits would pass for a telephone number
        )
        status, text = ask(
            port, "POST", f"/r/{self.notes['key']}/leads/give", self.notes["session"], {"why": words, "route": "card"}
        )
        if status == 302:
            self.kept.append(words)
        elif status:
            self.refused.append(status)
        return status, text

    def run(self, port: int) -> None:
        """Write until told to stop."""
        while not self.stopping.is_set():
            if self.give(port)[0] == 0:
                time.sleep(0.02)

    @contextmanager
    def writing(self, port: int, many: int = 2) -> Iterator[None]:
        """Write in so many threads while the block runs."""
        self.stopping.clear()
        threads = [threading.Thread(target=self.run, args=[port]) for _ in range(many)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.stopping.set()
            for thread in threads:
                thread.join()


def check(there: House, writer: Writer, **env: str) -> tuple[int, int]:
    """Return how many leads that were taken are lost, and how many are half there: a line for each side, and a journal entry."""
    found = json.loads(there.scene("count", **env))
    lost = set(writer.kept) - set(found["lines"])
    half = [words for words, lines in found["lines"].items() if lines != 2]
    return len(lost), len(half) + abs(found["events"] - len(found["lines"]))
