"""Names for rows: time-ordered ids inside the database, random keys for everything a person can see."""

import os
import re
import secrets
import time
import uuid

KEY_LENGTH = 22
KEY_PATTERN = re.compile(rf"^[A-Za-z0-9_-]{{{KEY_LENGTH}}}$")


def new_id() -> uuid.UUID:
    """Return a UUIDv7 (RFC 9562): 48 bits of Unix milliseconds, then randomness. Never shown to anybody."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)


def new_key() -> str:
    """Return a random 128-bit public key, 22 URL-safe characters. Says nothing of when or in which order (T1, T11)."""
    return secrets.token_urlsafe(16)


def new_token() -> str:
    """Return a random 256-bit secret for a link, 43 URL-safe characters. Only its hash is ever stored."""
    return secrets.token_urlsafe(32)
