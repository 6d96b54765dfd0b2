"""A real SMTP server for tests: takes letters, and can refuse, dawdle or hang up."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class PostOffice:
    """What it was handed, and how it behaves: each entry of `moods` is for one letter, then it is friendly."""

    def __init__(self) -> None:
        self.letters: list[Message] = []
        self.moods: list[str] = []
        self.asked = 0

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Answer a letter that has been handed over."""
        self.asked += 1
        mood = self.moods.pop(0) if self.moods else ""
        if mood == "refuse":
            return "550 not here"
        if mood == "later":
            return "451 try again later"
        if mood == "slow":
            await asyncio.sleep(3)
        if mood == "hang up":
            server.transport.abort()  # type: ignore[union-attr]
            return "421 gone"
        self.letters.append(message_from_bytes(envelope.content or b""))  # type: ignore[arg-type]
        if mood == "hang up after":
            # The letter is taken, but the sender never hears so: it has to send again under the same name.
            server.transport.abort()  # type: ignore[union-attr]
        return "250 thank you"


@contextmanager
def open_post_office() -> Iterator[tuple[PostOffice, int]]:
    """Yield a running post office and its port."""
    office = PostOffice()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(office, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield office, port
    finally:
        controller.stop()
