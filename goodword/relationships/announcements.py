"""What an act announces, and all that follows from it: journal, rows that lists read, news for the other side, letters.

Each room has a table, `<room>/follows.py`: verb -> `Follow`. `rooms.py` puts the tables together at start, and a verb without a
row stops the start. When an act closes, what follows is done in its transaction, in this order: the journal's lines, rows, news,
letters; last, the seats whose list shows it are marked as out of date.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from goodword.relationships.journal import Event, JournalLine, Silent
from goodword.relationships.models import Seat
from goodword.relationships.verbs import Verb
from goodword.relationships.waiting import bring_news, forget_news
from goodword.relationships.waits import Kind, page_of


class Stale(IntEnum):
    """What stands on the seats' rows that an act makes out of date."""

    EVERYTHING = 0  # what waits is asked of every room again
    LEADS = 1  # leads alone changed: their own rows, written by the act itself, say what waits


@dataclass(frozen=True, slots=True)
class Announcement:
    """That something happened: who did it, when, to which thing (a row or its public key), and what its letter says beside.

    `facts` are values for letters and rows of this very act, so that nobody reads them again (D1 to D7 only, T4).
    """

    verb: Verb
    seat: Seat
    now: dt.datetime
    thing: Any = None
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The public key of the thing, or nothing."""
        return self.thing if isinstance(self.thing, str) else self.thing.key if self.thing is not None else ""


Consequence = Callable[[Announcement], None]


@dataclass(frozen=True, slots=True)
class Follow:
    """What follows from a verb: its line in the story (or why it has none), rows to write, the letter, what is news to the other
    side until they have seen it, and what it makes out of date.
    """

    journal: JournalLine | Silent
    rows: tuple[Consequence, ...] = ()
    letter: Consequence | None = None
    news: Kind | None = None
    news_page: Callable[[Announcement], tuple[Any, ...]] | None = None  # the route of the very thing, and its key
    stale: Stale = Stale.EVERYTHING


def about_it(send: Callable[[Seat, Any], object]) -> Consequence:
    """Return the letter that `send(seat, thing)` sends about the thing that was announced."""

    def letter(one: Announcement) -> None:
        send(one.seat, one.thing)

    return letter


_follows: dict[Verb, Follow] = {}
_also: dict[Verb, list[Consequence]] = {}


def use_tables(
    tables: Iterable[Mapping[Verb, Follow]], also: Iterable[Mapping[Verb, tuple[Consequence, ...]]] = ()
) -> None:
    """Take the rooms' tables, and what other rooms do about a verb. Raise LookupError for a verb with no row, or two."""
    _follows.clear()
    _also.clear()
    for table in tables:
        if twice := _follows.keys() & table.keys():
            raise LookupError(f"two rooms say what follows from {', '.join(sorted(twice))}")
        _follows.update(table)
    if without := set(Verb) - _follows.keys():
        raise LookupError(f"nobody says what follows from {', '.join(sorted(without))}")
    for reactions in also:
        for verb, rows in reactions.items():
            _also.setdefault(verb, []).extend(rows)


def lines() -> dict[Verb, JournalLine]:
    """Return the line in the story of each verb that has one."""
    return {verb: follow.journal for verb, follow in _follows.items() if isinstance(follow.journal, JournalLine)}


def carry_out(announced: list[Announcement]) -> Stale:
    """Do what follows from an act's announcements, in a fixed order; return what they make out of date.

    Rows of one thing are written once, however often it was announced.
    """
    _write_journal(announced)
    written = set[tuple[Consequence, str]]()
    for one in announced:
        for write in (*_follows[one.verb].rows, *_also.get(one.verb, ())):
            if (write, one.key) not in written:
                written.add((write, one.key))
                write(one)
    for one in announced:
        _tell_news(one)
    for one in announced:
        if letter := _follows[one.verb].letter:
            letter(one)
    return min(_follows[one.verb].stale for one in announced)


def _write_journal(announced: list[Announcement]) -> None:
    """Write a line for each, a microsecond apart: what one act did is told in the order in which it did it."""
    Event.objects.write_many(
        (one.seat, {"verb": one.verb, "subject": one.key, "created_at": one.now + n * dt.timedelta.resolution})
        for n, one in enumerate(announced)
    )


def _tell_news(one: Announcement) -> None:
    """Bring the other side what is news to them; what one answers is news to one's own side no longer."""
    follow = _follows[one.verb]
    if one.key:
        forget_news(one.seat, one.key)
    if follow.news:
        page = page_of(one.seat, *follow.news_page(one)) if follow.news_page else page_of(one.seat, "relationship")
        bring_news(one.seat, follow.news, page, one.key, one.now)
