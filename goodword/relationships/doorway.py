"""The doorway: from a person and a key to a seat, or 404. What you may not see does not exist."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from goodword.ground.keys import KEY_PATTERN
from goodword.people.models import Person
from goodword.relationships.models import Seat
from goodword.ui.doors import View, allowed, ask_to_sign_in, declare, lies_on_the_table


def seat_of(person: Person, key: str) -> Seat:
    """Return this person's seat in the relationship with that public key. Raise Http404 if they have none (any more)."""
    if not KEY_PATTERN.match(key):
        raise Http404
    rows = Seat.objects.select_related("relationship", "side", "other")
    # There is one at most, so it is not asked for in an order: every page begins here, and an order costs a third of it.
    seat = next(iter(rows.filter(person=person, relationship_key=key, left_at=None)), None)
    if seat is None:
        raise Http404
    seat.person = person
    return seat


def seated(*methods: str) -> Callable[[View], View]:
    """Open a route `/r/<key>/…` to the people of the relationship; the view gets the seat in place of the key.

    The seat is looked for before the method is judged: a stranger gets 404 whatever they send.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, key: str, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return ask_to_sign_in(request)
            seat = seat_of(request.user, key)
            if lies_on_the_table(request):
                return redirect("at-the-table")
            return allowed(request, methods) or view(request, seat, *args, **kwargs)

        return declare(inner, "seated", methods)

    return wrap


def find(rows: Any, key: str) -> Any:
    """Return the row with that public key out of rows a seat may see. Raise Http404 if there is none (T1)."""
    row = rows.filter(key=key).first() if KEY_PATTERN.match(key) else None
    if row is None:
        raise Http404
    return row
