"""An introduction: written, read once more, and sent by oneself or by us."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodword.ground.reach import Contact
from goodword.ground.refusals import Refusal
from goodword.leads.actions import introducing
from goodword.leads.forms import IntroductionForm, WayForm
from goodword.leads.models import Lead
from goodword.leads.views.leads import form_data, lead_of, lead_page, to_leaving_page
from goodword.relationships import holding
from goodword.relationships.doorway import seated
from goodword.relationships.holding import PendingAct
from goodword.relationships.models import Seat
from goodword.ui.answers import refusals_on


@seated("GET", "POST")
def introduction(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Write to the two of them; drafted from the words taught."""
    lead = lead_of(seat, item)
    person = introducing.person_to_introduce(seat, lead)
    start = introducing.own_draft(seat, lead) or introducing.first_draft(seat, person)
    form = IntroductionForm(form_data(request), initial={"text": start})
    if form.is_valid():
        with refusals_on(form):
            introducing.draft(seat, lead, form.cleaned_data["text"])
            return redirect("lead-introduction-send", seat.key, item)
    return lead_page(request, "introduction", seat, lead, form=form)


@seated("GET", "POST")
def introduction_send(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Show the letter as it leaves; POST sends it, by us or by one's own mail program, half a minute later."""
    lead = lead_of(seat, item)
    person, text = introducing.person_to_introduce(seat, lead), introducing.own_draft(seat, lead)
    address = Contact(person.name, person.reach).address
    form = WayForm(form_data(request))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            holding.refuse_unless_seen(seat, request.POST.get("seen", ""), text, address)
            return to_leaving_page(request, seat, hold_introduction(seat, lead, text, form.cleaned_data["by"]))
    if not text:
        return redirect("lead-introduction", seat.key, item)
    own = introducing.mailto(address, _("An introduction from %(name)s") % {"name": seat.side.person_name}, text)
    shown = {"text": text, "address": address, "own": own, "seen": holding.print_of(seat, text, address)}
    return lead_page(request, "introduction_send", seat, lead, form=form, **shown)


def hold_introduction(seat: Seat, lead: Lead, text: str, by: str) -> PendingAct:
    """Keep an introduction for half a minute, having refused one that may not be made. One at a time about a lead."""
    introducing.refuse_introducing(seat, lead, text, by)
    if lead.key in holding.on_its_way([seat], ["lead-introduction"]):
        raise Refusal(_("It is about to leave already."))
    return holding.hold(seat, "lead-introduction", thing=lead.key, words=text, lead=lead.key, text=text, by=by)
