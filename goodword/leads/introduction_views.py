"""An introduction: written, read once more, and sent by oneself or by us."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodword.ground.refusals import Refusal
from goodword.leads import introducing
from goodword.leads.forms import IntroductionForm
from goodword.leads.models import Lead, LeadPerson
from goodword.leads.views import lead_of, lead_page, sent, went_well
from goodword.relationships.doorway import seated
from goodword.relationships.models import Seat
from goodword.ui.answers import say


@seated("GET", "POST")
def introduction(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """What would you like to say to the two of them? Drafted from the words taught."""
    lead = lead_of(seat, item)
    person = agreed(seat, lead)
    start = introducing.kept_draft(seat, lead) or introducing.first_draft(seat, person)
    form = IntroductionForm(sent(request), initial={"text": start})
    if form.is_valid() and went_well(form, introducing.draft, seat, lead, form.cleaned_data["text"]):
        return redirect("lead-introduction-send", seat.key, item)
    return lead_page(request, "introduction", seat, lead, form=form)


@seated("GET", "POST")
def introduction_send(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Is it right like this? Then it goes, by us or by one's own mail program."""
    lead = lead_of(seat, item)
    person, text = agreed(seat, lead), introducing.kept_draft(seat, lead)
    by = request.POST.get("by", "") if request.method == "POST" else ""
    if by in WAYS:
        WAYS[by](seat, lead)
        say(request, _("It leaves in half a minute. Until then you can take it back.") if by == "ours" else
            _("Noted, so that %(name)s knows.") % {"name": seat.other.first_name})  # fmt: skip
        return redirect("lead", seat.key, item)
    if not text:
        return redirect("lead-introduction", seat.key, item)
    address = introducing.mail_address(person.reach)
    own = introducing.mailto(address, _("An introduction from %(name)s") % {"name": seat.side.person_name}, text)
    return lead_page(request, "introduction_send", seat, lead, text=text, address=address, own=own)


WAYS = {"ours": introducing.send, "own": introducing.sent_myself}


@seated("POST")
def introduction_back(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Take it back before it leaves."""
    introducing.take_back(seat, lead_of(seat, item))
    say(request, _("Taken back. It is a draft again."))
    return redirect("lead-introduction", seat.key, item)


def agreed(seat: Seat, lead: Lead) -> LeadPerson:
    """Return the person an introduction is for. Refusal unless this side may write one."""
    person = LeadPerson.objects.visible_to(seat).filter(lead=lead).first()
    if person is None or not introducing.may_introduce(seat, lead, person):
        raise Refusal(_("An introduction comes once they have agreed, and while the lead is open."))
    return person
