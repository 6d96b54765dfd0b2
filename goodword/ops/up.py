"""Starting the house and keeping it up: the web server and the worker as two children of one watching process."""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.db import connection
from django.urls import reverse

from config import environment
from goodword.ops import readying
from goodword.ops.serving import server
from goodword.people.models import Person
from goodword.people.signing_in import make_key

PATIENCE = 30.0  # seconds a child gets to end, and the web server to answer first
QUICK_DEATH = 5.0
MOST_QUICK_DEATHS = 4
LOOK_EVERY = 0.25


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
        self.process = subprocess.Popen(self.argv, start_new_session=True, preexec_fn=_end_with_parent)  # noqa: S603

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


def up() -> int:
    """Start everything, say where it is, and watch over it until told to stop. Return the exit code."""
    host, port = environment.host(), environment.port()
    environment.admin_email()
    environment.proxies()  # read by the limits at each request: a wrong value must not wait until then
    check_port(host, port)
    web = Child("web server", server(host, port, environment.workers()))
    worker = Child("worker", [sys.executable, str(environment.ROOT / "manage.py"), "worker"])
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.set())
    readying.ready()
    os.chdir(environment.ROOT)
    web.start()
    words = greeting()
    connection.close()
    if wait_for(host, port, web, stopping):
        print(words, flush=True)
        worker.start()
    return watch([web, worker], stopping)


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


def check_port(host: str, port: int) -> None:
    """End the program with a sentence if this address cannot be listened on."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[
            0
        ]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror as wrong:
        raise environment.WrongSetting(
            f"GOODWORD_HOST: {host} is no address of this machine. Write 127.0.0.1, or 0.0.0.0 for all."
        ) from wrong
    except OSError as wrong:
        raise environment.WrongSetting(_why_not(host, port, wrong)) from wrong


def _why_not(host: str, port: int, wrong: OSError) -> str:
    if wrong.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is already in use, perhaps by another Goodword. Stop that one,"
            f" or choose another: GOODWORD_PORT={port + 1} python3 run.py"
        )
    if wrong.errno == errno.EACCES:
        return f"GOODWORD_PORT: port {port} needs an administrator. Choose one from 1024 upwards, such as 8700."
    return f"GOODWORD_HOST: {host} is no address of this machine. Write 127.0.0.1, or 0.0.0.0 for all."


def wait_for(host: str, port: int, web: Child, stopping: threading.Event) -> bool:
    """Wait until the web server answers. Return whether it did."""
    at = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound
    url = f"http://{f'[{at}]' if ':' in at else at}:{port}/livez"
    until = time.monotonic() + PATIENCE
    while not stopping.wait(0.05) and time.monotonic() < until and web.tend():
        if _answers(url):
            return True
    return False


def _answers(url: str) -> bool:
    opener: Callable[..., object] = urllib.request.build_opener(urllib.request.ProxyHandler({})).open
    try:
        opener(url, timeout=5)
    except urllib.error.HTTPError as answer:
        return answer.code < 500
    except OSError:
        return False
    return True


def greeting() -> str:
    """Return what a newcomer needs: the address, where letters go, and the way in while nobody has signed in yet."""
    lines = ["", f"Goodword is ready:  {settings.BASE_URL}", ""]
    if not Person.objects.exists():
        lines += [
            "Nobody has signed in here yet. Your first sign-in link works once, for ten minutes:",
            f"  {sign_in_link(environment.admin_email())}",
            f"It is for {environment.admin_email()}. For another address:  python3 run.py login-link you@example.com",
            "",
        ]
    return "\n".join([*lines, *where_letters_go(), "Stop with Ctrl-C.", ""])


def where_letters_go() -> list[str]:
    """Return lines that say where letters go."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)  # there only without a mail server
    if folder:
        return [
            f"Letters (sign-in codes, invitations) are files:  {folder}/*.eml",
            "To send them instead, set GOODWORD_SMTP_URL (python3 run.py --help).",
        ]
    return [f"Letters go through {settings.EMAIL_HOST}:{settings.EMAIL_PORT}, from {settings.DEFAULT_FROM_EMAIL}."]


def sign_in_link(address: str) -> str:
    """Return a new link that signs in whoever has this address, once, for ten minutes."""
    _, token, _ = make_key(address)
    return str(settings.BASE_URL + reverse("sign-in-link", args=[token]))
