"""The table: one phone or two, between two people. No page here opens a drawer."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from goodword.encounters import forms
from goodword.encounters.actions import table, writing
from goodword.encounters.models import Encounter
from goodword.encounters.queries import sitting
from goodword.encounters.views.plans import PAGES, encounter_of, onwards
from goodword.ground import moments
from goodword.ground.keys import new_key
from goodword.relationships.doorway import seated
from goodword.relationships.models import Seat
from goodword.ui import strips
from goodword.ui.answers import page, refusals_on, say

VERBS = ("start", "pause", "resume", "turn", "give", "next")


@seated("GET")
def at_table(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Show whose half it is, what comes next, and how much time is left."""
    it = encounter_of(seat, item)
    if it.settled:
        return redirect("encounter", seat.key, it.key)
    return _table(request, seat, it, forms.QuickForm(), for_both=request.GET.get("note") == "both")


def _table(request: HttpRequest, seat: Seat, it: Encounter, form: Any, *, for_both: bool) -> HttpResponse:
    shown = {
        **sitting.context(seat, it, moments.now()),
        "room": "relationships",
        "narrow": False,
        "once": new_key(),
    }
    return page(request, f"{PAGES}table.html", form=form, for_both=for_both, **shown)


@seated("GET")
def state(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """The same as numbers and fragments, for a page that asks every two seconds."""
    it = encounter_of(seat, item)
    shown = sitting.context(seat, it, moments.now())
    with strips.read_from(seat):
        parts = {
            part: render_to_string(f"encounters/parts/table_{part}.html", shown, request)
            for part in ("clock", "item", "joint")
        }
    return JsonResponse({**sitting.numbers(shown["reading"]), "over": it.settled, "parts": parts})


@seated("POST")
def mark(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Start, pause, turn, give a minute, next."""
    it = encounter_of(seat, item)
    said = request.POST
    at = said.get("item", "")
    if said.get("verb") in VERBS:
        table.mark(
            seat,
            it,
            said["verb"],
            half=said.get("half", ""),
            once=said.get("once", "")[:30],
            item=int(at) if at.isascii() and at.isdecimal() and len(at) < 4 else 0,
        )
    return redirect("table", seat.key, it.key)


@seated("POST")
def note(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """A word for oneself, which leaves no trace on this screen; or one for both."""
    it = encounter_of(seat, item)
    form, for_both = forms.QuickForm(request.POST), request.POST.get("for") == "both"
    if form.is_valid():
        once = form.cleaned_data["once"] or new_key()
        act = writing.note_for_both if for_both else writing.note_for_me
        with refusals_on(form):
            act(seat, it, text=form.cleaned_data["text"], once=once)
            return redirect("table", seat.key, it.key)
    return _table(request, seat, it, form, for_both=for_both)


@seated("POST")
def finish(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Finish and leave the table."""
    it = encounter_of(seat, item)
    table.finish(seat, it)
    say(request, _("You have left the table. What you noted is kept with the meeting."))
    return onwards(seat, it)
