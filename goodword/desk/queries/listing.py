"""The list of relationships: filtered, searched, paged."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote_plus

from django.db import connections
from django.db.models import QuerySet
from django.utils import timezone

from goodword.database import replica
from goodword.database.compiled import compiled
from goodword.gates.queries.pages import step_name
from goodword.ground.text import tidy_line
from goodword.people.models import Person
from goodword.relationships import waiting
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.relationships.waits import AFTER_THE_END, NEWS, ON_FRONT_PAGE, Turn
from goodword.relationships.wording import Words, words_for
from goodword.ui.languages import gettext as _

PAGE = 25
MANY = 100  # more than that are not counted
ROWS = (
    "relationship_key",
    "other_name",
    "other_called",
    "other_business",
    "other_town",
    "step",
    "ended",
    "next_code",
    "next_who",
    "next_at",
    "next_page",
    "touched_at",
    "urgency",
    "sort_at",
)
SORTS = {
    "needs": ("urgency", "sort_at", "id"),
    "touched": ("-touched_at", "id"),
    "name": ("other_name", "id"),
}


# Counted no further than `MANY`: reading ten thousand entries of an index took longer than all else on the page.
_PLACES = {**{str(step.value): f"ended = 0 AND step = {step.value}" for step in Step}, "ended": "ended = 1"}
_COUNTS = " UNION ALL ".join(
    f"SELECT '{name}', count(*) FROM (SELECT 1 FROM {Seat._meta.db_table} WHERE left_at IS NULL AND person_id = %s"  # noqa: S608 - our own words
    f" AND {where} LIMIT {MANY}) AS few"
    for name, where in _PLACES.items()
)


@dataclass(frozen=True, slots=True)
class Filter:
    """What the reader of the list asked for: words, a step or 'ended', an order and a page."""

    words: str
    step: str
    sort: str
    page: int

    def query(self, **change: object) -> str:
        """Return the address's query with something changed."""
        values = {"q": quote_plus(self.words), "step": self.step, "sort": self.sort} | change  # only words need quoting
        return "?" + "&".join(f"{name}={value}" for name, value in values.items() if value)


def filter_of(given: Any) -> Filter:
    """Return what an address asks for; anything unknown counts as not asked."""
    step, page = given.get("step", ""), given.get("page", "1")
    return Filter(
        words=tidy_line(given.get("q", ""))[:100],
        step=step if step in {"1", "2", "3", "4", "5", "ended"} else "",
        sort=given.get("sort", "") if given.get("sort") in SORTS else "needs",
        page=int(page) if page.isdecimal() and len(page) < 6 and int(page) else 1,
    )


def seats_of(person: Person) -> QuerySet[Seat]:
    return Seat.objects.filter(person=person, left_at=None)


def relationships_list(person: Person, ask: Filter) -> dict[str, Any]:
    """Return one page of a person's relationships: three queries."""
    counts = _counts(person)
    found = lines(_rows(person, ask))
    fresh = {item.key: item for item in _stale(person, timezone.now())}
    found = [fresh.get(item.key, item) for item in found]
    return {
        "ask": ask,
        "rows": found[:PAGE],
        "more": len(found) > PAGE,
        "filters": _filters(ask, counts),
        "total": sum(counts[str(step.value)] for step in Step),
    }


def _rows(person: Person, ask: Filter) -> Iterable[tuple[Any, ...]]:
    """Return the rows of one page and one more. First pages without words are compiled: these are what people look at."""
    ended, step = int(ask.step == "ended"), int(ask.step) if ask.step.isdecimal() else None
    if ask.page == 1 and not ask.words:
        return _first_page(ask.sort, ended, step, person=person.pk)
    seats = _fitting(seats_of(person), ended, step)
    if ask.words:
        seats = seats.filter(search_text__contains=ask.words.casefold())
    start = (ask.page - 1) * PAGE
    return seats.order_by(*SORTS[ask.sort]).values_list(*ROWS)[start : start + PAGE + 1]


def _fitting(seats: QuerySet[Seat], ended: int, step: int | None) -> QuerySet[Seat]:
    return seats.filter(ended=ended) if step is None else seats.filter(ended=ended, step=step)


@compiled
def _first_page(sort: str, ended: int, step: int | None, *, person: uuid.UUID) -> QuerySet[Seat, tuple[Any, ...]]:
    seats = _fitting(Seat.objects.filter(person=person, left_at=None), ended, step)
    return seats.order_by(*SORTS[sort]).values_list(*ROWS)[: PAGE + 1]


def _counts(person: Person) -> dict[str, int]:
    """Return how many relationships stand in each step, and how many have ended; `MANY` where there are as many or more."""
    connection = connections[replica.alias_in_use()]
    key = Seat._meta.pk.get_db_prep_value(person.pk, connection)
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS, [key] * len(_PLACES))
        return dict(cursor.fetchall())


def _filters(ask: Filter, counts: dict[str, int]) -> list[dict[str, Any]]:
    going = sum(counts[str(step.value)] for step in Step)
    entries = [
        ("", _("All"), going),
        *((str(s.value), step_name(s), counts[str(s.value)]) for s in Step),
        ("ended", _("Ended"), counts["ended"]),
    ]
    return [
        {
            "href": ask.query(step=value),
            "text": name,
            "count": f"{MANY - 1}+" if n >= MANY else n,
            "current": ask.step == value,
        }
        for value, name, n in entries
    ]


@dataclass
class ListedRelationship:
    """One relationship as a list shows it: its seat's flat row, and the words for what is next."""

    key: str
    other_name: str
    first_name: str
    other_business: str
    other_town: str
    step: int
    ended: int
    next_code: str
    next_who: str
    next_at: dt.datetime | None
    next_page: str
    touched_at: dt.datetime
    urgency: int
    sort_at: dt.datetime

    @cached_property
    def words(self) -> Words | None:
        """What is next, in words."""
        return words_for(self.next_code, self.first_name)

    @property
    def is_news(self) -> bool:
        """Whether what is next is news: there is nothing to do but to read it."""
        return self.next_code in NEWS

    @property
    def text(self) -> str:
        """What is next, in a few words: what is to be done; what is news or lies with the other says itself what it is."""
        if self.words is None or (self.ended and self.next_code not in AFTER_THE_END):
            return ""
        says_itself = self.is_news or self.next_code in ON_FRONT_PAGE or self.next_who == Turn.THEIRS
        return str(self.words.title if says_itself else self.words.button)

    @property
    def step_name(self) -> str:
        """The step it is in."""
        return step_name(Step(self.step))


def lines(rows: Iterable[tuple[Any, ...]]) -> list[ListedRelationship]:
    """Return flat rows as lines."""
    return [ListedRelationship(*row) for row in rows]


def _stale(person: Person, now: dt.datetime) -> list[ListedRelationship]:
    """Return the lines that have just changed and are not written down yet. One query where there are none."""
    return lines(tuple(getattr(seat, name) for name in ROWS) for seat in waiting.stale_of(person, now))
