"""Reading a mailbox by IMAP (RFC 3501): each new mail once, none for ever, and nothing that is in one is kept or logged."""

from __future__ import annotations

import imaplib
import logging
import re
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any

LARGEST = 256 * 1024
MOST_AT_ONCE = 50
PATIENCE = 8.0  # seconds for one answer of the server
BUDGET = 20.0  # seconds for one visit: letters wait for it
LONGEST_PAUSE = 900.0
log = logging.getLogger("goodword.post")


@dataclass(frozen=True, slots=True)
class Mailbox:
    """A mailbox of ours. `address` is what mails are sent to; it takes name+anything@host too (RFC 5233)."""

    host: str
    port: int
    tls: bool
    user: str
    password: str = field(repr=False)
    folder: str
    address: str

    def address_with(self, detail: str) -> str:
        """Return the address under which a mail says by itself what it is about: name+detail@host."""
        name, _, host = self.address.rpartition("@")
        return f"{name}+{detail}@{host}"


class Reader:
    """One worker's way to a mailbox. A server in trouble is said once, and asked ever more rarely until it is well."""

    def __init__(self) -> None:
        self._failures = 0
        self._not_before = 0.0

    def visit(self, box: Mailbox, handle: Callable[[bytes], int]) -> int:
        """Hand each new mail to `handle`, then mark it as seen; return the sum of what it returned.

        What `handle` raises leaves the mail as new, so that a database that was away loses none: it must answer for
        mails it cannot read. Trouble with the server is logged by its kind alone and raises nothing.
        """
        if time.monotonic() < self._not_before:
            return 0
        done = 0
        try:
            with _session(box) as session:
                for number in _new(session):
                    mail = _mail(session, number)
                    done += handle(mail) if mail else 0
                    _well(session.uid("STORE", number, "+FLAGS.SILENT", "(\\Seen)"))
        except (imaplib.IMAP4.error, OSError) as trouble:
            self._in_trouble(trouble)
            return done
        if self._failures:
            log.warning("the mailbox answers again")
        self._failures, self._not_before = 0, 0.0
        return done

    def _in_trouble(self, trouble: Exception) -> None:
        if not self._failures:
            refused = isinstance(trouble, imaplib.IMAP4.error) and not isinstance(trouble, imaplib.IMAP4.abort)
            kind = "refused" if refused else type(trouble).__name__
            log.error("the mailbox could not be read (%s); it is tried again, ever more rarely", kind)
        self._not_before = time.monotonic() + min(60.0 * 2**self._failures, LONGEST_PAUSE)
        self._failures = min(self._failures + 1, 10)


@contextmanager
def _session(box: Mailbox) -> Iterator[imaplib.IMAP4]:
    """Yield a session with the folder open. One that takes too long in all is cut off: OSError or IMAP4.error."""
    if box.tls:
        session: imaplib.IMAP4 = imaplib.IMAP4_SSL(
            box.host, box.port, ssl_context=ssl.create_default_context(), timeout=PATIENCE
        )
    else:
        session = imaplib.IMAP4(box.host, box.port, timeout=PATIENCE)
    cut_off = threading.Timer(BUDGET, _cut, [session.socket()])
    cut_off.start()
    try:
        session.login(box.user, box.password)
        _well(session.select(f'"{box.folder}"'))
        yield session
        with suppress(imaplib.IMAP4.error, OSError):
            session.logout()
    finally:
        cut_off.cancel()
        with suppress(OSError):
            session.shutdown()


def _cut(connection: socket.socket) -> None:
    with suppress(OSError):
        connection.shutdown(socket.SHUT_RDWR)


def _well(answer: tuple[str, Any]) -> list[Any]:
    said, parts = answer
    if said != "OK":
        raise imaplib.IMAP4.error("refused")
    return list(parts)


def _new(session: imaplib.IMAP4) -> list[str]:
    """Return the numbers of new mails, oldest first, a bounded many."""
    [found, *_] = _well(session.uid("SEARCH", "UNSEEN")) or [b""]
    return found.decode("ascii", "replace").split()[:MOST_AT_ONCE] if isinstance(found, bytes) else []


def _mail(session: imaplib.IMAP4, number: str) -> bytes | None:
    """Return a mail, or None for one that is too large: its size is asked for first."""
    size = b" ".join(part for part in _well(session.uid("FETCH", number, "(RFC822.SIZE)")) if isinstance(part, bytes))
    said = re.search(rb"RFC822\.SIZE (\d+)", size)
    if said and int(said[1]) > LARGEST:
        return None
    for part in _well(session.uid("FETCH", number, f"(BODY.PEEK[]<0.{LARGEST}>)")):
        if isinstance(part, tuple):
            return bytes(part[1])
    return None
