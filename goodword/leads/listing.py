"""Leads across relationships: one list, filtered, searched and paged, from the lines that carry what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from goodword.ground.keys import KEY_PATTERN
from goodword.ground.text import tidy_line
from goodword.leads import rules, wording
from goodword.leads.lines import LeadLine
from goodword.people.models import Person
from goodword.relationships.models import Seat

PAGE = 25
MANY = 100  # more than that are not counted
WAITING = ("answer", "word")
WAYS = ("gave", "got")
SHOWN = ("relationship_id", "relationship_key", "lead_key", "way", "shown", "partner", "state", "outcome", "word", "waiting",
         "given_at")  # fmt: skip
ORDERS = {"": ("-moved_at", "id"), "given": ("-given_at", "id"), "partner": ("partner", "-moved_at", "id")}


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to see of their leads; anything unknown is as if it had not been asked."""

    way: str = ""
    state: str = ""
    partner: str = ""
    waiting: bool = False
    words: str = ""
    order: str = ""
    page: int = 1

    @classmethod
    def from_query(cls, asked: QueryDict) -> Wish:
        """Read it from an address."""
        number = asked.get("page", "")
        return cls(
            way=asked.get("way", "") if asked.get("way") in WAYS else "",
            state=asked.get("state", "") if asked.get("state") in rules.GROUPS else "",
            partner=asked.get("with", "") if KEY_PATTERN.match(asked.get("with", "")) else "",
            waiting=asked.get("waiting") == "1",
            words=tidy_line(asked.get("q", ""))[:100],
            order=asked.get("order", "") if asked.get("order") in ORDERS else "",
            page=int(number) if number.isdecimal() and len(number) < 7 else 1,
        )

    def query(self, **changed: object) -> str:
        """Return the address of this wish with some of it changed, back on its first page."""
        said = {"way": self.way, "state": self.state, "with": self.partner, "waiting": "1" if self.waiting else "",
                "q": self.words, "order": self.order, **changed}  # fmt: skip
        return "?" + urlencode({name: value for name, value in said.items() if value})


def chosen(lines: QuerySet[LeadLine], wish: Wish) -> QuerySet[LeadLine]:
    """Return the lines that fit a wish."""
    asked: dict[str, Any] = {
        "way": wish.way,
        "group": wish.state,
        "relationship_key": wish.partner,
        "find__contains": wish.words.casefold(),
    }
    if wish.waiting:
        lines = waiting(lines)
    return lines.filter(**{name: value for name, value in asked.items() if value})


def waiting(lines: QuerySet[LeadLine]) -> QuerySet[LeadLine]:
    """Return the lines that wait for an answer or a word. Those of what has ended wait for nothing: their end says so (M5)."""
    return lines.filter(waiting__in=WAITING)


def context(person: Person, wish: Wish) -> dict[str, Any]:
    """Return what the list of all leads shows. Three queries, however many leads there are, and no count of them."""
    lines = LeadLine.objects.filter(person=person)
    found = chosen(lines, wish)
    begin = (max(wish.page, 1) - 1) * PAGE
    rows = list(found.order_by(*ORDERS[wish.order]).values_list(*SHOWN, named=True)[begin : begin + PAGE + 1])
    left = left_places(person, rows)
    shown = [row for row in rows[:PAGE] if row.relationship_id not in left]
    return {
        "wish": wish, "lines": shown, "more": len(rows) > PAGE, "wording": wording,
        "waiting": len(waiting(lines).values_list("waiting")[:MANY]), "many": MANY,
        "any": bool(rows) or lines.exists(),
        "ways": links_to(wish, "way", [("", _("Both ways")), ("gave", _("Given")), ("got", _("Received"))]),
        "states": links_to(wish, "state", [("", _("Wherever they stand")), *ends()]),
        "partners": partners(wish, shown),
        "orders": links_to(wish, "order", [("", _("Latest news first")), ("given", _("Latest given first")),
                                           ("partner", _("By partner"))]),
    }  # fmt: skip


def left_places(person: Person, rows: list[LeadLine]) -> set[object]:
    """Return those of these rows' relationships in which this person has no seat any more.

    Lines go with the seat; what was missed there is caught here.
    """
    ids = {row.relationship_id for row in rows}
    seats = Seat.objects.filter(person=person, relationship_id__in=ids, left_at__isnull=False)
    return set(seats.values_list("relationship_id", flat=True))


def partners(wish: Wish, rows: list[LeadLine]) -> list[dict[str, Any]]:
    """Return the partners on this page as links that narrow the list to one of them; nothing where there is only one."""
    here = {row.relationship_key: row.partner for row in rows}
    return links_to(wish, "with", sorted(here.items(), key=lambda each: each[1])) if len(here) > 1 else []


def ends() -> list[tuple[str, str]]:
    """Return where leads end, each with its words as a label."""
    return [(group, (said := wording.group_words(group))[:1].upper() + said[1:]) for group in rules.GROUPS]


def links_to(wish: Wish, name: str, options: list[tuple[str, str]]) -> list[dict[str, Any]]:
    """Return one filter as links, the chosen one current."""
    return [
        {"href": wish.query(**{name: value}), "text": text, "current": getattr(wish, name, "") == value}
        for value, text in options
    ]
