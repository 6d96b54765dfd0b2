"""The page of a relationship in which the other side gave up its seat: what that means, and going on alone from here."""

from __future__ import annotations

from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from goodword.alone.actions import onward
from goodword.alone.models import Continuation
from goodword.alone.queries import going_on
from goodword.leads.queries import endings
from goodword.relationships.doorway import seated
from goodword.relationships.models import Seat
from goodword.ui.answers import page, refusals_on


@seated("GET", "POST")
def from_here(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show what it means that they gave up their seat; POST goes on alone from here."""
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        with refusals_on(form):
            return redirect("relationship", onward.keep_on(seat).key)
    elif not seat.nobody_across:
        return redirect("relationship" if seat.open else "ending", seat.key)
    shown: dict[str, Any] = {"there": going_on.elsewhere(seat, Continuation.ONWARD), "may": going_on.may_keep_on(seat)}
    shown["leads"] = endings.unfinished(seat)
    return page(request, "alone/pages/from_here.html", seat=seat, form=form, room="relationships", **shown)
