"""The precious ten: names, one question each, and the fire."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodword.relationships.doorway import find, seated
from goodword.relationships.models import Seat
from goodword.reservations import queries
from goodword.reservations.actions import ten as acts
from goodword.reservations.forms import HandForm, TenForm, WhyForm, with_draft
from goodword.reservations.models import PreciousLine
from goodword.reservations.rules import Hand
from goodword.reservations.views.doorstep import after_the_promise, show
from goodword.ui.answers import refusals_on, say


@seated("GET")
@after_the_promise
def ten(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Your ten, and what changed since last time."""
    found = queries.ten(seat)
    if found is None:
        return redirect("ten-names", seat.key)
    hands = {Hand.YES: _("Yes"), Hand.NOT_YET: _("Not yet"), Hand.NO: _("No")}
    return show(request, "ten", seat, ten=found, hands=hands)


@seated("GET", "POST")
@after_the_promise
def names(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Ask for the ten one would least like to disappoint; POST begins a round."""
    before = queries.ten(seat)
    kept = {f"name{place}": name for place, name in enumerate(before.names, 1)} if before else {}
    form = TenForm(request.POST or None, initial=kept)
    if form.is_valid():
        with refusals_on(form):
            acts.begin(seat, form.names())
            return next_line(seat)
    return show(request, "ten_names", seat, form=form, again=before is not None)


@seated("GET", "POST")
@after_the_promise
def line(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Ask of one of the ten whether one would hand them over today."""
    row: PreciousLine = find(PreciousLine.objects.owned_by(seat), item)
    form = HandForm(request.POST or None)
    if form.is_valid():
        hand = Hand(form.cleaned_data["answer"])
        with refusals_on(form):
            acts.answer(seat, row, hand)
            return next_line(seat) if hand is Hand.YES else redirect("ten-reason", seat.key, item)
    return show(request, "ten_line", seat, row=row, form=form)


@seated("GET", "POST")
@after_the_promise
def reason(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Keep what holds one back. It can become a reservation of one's own."""
    row: PreciousLine = find(PreciousLine.objects.owned_by(seat), item)
    answer, kept = request.POST.get("answer", ""), {"text": row.reason.unseal(seat)}
    form = with_draft(
        WhyForm(request.POST if answer in ("keep", "note") else None, initial=kept), seat, f"why-{row.key}"
    )
    if answer == "unsure":
        return next_line(seat)
    if form.is_valid():
        with refusals_on(form):
            acts.hold_back(seat, row, form.cleaned_data["text"], answer == "keep")
            return next_line(seat)
    return show(request, "ten_reason", seat, row=row, form=form)


@seated("GET", "POST")
@after_the_promise
def burn(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Burn one's ten, after a page to be sure."""
    if request.method == "POST":
        acts.burn(seat)
        say(request, _("Burnt. Nothing of your ten is left here."))
        return redirect("reservations", seat.key)
    return show(request, "ten_burn", seat)


def next_line(seat: Seat) -> HttpResponse:
    """Go on to the next that has not been asked, or to the whole list."""
    found = queries.ten(seat)
    return redirect("ten-line", seat.key, found.next.key) if found and found.next else redirect("ten", seat.key)
