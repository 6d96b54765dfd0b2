"""A lead from a contact: shared from another app, in a file, or pasted; whom it is for is chosen on the same page.

Nothing of a contact is kept before the lead is given. What another app shares arrives by a form without our token: it is only
read back on the page, and cross-site forms are turned away before they get here (T49).
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from goodword.ground import cards
from goodword.ground.cards import Card
from goodword.leads import rules, wording
from goodword.leads.forms import FromContactForm
from goodword.leads.queries import offering
from goodword.leads.views.leads import hold_gift, to_leaving_page
from goodword.people import whoami
from goodword.relationships.models import Seat
from goodword.ui.answers import page, refusals_on, say
from goodword.ui.doors import signed_in

FIELDS = ("to", "why", "route", "when", "agreed_on", "how", "purpose", "warmth", "origin", "idea")
PASTE = "paste"  # the box and the file are asked for, though a name was typed


@signed_in("GET", "POST")
def from_contact(request: HttpRequest) -> HttpResponse:
    """Ask whom it is for; POST gives the lead, or, where only "look" was pressed, shows the page with what was typed."""
    seats = offering.to_give_to(whoami.me(request))
    if not seats:
        return nobody_yet(request)
    paste = PASTE in (request.POST.get("look"), request.POST.get("ask"))
    if request.method != "POST" or "look" in request.POST:
        return contact_page(request, FromContactForm(seats, initial=begins_with(request, seats)), paste=paste)
    form = FromContactForm(seats, request.POST, request.FILES)
    form.is_valid()
    if len(form.found) > 1:
        return which_page(request, form.found)
    if form.found:  # a form that comes back keeps whom it found, though the file is gone
        form, paste = FromContactForm(seats, {**request.POST.dict(), **form.whom()}), False
    if form.is_valid():
        seat = next(seat for seat in seats if seat.key == form.cleaned_data["to"])
        with refusals_on(form):
            held = hold_gift(seat, form.cleaned_data)
        if form.is_valid():
            return to_leaving_page(request, seat, held)
    return contact_page(request, form, paste=paste)


@csrf_exempt
@signed_in("POST")
def share_target(request: HttpRequest) -> HttpResponse:
    """Take what another app shares (the manifest's `share_target`), and show it on the page that asks whom it is for."""
    seats = offering.to_give_to(whoami.me(request))
    if not seats:
        return nobody_yet(request)
    found = read(request)
    if len(found) > 1:
        return which_page(request, found)
    contact = {"name": found[0].name, "reach": found[0].reach} if found else {}
    return contact_page(request, FromContactForm(seats, initial={**begins_with(request, seats), **contact}))


def read(request: HttpRequest) -> list[Card]:
    """Return the contacts in what was shared; none where there is none, and then the page asks."""
    file = request.FILES.get("card")
    text = "\n".join(request.POST.get(name, "") for name in ("title", "text", "url"))[:20_000]
    try:
        return cards.read(file.read(cards.LARGEST + 1)) if file else cards.contacts_in(text)
    except cards.NotACard:
        return []


def begins_with(request: HttpRequest, seats: list[Seat]) -> dict[str, Any]:
    """Return what the page starts with: what was typed, the one partner there is or one came from, the way used last."""
    typed = {name: request.POST[name] for name in (*FIELDS, "name", "reach") if request.POST.get(name)}
    one = {"to": seats[0].key} if len(seats) == 1 else {}
    return {"route": offering.last_route(seats), **one, **typed}


def contact_page(request: HttpRequest, form: FromContactForm, *, paste: bool = False) -> HttpResponse:
    """Show the page; the way used last stands first, the others are folded. Box and file are there until somebody was read
    out of them, and where `paste` asks for them beside a name that was typed.
    """
    who = form["name"].value() or ""
    return page(
        request,
        "leads/pages/from_contact.html",
        form=form,
        who=who,
        paste=paste or not who,
        routes={route: wording.route_words(route, _("Your partner"))[1] for route in rules.ROUTES},
        bare=True,
    )


def which_page(request: HttpRequest, found: list[Card]) -> HttpResponse:
    """Ask which of several contacts is meant; what was typed is carried on."""
    typed = {name: request.POST[name] for name in FIELDS if request.POST.get(name)}
    step = "give" if "give" in request.POST else "look"
    return page(request, "leads/pages/cards.html", found=found, typed=typed, step=step, bare=True)


def nobody_yet(request: HttpRequest) -> HttpResponse:
    """Say kindly that there is nobody to give a lead to so far."""
    say(
        request, _("Leads come once the two of you have confirmed that it goes ahead. Nothing of the contact was kept.")
    )
    return redirect("today")
