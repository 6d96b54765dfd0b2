"""A real IMAP server for tests, as small as can be: one user, one folder. It can refuse, hang up and dawdle."""

from __future__ import annotations

import re
import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from goodword.post.mailbox import Mailbox

USER, PASSWORD = "answers@goodword.example", 'a "word" with \\ in it'


class Box:
    """The folder: each mail with whether it was seen. `mood` is how the server behaves; `asked` what it was told."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.seen: set[int] = set()
        self.mood = ""
        self.asked: list[str] = []

    def visits(self) -> int:
        """Return how often somebody signed in."""
        return sum(line.startswith("LOGIN") for line in self.asked)


class _Talk(socketserver.StreamRequestHandler):
    """One conversation (RFC 3501)."""

    def handle(self) -> None:
        self.say("* OK ready")
        while line := self.rfile.readline().decode("latin-1").rstrip("\r\n"):
            tag, _, command = line.partition(" ")
            self.box.asked.append(command)
            if not self.answer(command):
                return
            self.say(f"{tag} {'NO no' if self.refuses(command) else 'OK done'}")

    @property
    def box(self) -> Box:
        box: Box = self.server.box  # type: ignore[attr-defined]
        return box

    def say(self, line: str) -> None:
        self.wfile.write(line.encode("latin-1") + b"\r\n")

    def refuses(self, command: str) -> bool:
        quoted = PASSWORD.replace("\\", "\\\\").replace('"', '\\"')
        wrong = command.startswith("LOGIN") and command != f'LOGIN {USER} "{quoted}"'
        return wrong or (self.box.mood == "refuse" and command.startswith("LOGIN"))

    def answer(self, command: str) -> bool:
        """Answer a command but for its last line; return False to hang up instead."""
        word, *rest = command.upper().removeprefix("UID ").split(" ")
        if word == "CAPABILITY":
            self.say("* CAPABILITY IMAP4rev1")
        elif word == "SELECT":
            self.say(f"* {len(self.box.mails)} EXISTS")
        elif word == "SEARCH":
            new = [str(n + 1) for n in range(len(self.box.mails)) if n not in self.box.seen]
            self.say(" ".join(["* SEARCH", *new]))
        elif word == "FETCH":
            return self.fetch(int(rest[0]), command)
        elif word == "STORE":
            self.box.seen.add(int(rest[0]) - 1)
        elif word == "LOGOUT":
            self.say("* BYE")
        return True

    def fetch(self, number: int, command: str) -> bool:
        mail = self.box.mails[number - 1]
        if "RFC822.SIZE" in command:
            self.say(f"* {number} FETCH (UID {number} RFC822.SIZE {len(mail)})")
            return True
        if self.box.mood == "slow":
            time.sleep(1)
            return False
        if self.box.mood == "drip":
            return self.drip()
        self.say(f"* {number} FETCH (UID {number} BODY[]<0> {{{len(mail)}}}")
        self.wfile.write(mail[:100] if self.box.mood == "hang up" else mail)
        if self.box.mood != "hang up":
            self.say(")")
        return self.box.mood != "hang up"

    def drip(self) -> bool:
        """Go on for ever, a byte at a time."""
        with suppress(OSError):
            while True:
                self.wfile.write(b"*")
                time.sleep(0.05)
        return False


@contextmanager
def open_mailbox() -> Iterator[tuple[Box, Mailbox]]:
    """Yield a running server's folder, and the mailbox Goodword is told of."""
    box = Box()
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Talk) as server:
        server.daemon_threads = True
        server.box = box  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield box, Mailbox("127.0.0.1", server.server_address[1], False, USER, PASSWORD, "INBOX", USER)
        server.shutdown()


def crlf(text: str) -> bytes:
    """Return text as it goes over the wire."""
    return re.sub(r"\r?\n", "\r\n", text).encode()
