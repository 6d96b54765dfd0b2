"""Today: all that waits, by relationship; whom a lead could be given; what is with the others; the next meetings."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.database.compiled import compiled, slots_for
from goodword.desk.queries.items import WaitingItem, once, soon
from goodword.desk.queries.listing import seats_of
from goodword.encounters.queries import pages as encounters
from goodword.gates.queries.pages import step_name
from goodword.ground import names
from goodword.people.models import Person
from goodword.relationships import waiting
from goodword.relationships.models import Seat, drawer_of
from goodword.relationships.open_offers import OpenOffer, open_offers_for
from goodword.relationships.steps import Step
from goodword.relationships.waiting import WaitingRow
from goodword.relationships.waits import Kind, Urgency, place

MEETINGS = 4  # of those ahead
OTHERS = 6  # things with the others that are named
COLUMNS = ("id", "key", "kind", "thing_key", "subject", "page", "turn", "urgency", "needed", "news", "since", "by")
A_DAY = 12  # relationships somebody can look after in one day; the rest is in the list, in the same order
MOST = (
    4 * A_DAY
)  # things that wait, read at once; where there are more, each relationship's own page has all of its own
MOST_SEATS = (
    A_DAY + 1
)  # relationships of which anything is made: those a day shows, and one that tells that there are more
MOST_OTHERS = 2 * OTHERS


@dataclass
class Group:
    """What waits in one relationship, most urgent first."""

    key: str
    other_name: str
    first_name: str
    step: int
    items: list[WaitingItem]

    @property
    def step_name(self) -> str:
        """The step it is in."""
        return step_name(Step(self.step))


def today(person: Person) -> dict[str, Any]:
    """Return all that waits for this person, by relationship, most urgent first; whom a lead could be given; what is with the
    others; the next meetings; what waits for their own address. Eight queries.
    """
    now, kept = timezone.now(), open_offers_for(person)
    found, steps, all_read = _items(person, now)
    ours = [item for item in found if item.wait.urgency < Urgency.OTHERS and item.wait.kind is not Kind.MEET]
    ours.sort(key=lambda item: (soon(item.wait.urgency, item.wait.by, now), *item.wait.place))
    groups, meetings = _group(ours, steps), encounters.upcoming_for(person, MEETINGS + 1)
    return {
        "groups": groups[:A_DAY],
        "kept": kept,
        "headline": headline(names.apart(*_names_of([*kept, *groups]))),
        "more": len(groups) > A_DAY or not all_read,
        "all_read": all_read,
        "to_give": to_give(person),
        "others": [item for item in found if item.wait.urgency == Urgency.OTHERS][:OTHERS],
        "meetings": meetings[:MEETINGS],
        "more_meetings": len(meetings) > MEETINGS,
        "any": bool(found or kept) or seats_of(person).exists(),
    }


def _group(items: list[WaitingItem], steps: dict[str, int]) -> list[Group]:
    """Return the relationships in the order of what is most urgent there, with what waits in each as its own page has it."""
    groups: dict[str, Group] = {}
    for item in items:
        group = Group(item.key, item.other_name, item.first_name, steps[item.key], [])
        groups.setdefault(item.key, group).items.append(item)
    for group in groups.values():
        group.items.sort(key=lambda item: item.wait.rank)
    return list(groups.values())


def _names_of(shown: Sequence[OpenOffer | Group]) -> tuple[list[str], list[str]]:
    """Return whole names and first names of what Today's heading names."""
    return [one.who if isinstance(one, OpenOffer) else one.other_name for one in shown], [
        one.first_name for one in shown
    ]


def headline(called: list[str]) -> str:
    """Return Today's heading: it names people, not a count."""
    one, two, three = (*called, "", "", "")[:3]
    known = {"one": one, "two": two, "three": three}
    if not one:
        return _("Nothing needs you today")
    if not two:
        return _("Today it’s %(one)s") % known
    if not three:
        return _("%(one)s first, then %(two)s") % known
    if len(called) == 3:
        return _("%(one)s first, then %(two)s and %(three)s") % known
    return _("%(one)s first, then %(two)s, %(three)s and others") % known


