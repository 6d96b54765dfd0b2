"""What the pages of giving show: to whom, by which way, what to say, and what it may have come out of. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from goodword.ground.text import shorten, tidy_line
from goodword.leads.models import Lead
from goodword.leads.queries import pages
from goodword.people.models import Person
from goodword.relationships.models import Seat
from goodword.relationships.seats import whole
from goodword.relationships.steps import Step
from goodword.teaching.queries import pages as teaching

MOST_PARTNERS = 12
# What of the teaching stands beside the form of a lead: whom to think of, whom to spare, and what to say.
IN_SIGHT = (
    "sector",
    "place",
    "moment",
    "not_these",
    "services",
    "not_services",
    "listen_for",
    "short_words",
    "question_to_ask",
)


def origins(seat: Seat) -> list[tuple[str, str]]:
    """Return the leads a new one may have come out of, as key and name: the latest fifty."""
    leads = list(Lead.objects.visible_to(seat).filter(erased_at=None).order_by("-moved_at", "id")[:50])
    named = pages.names(seat, leads)
    return [(lead.key, shorten(tidy_line(pages.lead_words(lead, named)), 80)) for lead in leads]


def teaching_in_sight(seat: Seat) -> dict[str, Any]:
    """Return what the other side taught us, to have in sight while giving, and the approaches agreed on (M30 to M33).

    Of everything taught only what one looks for at that moment; the whole of it is one tap away.
    """
    found = teaching.theirs(seat)
    if found is None:
        return {"taught": [], "breath": ""}
    said = [(line.label, line.text) for line in found.lines if line.field in IN_SIGHT]
    ways = teaching.agreed_ways(seat, seat.role.other)
    agreed = [
        (_("Your approach: %(item)s") % {"item": item} if item else _("Your approach"), way) for item, way in ways
    ]
    return {"taught": [*said, *agreed], "breath": found.text_of("short_words")}


def to_give_to(person: Person) -> list[Seat]:
    """Return whom somebody can give a lead to, whom they have had to do with latest first. Whoever is not in Goodword is left
    out: a lead to them is written on a slip (M4).
    """
    going = Seat.objects.filter(person=person, left_at=None, ended=0, step=Step.ADVOCATE)
    going = going.exclude(relationship__shared_since=None)
    return list(whole(going).order_by("-touched_at", "id")[:MOST_PARTNERS])


def last_route(seats: Sequence[Seat]) -> str:
    """Return the way this person gave a lead last in these relationships; asking first where there is none.

    That somebody has agreed is said of one person, so it is never carried over to the next.
    """
    for seat in seats:
        mine = Lead.objects.visible_to(seat).filter(author_id=seat.person_id).exclude(route="now")
        if route := mine.order_by("-created_at").values_list("route", flat=True).first():
            return str(route)
    return "ask"
