"""Leads across relationships: one list, filtered, searched and paged, from the lines that carry what it shows."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict

from goodword.database.compiled import Constant, as_value, compiled
from goodword.ground.keys import KEY_PATTERN
from goodword.ground.text import tidy_line
from goodword.leads import rules, wording
from goodword.leads.lines import LeadLine
from goodword.leads.queries import on_its_way
from goodword.leads.waiting import next_act
from goodword.people.models import Person
from goodword.relationships.models import Seat
from goodword.relationships.seats import whole
from goodword.relationships.steps import Step
from goodword.ui.languages import gettext as _

PAGE = 25
MANY = 100  # more than that are not counted
COMPILED_PAGES = 5  # pages whose reads are compiled: nobody leafs through more
WAITING = ("answer", "word")
WAYS = ("gave", "got")
COLUMNS = (
    "relationship_id",
    "relationship_key",
    "lead_key",
    "direction",
    "shown",
    "partner",
    "state",
    "outcome",
    "last_line",
    "waiting",
    "word_by",
    "given_at",
    "hold",
    "gives",
)
ORDERS = {"": ("-moved_at", "id"), "given": ("-given_at", "id"), "partner": ("partner", "-moved_at", "id")}


@dataclass(frozen=True, slots=True)
class LeadFilter:
    """What somebody wants to see of their leads; anything unknown is as if it had not been asked."""

    way: str = ""
    state: str = ""
    partner: str = ""
    waiting: bool = False
    words: str = ""
    order: str = ""
    page: int = 1

    @classmethod
    def from_query(cls, asked: QueryDict) -> LeadFilter:
        """Read it from an address."""
        number = asked.get("page", "")
        return cls(
            way=asked.get("way", "") if asked.get("way") in WAYS else "",
            state=asked.get("state", "") if asked.get("state") in rules.GROUPS else "",
            partner=asked.get("with", "") if KEY_PATTERN.fullmatch(asked.get("with", "")) else "",
            waiting=asked.get("waiting") == "1",
            words=tidy_line(asked.get("q", ""))[:100],
            order=asked.get("order", "") if asked.get("order") in ORDERS else "",
            page=int(number) if number.isdecimal() and len(number) < 7 else 1,
        )

    def query(self, **changed: object) -> str:
        """Return the address of this filter with some of it changed, back on its first page."""
        said = {
            "way": self.way,
            "state": self.state,
            "with": self.partner,
            "waiting": "1" if self.waiting else "",
            "q": quote_plus(self.words),  # all else is a word of ours, or a key
            "order": self.order,
            **changed,
        }
        return "?" + "&".join(f"{name}={value}" for name, value in said.items() if value)


@dataclass(frozen=True, slots=True)
class SlipLine:
    """A lead on a slip, to or from somebody who is not in Goodword: whom, with whom, which way, since when, what came of it."""

    whom: str
    partner: str
    gave: bool
    on: dt.datetime
    outcome: str
    page: str
    drawer: str


_slips: list[Callable[[list[Seat]], list[SlipLine]]] = []


def slips_from(source: Callable[[list[Seat]], list[SlipLine]]) -> None:
    """Take what knows the leads that one keeps alone: it lies in a room above this one."""
    _slips[:] = [source]


def lines_of(person: uuid.UUID) -> QuerySet[LeadLine]:
    """Return a person's lines. A line goes with its seat; should one have been missed there, it is left out here."""
    seats = Seat.objects.filter(person=OuterRef("person"), relationship=OuterRef("relationship"), left_at=None)
    return LeadLine.objects.filter(Exists(seats), person=person)


def filter_lines(lines: QuerySet[LeadLine], ask: LeadFilter) -> QuerySet[LeadLine]:
    """Return the lines that fit a filter."""
    asked: dict[str, Any] = {
        "direction": ask.way,
        "group": ask.state,
        "relationship_key": ask.partner,
        "search_text__contains": ask.words.casefold(),
    }
    if ask.waiting:
        lines = waiting(lines)
    return lines.filter(**{name: value for name, value in asked.items() if value})


def waiting(lines: QuerySet[LeadLine]) -> QuerySet[LeadLine]:
    """Return the lines that wait for an answer or a word, unless it is on its way. Those of what has ended wait for nothing:
    their end says so (M5).
    """
    return on_its_way.without_hold(lines.filter(waiting__in=WAITING))


