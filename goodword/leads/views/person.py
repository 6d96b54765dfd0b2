"""The person a lead names: what is held about them, and how to stop or erase it; and each side's way to forget."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodword.leads import links
from goodword.leads.actions import forgetting
from goodword.leads.queries import pages
from goodword.leads.views.leads import lead_of, lead_page
from goodword.relationships.doorway import seated
from goodword.relationships.models import Seat
from goodword.ui.answers import page, say
from goodword.ui.doors import public


@public("GET", "POST")
def person_page(request: HttpRequest, token: str) -> HttpResponse:
    """Who holds what about you, from whom; a POST stops or erases it. Reading changes nothing (T27)."""
    found = links.by_token(token)
    if found is None:
        raise Http404
    lead, own = found
    wish = request.POST.get("wish", "") if request.method == "POST" else ""
    if wish in WISHES:
        WISHES[wish](lead, own=own)
        return redirect("person-named", token)
    return page(request, "leads/pages/person.html", bare=True, token=token, **pages.facts_about(lead))


WISHES = {"stop": forgetting.stop_me, "erase": forgetting.forget_me}


@seated("GET", "POST")
def forget(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Forget the person a lead names, because they asked, or because there is no reason left to keep them."""
    lead = lead_of(seat, item)
    if request.method == "POST":
        forgetting.forget(seat, lead)
        say(request, _("Forgotten, on both sides. That there was a lead, and when, stays."))
        return redirect("lead", seat.key, item)
    return lead_page(request, "forget", seat, lead)


@seated("POST")
def keep(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Keep a lead for another year."""
    forgetting.keep_longer(seat, lead_of(seat, item))
    say(request, _("It is kept for another year."))
    return redirect("lead", seat.key, item)
