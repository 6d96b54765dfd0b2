"""Moving a reservation outward: always a page of its own that shows exactly what the others will read."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.relationships.doorway import find, seated
from goodword.relationships.models import Seat
from goodword.reservations import queries
from goodword.reservations.actions import keeping, sharing
from goodword.reservations.models import OwnWorry, PendingReservation, PrivateReservation
from goodword.reservations.views.doorstep import after_the_promise, show
from goodword.ui.answers import refusals_on, say


@seated("GET", "POST")
@after_the_promise
def to_table(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """This is what they will read. POST confirms it; it leaves half a minute later."""
    row = queries.find_outward(seat, item)
    if request.method == "POST":
        with refusals_on(request):
            sharing.put_on_table(seat, row, request.POST.get("seen", ""))
            return redirect("leaving", seat.key)
    seen = sharing.words_print(seat, row)
    turned = isinstance(row, OwnWorry)
    return show(request, "to_table", seat, row=row, seen=seen, turned=turned, now=timezone.now())


@seated("GET", "POST")
@after_the_promise
def to_side(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """This is what your colleagues will read."""
    row: PrivateReservation = find(PrivateReservation.objects.owned_by(seat), item)
    if request.method == "POST":
        with refusals_on(request):
            keeping.copy_to_side(seat, row, request.POST.get("seen", ""))
            return redirect("reservations", seat.key)
    return show(request, "to_side", seat, row=row, seen=sharing.words_print(seat, row))


@seated("GET")
def leaving(request: HttpRequest, seat: Seat) -> HttpResponse:
    """It leaves in so many seconds. Until then it can be taken back."""
    rows = queries.leaving(seat)
    if not rows:
        return redirect("reservations", seat.key)
    seconds = max(0, round((rows[-1].leaves_at - timezone.now()).total_seconds()))
    return show(request, "leaving", seat, rows=rows, seconds=seconds)


@seated("POST")
def take_back(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Take it back before it leaves."""
    try:
        in_time = sharing.take_back(seat, find(PendingReservation.objects.owned_by(seat), item))
    except Http404:
        in_time = False
    say(request, _("Taken back. Nobody saw it.") if in_time else _("It had left already. It lies on the table."))
    return redirect("reservations", seat.key)