def context(person: Person, ask: LeadFilter) -> dict[str, Any]:
    """Return what the list of all leads shows. Three queries, however many leads there are, and no count of them; one more
    where leads are kept alone, which stand on its first page while nothing is looked for, and two while one gives a lead.
    """
    rows = _page(person, ask)
    gives = rows[0].gives if rows else ask == LeadFilter()
    giving = on_its_way.gifts_of(person) if gives else []
    gifts = giving if ask in (LeadFilter(), LeadFilter(way="gave")) else []
    kept_alone = _seats_with_slips(person) if ask == LeadFilter() else []
    shown = rows[:PAGE]
    return {
        "ask": ask,
        "slips": _slips[0](kept_alone) if kept_alone else [],
        "lines": shown,
        "more": len(rows) > PAGE,
        "wording": wording,
        "next_act": next_act,
        "gifts": gifts,
        "waiting": len(_waiting(person=person.pk)),
        "many": MANY,
        "any": bool(rows or giving) or (ask != LeadFilter() and lines_of(person.pk).exists()),
        "ways": links_to(ask, "way", [("", _("Both ways")), ("gave", _("Given")), ("got", _("Received"))]),
        "states": links_to(ask, "state", [("", _("Wherever they stand")), *ends()]),
        "partners": partners(ask, shown),
        "orders": links_to(
            ask,
            "order",
            [("", _("Latest news first")), ("given", _("Latest given first")), ("partner", _("By partner"))],
        ),
    }


def _page(person: Person, ask: LeadFilter) -> list[Any]:
    """Return the rows of one page and one more. First pages are compiled: these are what people look at."""
    begin = (max(ask.page, 1) - 1) * PAGE
    if ask.page <= COMPILED_PAGES:
        asked = {"direction": ask.way, "group": ask.state, "relationship_key": ask.partner}
        asked |= {"words": ask.words.casefold()}
        asked = {name: value for name, value in asked.items() if value}
        return _first_pages(ask.order, ask.waiting, begin, person=person.pk, **asked)
    found = on_its_way.with_holds(filter_lines(lines_of(person.pk), ask)).order_by(*ORDERS[ask.order])
    return list(found.values_list(*COLUMNS, named=True)[begin : begin + PAGE + 1])


@compiled
def _first_pages(
    order: str, waits: bool, begin: int, *, person: uuid.UUID, words: str = "", **asked: str
) -> QuerySet[LeadLine, Any]:
    lines = lines_of(person).filter(**asked)
    lines = lines.filter(search_text__contains=as_value(words)) if words else lines
    found = on_its_way.with_holds(waiting(lines) if waits else lines)
    return found.order_by(*ORDERS[order]).values_list(*COLUMNS, named=True)[begin : begin + PAGE + 1]


@compiled
def _waiting(*, person: uuid.UUID) -> QuerySet[LeadLine, tuple[str]]:
    return waiting(lines_of(person)).values_list("waiting")[:MANY]


def _seats_with_slips(person: Person) -> list[Seat]:
    """Return the seats in whose relationships this side keeps leads alone, had to do with last first. One query."""
    return [seat.with_person(person) for seat in _with_slips(person=person.pk)]


@compiled
def _with_slips(*, person: uuid.UUID) -> QuerySet[Seat]:
    # Without its person, whom one has in hand: joined, SQLite takes another index.
    seats = whole(Seat.objects.all()).filter(person=person)
    alone = seats.filter(has_slips=Constant(1), left_at=None, ended=0, step=Step.ADVOCATE)
    alone = alone.filter(relationship__shared_since=None, relationship__alone_since__isnull=False)
    return alone.order_by("-touched_at", "id")


def partners(ask: LeadFilter, rows: list[LeadLine]) -> list[dict[str, Any]]:
    """Return the partners on this page as links that narrow the list to one of them; nothing where there is only one."""
    here = {row.relationship_key: row.partner for row in rows}
    return links_to(ask, "with", sorted(here.items(), key=lambda each: each[1])) if len(here) > 1 else []


def ends() -> list[tuple[str, str]]:
    """Return where leads end, each with its words as a label."""
    return [(group, (said := wording.group_words(group))[:1].upper() + said[1:]) for group in rules.GROUPS]


def links_to(ask: LeadFilter, name: str, options: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return one filter as links, the chosen one current."""
    return [
        {"href": ask.query(**{name: value}), "text": text, "current": getattr(ask, name, "") == value}
        for value, text in options
    ]
