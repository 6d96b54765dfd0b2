"""Starting the house: everything made ready, and what a newcomer needs to know; `watching` then keeps it up."""

from __future__ import annotations

import errno
import os
import signal
import socket
import threading

from django.conf import settings
from django.db import connection
from django.urls import reverse

from config import environment
from goodword.ops import metrics, readying, watching
from goodword.people.models import Person
from goodword.people.signing_in import make_key


def up() -> int:
    """Make everything ready, then become the program that starts and watches it. Return the exit code if told to stop before."""
    host, port = environment.host(), environment.port()
    environment.admin_email()
    check_port(host, port)
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: stopping.set())
    readying.ready()
    readying.hold()
    metrics.begin()
    os.chdir(environment.ROOT)
    words = greeting()
    connection.close()
    if not stopping.is_set():
        watching.become(host, port, environment.workers(), words)
    return 0


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
