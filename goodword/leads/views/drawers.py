"""What one keeps to oneself about a lead: notes and its worth."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from goodword.leads import currencies
from goodword.leads.actions import giving, keeping
from goodword.leads.forms import ContactForm, LeadNoteForm, MoneyForm, ReachForm
from goodword.leads.models import Lead, LeadNote, LeadPerson
from goodword.leads.queries import reaching
from goodword.leads.views.leads import form_data, lead_of, lead_page, to_leaving_page
from goodword.relationships import holding
from goodword.relationships.doorway import find, seated
from goodword.relationships.models import Seat
from goodword.ui.answers import refusals_on


@seated("GET", "POST")
def note(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """A note to myself."""
    lead = lead_of(seat, item)
    form = LeadNoteForm(form_data(request))
    if form.is_valid():
        with refusals_on(form):
            keeping.note(seat, lead, form.cleaned_data["text"])
            return redirect("lead", seat.key, item)
    return lead_page(request, "note", seat, lead, form=form)


@seated("POST")
def drop_note(request: HttpRequest, seat: Seat, item: str, kept: str) -> HttpResponse:
    """Throw a note away."""
    keeping.drop_note(seat, find(LeadNote.objects.owned_by(seat).filter(lead=lead_of(seat, item)), kept))
    return redirect("lead", seat.key, item)


@seated("GET", "POST")
def contact(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Keep who it is, for our side, until they have agreed; or say how to reach whoever has."""
    lead = lead_of(seat, item)
    if person := LeadPerson.objects.owned_by(seat).filter(lead=lead).first():
        return reach(request, seat, lead, person)
    form = ContactForm(form_data(request), initial=reaching.own_contact(seat, lead))
    if form.is_valid():
        with refusals_on(form):
            giving.keep_contact(seat, lead, **form.cleaned_data)
            return redirect("lead", seat.key, item)
    return lead_page(request, "contact", seat, lead, form=form)


def reach(request: HttpRequest, seat: Seat, lead: Lead, person: LeadPerson) -> HttpResponse:
    """Ask how somebody can be reached whose name is on the table; POST says it, half a minute later."""
    form = ReachForm(form_data(request), initial={"reach": person.reach})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data["reach"]
        with refusals_on(form):
            giving.refuse_saying_reach(seat, lead, said)
            held = holding.hold(
                seat, "lead-reach", thing=lead.key, words=f"{person.name}, {said}", lead=lead.key, reach=said
            )
            return to_leaving_page(request, seat, held)
    return lead_page(request, "reach", seat, lead, form=form)


@seated("GET", "POST")
def money(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Keep what a lead was worth, for oneself."""
    lead = lead_of(seat, item)
    known = keeping.figure(seat, lead) or ("", "GBP", "")
    form = MoneyForm(form_data(request), initial=dict(zip(("amount", "currency", "words"), known, strict=True)))
    if form.is_valid():
        with refusals_on(form):
            keeping.money(seat, lead, **form.cleaned_data)
            return redirect("lead", seat.key, item)
    return lead_page(request, "money", seat, lead, form=form)


@seated("GET", "POST")
def share_money(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Put the figure on the table: first what the other side will see, then the button."""
    lead = lead_of(seat, item)
    figure = keeping.figure(seat, lead)
    words = currencies.amount_words(figure[0], figure[1]) if figure else ""
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and figure:
        with refusals_on(form):
            holding.refuse_unless_seen(seat, request.POST.get("seen", ""), words)
            facts = {"lead": lead.key, "amount": str(figure[0]), "currency": figure[1]}
            return redirect(
                "held", seat.key, holding.hold(seat, "lead-worth", thing=lead.key, words=words, **facts).key
            )
    shown = {
        "figure": figure,
        "amount_words": currencies.amount_words,
        "seen": holding.print_of(seat, words),
        "form": form,
    }
    return lead_page(request, "money_share", seat, lead, **shown)
