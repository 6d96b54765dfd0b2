"""The doorway: from a person and a key to a seat, or 404. What you may not see does not exist."""

import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone

from goodword.database.compiled import compiled
from goodword.ground.keys import KEY_PATTERN
from goodword.people.models import Person
from goodword.relationships.journal import given_up
from goodword.relationships.models import Seat
from goodword.relationships.seats import whole
from goodword.relationships.waiting import settle_relationship
from goodword.ui.doors import View, ask_to_sign_in, declare, lies_on_the_table, who_is_it, wrong_method

# The pages of what takes two: while one side keeps the relationship alone, they lead to where that side keeps it (M4).
OF_BOTH = frozenset(
    {
        "agreement",
        "agreement-words",
        "agreement-acceptance",
        "agreement-text",
        "agreement-pdf",
        "teaching",
        "teaching-mine",
        "teaching-reason",
        "teaching-back",
        "teaching-approach",
        "teaching-ours-approach",
        "teaching-approach-agreement",
        "teaching-ours",
        "teaching-draft",
        "teaching-preview",
        "teaching-version",
        "teaching-card",
        "teaching-card-file",
        "teaching-practice",
        "teaching-practice-answer",
        "teaching-practice-end",
        "briefing-asking",
        "briefing-answers",
        "briefing-answer",
        "briefing-asked-mark",
        "briefing-order",
        "briefing-order-answer",
        "briefing-answers-of",
        "playback",
        "saying-back",
        "playback-reply",
        "playback-of",
        "purpose-showing",
        "purpose-request",
        "follow-up",
        "agenda-add",
        "agenda-strike",
        "rhythm",
        "updates",
        "update-read",
        "review",
        "updates-new",
        "updates-for",
        "updates-preview",
        "updates-leaving",
        "relationship-leads",
        "leads-file",
        "encounter-offer",
        "encounter-times",
        "encounter-pick",
        "together",
        "together-envelope",
        "together-back",
        "together-calling-off",
        "asking",
        "reservation-sharing",
        "gate",
        "gate-result",
        "pause",
    }
)


def seat_of(person: Person, key: str) -> Seat:
    """Return this person's seat in the relationship with that public key. Raise Http404 if they have none (any more)."""
    if not KEY_PATTERN.match(key):
        raise Http404
    seat = next(iter(_seat(person=person.pk, key=key)), None)  # there is one at most
    if seat is None:
        raise Http404
    return seat.with_person(person)


@compiled
def _seat(*, person: uuid.UUID, key: str) -> QuerySet[Seat]:
    rows = whole(Seat.objects.all())
    return rows.filter(person=person, relationship_key=key, left_at=None)


def seated(*methods: str, fresh: bool = False) -> Callable[[View], View]:
    """Open a route `/r/<key>/…` to the people of the relationship; the view gets the seat in place of the key.

    The seat is looked for before the method is judged: a stranger gets 404 whatever they send. `fresh` as at `signed_in`.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, key: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return ask_to_sign_in(request)
            seat = seat_of(request.user, key)
            if lies_on_the_table(request):
                return redirect("at-the-table")
            seat.nobody_across = not seat.open and given_up(seat)
            answer = (
                wrong_method(request, methods)
                or (who_is_it(request, methods) if fresh else None)
                or _page_of_lone_side(request, seat)
                or view(request, seat, *args, **kwargs)
            )
            if seat.unsettled:
                settle_relationship(seat.relationship_id, timezone.now())
            return answer

        return declare(inner, "seated", methods)

    return wrap


def _page_of_lone_side(request: HttpRequest, seat: Seat) -> HttpResponse | None:
    """Return the way to the page of a relationship kept alone, for what needs both; None where both are there, or one is enough."""
    at = request.resolver_match
    needs_both = at is not None and at.url_name in OF_BOTH
    return redirect("relationship", seat.key) if needs_both and seat.keeps_alone else None


def find(rows: Any, key: str) -> Any:
    """Return the row with that public key out of rows a seat may see. Raise Http404 if there is none (T1)."""
    row = rows.filter(key=key).first() if KEY_PATTERN.match(key) else None
    if row is None:
        raise Http404
    return row
