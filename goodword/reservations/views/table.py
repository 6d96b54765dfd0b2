"""One reservation on the table: the talk about it, and what became of it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from goodword.relationships.doorway import seated
from goodword.relationships.models import Seat
from goodword.reservations import queries
from goodword.reservations.actions import table
from goodword.reservations.forms import RemarkForm, SettlementForm
from goodword.reservations.models import TableReservation
from goodword.reservations.rules import State
from goodword.reservations.views.doorstep import show
from goodword.ui.answers import refusals_on
from goodword.ui.onward import onward


@seated("GET", "POST")
def one(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Show a reservation on the table and what would settle it; POST adds a word."""
    found = queries.table_context(seat, item)
    form = RemarkForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            table.speak(seat, found["row"], form.cleaned_data["text"])
            return redirect("tabled", seat.key, item)
    return show(request, "tabled", seat, form=form, **found)


@seated("GET", "POST")
def settle(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Write down how it was settled. Only for its owner's side: there is no such page for the other."""
    found = own(seat, item)
    form = SettlementForm(request.POST or None)
    if form.is_valid():
        with refusals_on(form):
            table.settle(seat, found["row"], **form.values())
        if form.is_valid():
            return onward(request, seat, "reservations", seat.key)
    return show(request, "tabled_settle", seat, form=form, **found)


@seated("POST")
def reopen(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Take it up again."""
    table.reopen(seat, own(seat, item)["row"])
    return redirect("tabled", seat.key, item)


@seated("GET", "POST")
def breaker(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Say that it stands in the way of everything, or withdraw that."""
    found = own(seat, item)
    row: TableReservation = found["row"]
    if request.method == "POST":
        (table.withdraw_breaker if row.state == State.DEAL_BREAKER else table.call_breaker)(seat, row)
        return redirect("tabled", seat.key, item)
    return show(request, "tabled_breaker", seat, **found)


def own(seat: Seat, item: str) -> dict[str, Any]:
    """Return one that our side put on the table. Raise Http404 for one of theirs."""
    found = queries.table_context(seat, item)
    if not found["owner"]:
        raise Http404
    return found
