"""Which strip stands over a private box: while a side has one person, "only me" and "only our side" are one and say "Only you"."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_ONE_PERSON = {"me": "you", "side": "you"}
_NO_SIDE = {"me": "you"}
_reader: ContextVar[dict[str, str]] = ContextVar("reader", default={})  # noqa: B039 - never written to


@contextmanager
def read_from(seat: Any) -> Iterator[None]:
    """Let the strips of what is drawn inside be named for whoever reads from that seat, or outside every relationship (None)."""
    names = _NO_SIDE if not seat else _ONE_PERSON if seat.drawer == "you" else {}
    token = _reader.set(names)
    try:
        yield
    finally:
        _reader.reset(token)


def strip(who: str) -> str:
    """Return the strip for this reader: "you" for "me" and "side" where they are one, otherwise as given."""
    return _reader.get().get(who, who)
