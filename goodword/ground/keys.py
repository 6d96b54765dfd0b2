"""Names for rows: time-ordered ids inside the database, random keys for everything a person can see."""

import re
import secrets
import threading
import time
import uuid

KEY_LENGTH = 22
KEY_PATTERN = re.compile(rf"^[A-Za-z0-9_-]{{{KEY_LENGTH}}}$")


class _Order:
    """The last id that this process made: its millisecond, and the 74 bits after it."""

    lock = threading.Lock()
    last = 0


def new_id() -> uuid.UUID:
    """Return a UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, then randomness. Never shown to anybody.

    Those that one process makes in one millisecond stand in the order in which they were made (section 6.2, method 2): what
    is written at one moment is read in one order.
    """
    milliseconds = time.time_ns() // 1_000_000 & (1 << 48) - 1
    with _Order.lock:
        if _Order.last >> 74 == milliseconds:
            _Order.last += 1 + secrets.randbits(32)
        else:
            _Order.last = milliseconds << 74 | secrets.randbits(74)
        order, random = divmod(_Order.last, 1 << 62)
    milliseconds, begin = divmod(order, 1 << 12)
    return uuid.UUID(int=milliseconds << 80 | 0x7 << 76 | begin << 64 | 0x2 << 62 | random)


def new_key() -> str:
    """Return a random 128-bit public key, 22 URL-safe characters. Says nothing of when or in which order (T1, T11)."""
    return secrets.token_urlsafe(16)


def new_token() -> str:
    """Return a random 256-bit secret for a link, 43 URL-safe characters. Only its hash is ever stored."""
    return secrets.token_urlsafe(32)