def to_give(person: Person) -> list[dict[str, Any]]:
    """Return three people to whom a lead could be given, those one has had to do with longest ago first. One query."""
    return [{"key": key, "name": called, "at": at} for key, called, at in _least_touched(person=person.pk)]


@compiled
def _least_touched(*, person: uuid.UUID) -> QuerySet[Seat, tuple[Any, ...]]:
    going = Seat.objects.filter(person=person, left_at=None, ended=0, step=Step.ADVOCATE).order_by("touched_at", "id")
    return going.values_list("relationship_key", "other_called", "touched_at")[:3]


@compiled
def _waiting_rows(*, person: uuid.UUID) -> QuerySet[WaitingRow, Any]:
    rows = WaitingRow.objects.filter(person=person, urgency__lte=Urgency.OTHERS).order_by("urgency", "sort_at", "id")
    return rows.values_list("relationship_id", *COLUMNS, named=True)[:MOST]


class Place(NamedTuple):
    """What Today shows of a relationship beside what waits there."""

    key: str
    other_name: str
    first_name: str
    step: int
    drawer: str


def _items(person: Person, now: dt.datetime) -> tuple[list[WaitingItem], dict[str, int], bool]:
    """Return what waits by the rows written down, and, for seats that are out of date, as decided while one looks; the step
    of each relationship by its key; and whether every row was read.
    """
    stale = waiting.stale_of(person, now)
    fresh, rows = {seat.relationship_id for seat in stale}, _waiting_rows(person=person.pk)
    written = _foremost([row for row in rows if row.relationship_id not in fresh], now)
    waits = [(row.relationship_id, waiting.wait_of(row)) for row in written]
    places = _places(person, {where for where, _wait in waits})
    for seat, waiting_here in stale.items():
        places[seat.relationship_id] = Place(seat.key, seat.other_name, seat.other_called, seat.step, seat.drawer)
        waits += [(seat.relationship_id, wait) for wait in waiting_here]
    found = [
        WaitingItem(there.key, there.other_name, there.first_name, there.drawer, wait)
        for where, wait in waits
        if (there := places.get(where)) and wait.urgency <= Urgency.OTHERS
    ]
    return (
        WaitingItem.with_names(once(found), person),
        {there.key: there.step for there in places.values()},
        len(rows) < MOST,
    )


def _foremost(rows: Sequence[Any], now: dt.datetime) -> list[Any]:
    """Return the rows of those relationships that come first on this page, and of the first of those that are with the others."""
    here = [row for row in rows if row.urgency < Urgency.OTHERS and row.kind != Kind.MEET]  # meetings stand beside
    ours = sorted(here, key=lambda row: _rank(row, now))
    others = [row for row in rows if row.urgency == Urgency.OTHERS]
    shown = {*list(dict.fromkeys(row.relationship_id for row in ours))[:MOST_SEATS]}
    return [*(row for row in ours if row.relationship_id in shown), *others[:MOST_OTHERS]]


def _rank(row: Any, now: dt.datetime) -> tuple[Any, ...]:
    return soon(row.urgency, row.by, now), *place(row.kind, row.by, row.since, row.thing_key)


def _places(person: Person, relationships: set[uuid.UUID]) -> dict[uuid.UUID, Place]:
    """Return where this person still has a seat. One query, of columns: there are many, and few are shown."""
    if not relationships:
        return {}
    rows = _seats_in(person=person.pk, **slots_for(relationships, MOST_SEATS + MOST_OTHERS))
    return {
        where: Place(key, name, called, step, drawer_of(members)) for where, key, name, called, step, members in rows
    }


@compiled
def _seats_in(*, person: uuid.UUID, **relationships: uuid.UUID) -> QuerySet[Seat, tuple[Any, ...]]:
    here = Seat.objects.filter(person=person, left_at=None, relationship__id__in=list(relationships.values()))
    return here.values_list(
        "relationship_id", "relationship_key", "other_name", "other_called", "step", "side__members"
    )
