"""What stands before every private page of this room: the honest promise, read once by each person."""

from __future__ import annotations

from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from goodword.relationships.models import Seat
from goodword.reservations import queries
from goodword.ui.answers import page
from goodword.ui.doors import View
from goodword.ui.onward import FIELD, origin

# Where the way back from the promise may lead: pages of this room that need no key of a row.
WAYS_BACK = frozenset(
    {
        "reservations",
        "reservation-check",
        "naming",
        "queasiness",
        "finding-words",
        "worries",
        "ten",
        "unease",
        "together",
    }
)


def after_the_promise(view: View) -> View:
    """Show the promise first to somebody who has not read it yet, and bring them back afterwards, with the way they came."""

    @wraps(view)
    def inner(request: HttpRequest, seat: Seat, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method in ("GET", "HEAD") and not seat.mirror and queries.promise_due(seat):
            name = request.resolver_match.url_name if request.resolver_match else ""
            back = {FIELD: origin(request)} if origin(request) else {}
            asked = urlencode({"to": way_back(name), **back})
            return redirect(f"{queries.address(seat, 'reservations-promise')}?{asked}")
        return view(request, seat, *args, **kwargs)

    return inner


def way_back(name: str | None) -> str:
    """Return the route of that name if the way may lead there, otherwise the room's main page."""
    return name if name in WAYS_BACK else "reservations"


def show(request: HttpRequest, name: str, seat: Seat, **context: Any) -> HttpResponse:
    """Render a page of this room."""
    return page(request, f"reservations/pages/{name}.html", seat=seat, room="relationships", **context)
