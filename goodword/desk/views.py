"""Today, the list, and a relationship's front page: reads only."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import resolve, reverse
from django.utils import timezone

from goodword.desk import preparing, queries
from goodword.encounters.views import found
from goodword.people import whoami
from goodword.playbook.shelf import playbook
from goodword.relationships.doorway import seated
from goodword.relationships.models import Seat
from goodword.ui.answers import page
from goodword.ui.doors import public, signed_in

# The rooms that have something on the table, and the page of each that shows it.
MIRRORED = {
    "encounters": "encounters",
    "reservations": "reservations",
    "briefings": "briefing",
    "agreements": "agreement",
    "teaching": "teaching",
    "profiles": "their-profile",
    "leads": "relationship-leads",
    "followups": "follow-up",
}


@public("GET")
def welcome(request: HttpRequest) -> HttpResponse:
    """What is this?"""
    if request.user.is_authenticated:
        return redirect("today")
    return page(request, "desk/pages/welcome.html", help=playbook().help)


@public("GET")
def how_it_works(request: HttpRequest) -> HttpResponse:
    """What would I be getting into? All stages, reservations frankly included (M4)."""
    shelf = playbook()
    return page(
        request,
        "desk/pages/how_it_works.html",
        help=shelf.help,
        gate=shelf.gate,
        agenda=shelf.agenda,
        pitfalls=shelf.pitfalls,
    )


@public("GET")
def who_sees_what(request: HttpRequest) -> HttpResponse:
    """The promise, and the risks that stay."""
    return page(request, "desk/pages/who_sees_what.html", narrow=False)


@signed_in("GET")
def today(request: HttpRequest) -> HttpResponse:
    """What needs me now, across all relationships?"""
    found = queries.today(whoami.me(request))
    return page(request, "desk/pages/today.html", room="today", today=timezone.localdate(), **found)


@signed_in("GET")
def relationships(request: HttpRequest) -> HttpResponse:
    """Where does each one stand?"""
    found = queries.relationships_list(whoami.me(request), queries.chosen(request.GET))
    return page(request, "desk/pages/relationships.html", room="relationships", **found)


@signed_in("GET")
def more(request: HttpRequest) -> HttpResponse:
    """Everything else, in one list."""
    return page(request, "desk/pages/more.html", room="more", entries=queries.more_entries())


@seated("GET")
def relationship(request: HttpRequest, seat: Seat) -> HttpResponse:
    """What is next, for whom, and why?"""
    return page(request, "desk/pages/relationship.html", seat=seat, room="relationships", **queries.front_page(seat))


@seated("GET")
def prepare(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """What do I take along to this encounter? Out of one's own drawers, so no part of what they see."""
    shown = preparing.context(seat, found(seat, item))
    return page(request, "desk/pages/prepare.html", seat=seat, room="relationships", **shown)


@seated("GET")
def what_they_see(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The other side's page, rendered from their permissions, read-only."""
    mirror = seat.held_up()
    return page(
        request, "desk/pages/relationship.html", seat=mirror, room="relationships", **queries.front_page(mirror)
    )


@seated("GET")
def what_they_see_in(request: HttpRequest, seat: Seat, room: str) -> HttpResponse:
    """One room as the other side reads it: its own page, asked by their mirror (M4)."""
    if room not in MIRRORED:
        raise Http404
    door: Any = resolve(reverse(MIRRORED[room], args=[seat.key])).func
    answer: HttpResponse = door.__wrapped__(request, seat.held_up())  # behind the door, which let this very seat through
    return answer
