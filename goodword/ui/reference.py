"""The reference of the request in hand: the error page shows it, and every log line written meanwhile carries it."""

from __future__ import annotations

import secrets
from contextvars import ContextVar

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another over the telephone
_current: ContextVar[str] = ContextVar("reference", default="")


def new() -> str:
    """Begin a request: give it a reference and return it."""
    reference = "".join(secrets.choice(LETTERS) for _ in range(8))
    _current.set(f"{reference[:4]}-{reference[4:]}")
    return _current.get()


def current() -> str:
    """Return the reference of the request in hand; nothing outside of one."""
    return _current.get()


def end() -> None:
    """End the request."""
    _current.set("")
