"""Starting the house: it says where it is, keeps its worker alive, and leaves nothing behind when told to stop."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from goodword.ops import watching
from tests.ops.conftest import clean, once

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 90.0

pytestmark = [pytest.mark.processes, once]


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def environment(data: Path, port: int) -> dict[str, str]:
    """Return the environment of a house of its own."""
    return {**clean(), "GOODWORD_DATA": str(data), "GOODWORD_PORT": str(port), "GOODWORD_WORKERS": "1"}


def until(true: Callable[[], bool]) -> None:
    """Wait for something to become true."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.1)


def page(port: int, path: str) -> str:
    """Return a page's text, or nothing while nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5) as answer:
            return str(answer.read().decode())
    except OSError:
        return ""


def children(pid: int) -> dict[str, int]:
    """Return the process ids of a house's web server and worker."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            words = (entry / "cmdline").read_bytes()
        except OSError:
            continue
        if parent == pid:
            found["worker" if b"manage.py" in words else "web"] = int(entry.name)
    return found


@pytest.fixture
def house(data: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], int, Path]]:
    """A started house, its port and the file it writes to."""
    port, told = free_port(), tmp_path / "told"
    with told.open("w") as out:
        started = subprocess.Popen(
            [sys.executable, "-m", "goodword.ops"],
            cwd=ROOT,
            env=environment(data, port),
            stdout=out,
            stderr=out,
            text=True,
        )
    until(lambda: "Goodword is ready" in told.read_text() or started.poll() is not None)
    yield started, port, told
    if started.poll() is None:
        started.terminate()
        started.wait(PATIENCE)


def test_a_newcomer_is_told_the_address_the_way_in_and_where_letters_go(
    house: tuple[subprocess.Popen[str], int, Path],
) -> None:
    _, port, told = house
    words = told.read_text()
    assert f"http://localhost:{port}" in words
    assert f"http://localhost:{port}/sign-in/link/" in words
    assert "/data/mail/*.eml" in words
    assert "<h1" in page(port, "/")
    assert 'href="/static/goodword/style.' in page(port, "/")


def test_what_it_says_of_requests_goes_to_the_standard_output_as_json(data: Path, tmp_path: Path) -> None:
    port = free_port()
    with (tmp_path / "out").open("w") as out, (tmp_path / "err").open("w") as err:
        parts = [
            subprocess.Popen(
                [sys.executable, "-m", "goodword.ops", part],
                cwd=ROOT,
                env=environment(data, port),
                stdout=out,
                stderr=err,
            )
            for part in ("web", "worker")
        ]
        until(lambda: "not" not in (page(port, "/readyz") or "not"))  # two programs, one house
        page(port, "/")
        for part in parts:
            part.terminate()
            assert part.wait(PATIENCE) == 0
    said = [json.loads(line) for line in (tmp_path / "out").read_text().splitlines() if line.startswith("{")]
    assert any(line.get("route") == "welcome" and line["status"] == 200 for line in said)
    assert (tmp_path / "err").read_text() == ""


def test_a_worker_that_dies_is_started_again(house: tuple[subprocess.Popen[str], int, Path]) -> None:
    started, port, told = house
    until(lambda: "not" not in (page(port, "/readyz") or "not"))
    worker = children(started.pid)["worker"]
    os.kill(worker, signal.SIGKILL)
    until(lambda: children(started.pid).get("worker", worker) != worker)
    assert "starting it again" in told.read_text()


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_whatever_ends_the_house_ends_its_children(
    house: tuple[subprocess.Popen[str], int, Path], how: signal.Signals
) -> None:
    started, port, told = house
    until(lambda: len(children(started.pid)) == 2)
    left = children(started.pid).values()
    started.send_signal(how)
    assert started.wait(PATIENCE) == (-9 if how is signal.SIGKILL else 0)
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in left))
    assert page(port, "/livez") == ""
    assert "Traceback" not in told.read_text()


def test_a_port_in_use_is_answered_with_a_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = int(taken.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "goodword.ops"],
            cwd=ROOT,
            env=environment(tmp_path / "data", port),
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} is already in use")
    assert len(done.stderr.splitlines()) == 1


COMMANDS = [
    "",
    "up",
    "web",
    "worker",
    "demo",
    "login-link",
    "break-glass",
    "seed",
    "move-files",
    "rotate-keys",
    "test",
    "messages",
    "bench",
    "manage",
]


@pytest.mark.parametrize("command", [*COMMANDS, "backup", "restore", "doctor", "settings"])
def test_every_command_has_its_help(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "run.py", *command.split(), "--help"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert done.stdout.startswith("usage: run.py")


def test_a_word_that_is_no_command_is_answered_with_those_there_are() -> None:
    done = subprocess.run([sys.executable, "run.py", "dance"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "login-link" in done.stderr


LATE = """
import sys, time
from http.server import BaseHTTPRequestHandler, HTTPServer
class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
time.sleep(1)
HTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
"""


def test_a_web_server_that_is_slow_to_answer_is_waited_for_and_it_is_said_once(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(watching, "PATIENCE", 0.2)
    port = free_port()
    web = watching.Child("web server", [sys.executable, "-c", LATE, str(port)])
    web.start()
    try:
        assert watching.wait_for("127.0.0.1", port, web, threading.Event())
    finally:
        web.end()
    assert capsys.readouterr().out.count("Still starting") == 1
