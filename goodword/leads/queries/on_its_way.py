"""What somebody has confirmed of leads and can still take back, shown to them alone in the place of what they would do (T13).

Nobody else, not even a colleague, sees anything of it: for them the lead waits as it did. What was said of a lead that is there
is read with the lead's own line, so that no page asks more often because of it.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, QuerySet, Value

from goodword.database import scopes
from goodword.leads import wording
from goodword.leads.lines import LeadLine
from goodword.people.models import Person
from goodword.relationships import holding
from goodword.relationships.models import Seat

GIFT = "lead"
ANSWERS = ("lead-report", "lead-name")


@dataclass(frozen=True, slots=True)
class Gift:
    """A lead that has not left: the key of what is held, where, to whom, since when, and who it is."""

    key: str
    relationship_key: str
    partner: str
    name: str
    at: dt.datetime


def with_holds(lines: QuerySet[LeadLine]) -> QuerySet[LeadLine]:
    """Return lines with the key of what their person can still take back of each (`hold`), and whether they are giving a lead
    (`gives`): on a cluster, where that lies elsewhere, that they may be.
    """
    answers = holding.by_person(ANSWERS, thing="lead_key").order_by("leaves_at").values("key")[:1]
    gives = Value(True) if scopes.lie_apart() else Exists(holding.by_person((GIFT,)))
    return lines.annotate(hold=answers, gives=gives)


def without_hold(lines: QuerySet[LeadLine]) -> QuerySet[LeadLine]:
    """Return those lines of which their person has just confirmed nothing."""
    return lines.exclude(Exists(holding.by_person(ANSWERS, thing="lead_key")))


def gifts_of(person: Person) -> list[Gift]:
    """Return the leads somebody is giving. One query, and a second where there is any."""
    return gifts_at(holding.seats_with(person, GIFT))


def gifts_at(seats: Sequence[Seat]) -> list[Gift]:
    """Return the leads that the person of these seats is giving there. One query."""
    return [
        Gift(row.key, seat.key, seat.other.person_name, _name(row.facts.unseal(seat)), row.created_at)
        for seat, row in holding.leaving(seats, GIFT)
    ]


def _name(facts: str) -> str:
    return str(json.loads(facts)["name"]) or wording.nobody_words()
