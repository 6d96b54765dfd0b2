"""What one keeps to oneself about a lead: notes and its worth."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodword.leads import keeping, queries
from goodword.leads.drawers import LeadNote
from goodword.leads.forms import MoneyForm, NoteForm
from goodword.leads.views import lead_of, sent
from goodword.relationships.doorway import find, seated
from goodword.relationships.models import Seat
from goodword.ui.answers import done, page, say


@seated("GET", "POST")
def note(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """A note to myself."""
    lead = lead_of(seat, item)
    form = NoteForm(sent(request))
    if request.method == "POST" and form.is_valid():
        done(form, keeping.note, seat, lead, form.cleaned_data["text"])
        if form.is_valid():
            return redirect("lead", seat.key, item)
    return page(
        request,
        "leads/pages/note.html",
        seat=seat,
        lead=lead,
        form=form,
        shown=queries.shown_name(lead, seat),
        room="leads",
    )


@seated("POST")
def drop_note(request: HttpRequest, seat: Seat, item: str, kept: str) -> HttpResponse:
    """Throw a note away."""
    keeping.drop_note(seat, find(LeadNote.objects.owned_by(seat).filter(lead=lead_of(seat, item)), kept))
    return redirect("lead", seat.key, item)


@seated("GET", "POST")
def money(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """What was it worth to me?"""
    lead = lead_of(seat, item)
    known = keeping.figure(seat, lead)
    form = MoneyForm(sent(request), initial={"amount": known[0], "currency": known[1]} if known else None)
    if request.method == "POST" and form.is_valid():
        done(form, keeping.money, seat, lead, **form.cleaned_data)
        if form.is_valid():
            return redirect("lead", seat.key, item)
    return page(
        request,
        "leads/pages/money.html",
        seat=seat,
        lead=lead,
        form=form,
        shown=queries.shown_name(lead, seat),
        room="leads",
    )


@seated("GET", "POST")
def share_money(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Put the figure on the table: first what the other side will see, then the button."""
    lead = lead_of(seat, item)
    if request.method == "POST":
        keeping.share_money(seat, lead)
        say(request, _("The figure is on the table."))
        return redirect("lead", seat.key, item)
    shown, figure = queries.shown_name(lead, seat), keeping.figure(seat, lead)
    return page(request, "leads/pages/money_share.html", seat=seat, lead=lead, figure=figure, shown=shown, room="leads")
