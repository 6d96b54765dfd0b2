"""What one keeps to oneself about a lead: notes and its worth."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodword.leads import currencies, giving, keeping, queries
from goodword.leads.drawers import LeadNote
from goodword.leads.forms import ContactForm, MoneyForm, NoteForm
from goodword.leads.views import lead_of, lead_page, sent, went_well
from goodword.relationships.doorway import find, seated
from goodword.relationships.models import Seat
from goodword.ui.answers import say


@seated("GET", "POST")
def note(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """A note to myself."""
    lead = lead_of(seat, item)
    form = NoteForm(sent(request))
    if form.is_valid() and went_well(form, keeping.note, seat, lead, form.cleaned_data["text"]):
        return redirect("lead", seat.key, item)
    return lead_page(request, "note", seat, lead, form=form)


@seated("POST")
def drop_note(request: HttpRequest, seat: Seat, item: str, kept: str) -> HttpResponse:
    """Throw a note away."""
    keeping.drop_note(seat, find(LeadNote.objects.owned_by(seat).filter(lead=lead_of(seat, item)), kept))
    return redirect("lead", seat.key, item)


@seated("GET", "POST")
def contact(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Who is it? For our side, until they have agreed."""
    lead = lead_of(seat, item)
    form = ContactForm(sent(request), initial=queries.kept_contact(seat, lead))
    if form.is_valid() and went_well(form, giving.keep_contact, seat, lead, **form.cleaned_data):
        return redirect("lead", seat.key, item)
    return lead_page(request, "contact", seat, lead, form=form)


@seated("GET", "POST")
def money(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """What was it worth to me?"""
    lead = lead_of(seat, item)
    known = keeping.figure(seat, lead) or ("", "GBP", "")
    form = MoneyForm(sent(request), initial=dict(zip(("amount", "currency", "words"), known, strict=True)))
    if form.is_valid() and went_well(form, keeping.money, seat, lead, **form.cleaned_data):
        return redirect("lead", seat.key, item)
    return lead_page(request, "money", seat, lead, form=form)


@seated("GET", "POST")
def share_money(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Put the figure on the table: first what the other side will see, then the button."""
    lead = lead_of(seat, item)
    if request.method == "POST":
        keeping.share_money(seat, lead)
        say(request, _("The figure is on the table."))
        return redirect("lead", seat.key, item)
    return lead_page(request, "money_share", seat, lead, figure=keeping.figure(seat, lead), written=currencies.written)
