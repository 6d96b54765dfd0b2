"""Pages of one's own teaching: written once for everybody, worded otherwise for one partner, put before them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodword.people import whoami
from goodword.people.models import Person
from goodword.relationships.doorway import seated
from goodword.relationships.models import Seat
from goodword.teaching import actions, own
from goodword.teaching.forms import ApproachForm, TeachingForm, approach_forms
from goodword.teaching.queries import ours as ours_reads
from goodword.teaching.rules import content
from goodword.ui.answers import page, refusals_on, say
from goodword.ui.doors import signed_in
from goodword.ui.onward import onward


@signed_in("GET", "POST")
def own_teaching(request: HttpRequest) -> HttpResponse:
    """Show and keep what one would like others to say."""
    person = whoami.me(request)
    form = form_for(request, person)
    if form.is_valid():
        own.keep(person, form.values())
        say(request, _("Kept. Nobody has it before you offer it to them."))
        return redirect("own-teaching")
    return own_page(request, person, form, partners=ours_reads.partners(person))


@seated("GET", "POST")
def mine(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The same, on the way to one partner: kept, it is read through as they will see it."""
    form = form_for(request, seat.person)
    if form.is_valid():
        own.keep(seat.person, form.values())
        return redirect("teaching-preview", seat.key)
    return own_page(request, seat.person, form, seat=seat, room="relationships")


def form_for(request: HttpRequest, person: Person) -> TeachingForm:
    """Return the form with what was kept, or with what is known to begin with."""
    return TeachingForm(request.POST or None, said=own.own_words(person) or own.beginning(person).said)


def own_page(request: HttpRequest, person: Person, form: TeachingForm, **shown: Any) -> HttpResponse:
    """Show the five boxes, and what lies behind them."""
    kept = own.own_words(person)
    return page(
        request,
        "teaching/pages/own.html",
        form=form,
        kept=bool(kept),
        begun=own.Beginning() if kept else own.beginning(person),
        reach=kept.get(content.REACH) or own.way_to_reach(person),
        narrow=False,
        **{"room": "more", "partners": [], **shown},
    )


@seated("GET")
def ours(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show what we would like them to say, and how they take it."""
    return ours_page(request, seat)


def ours_page(request: HttpRequest, seat: Seat, sent: ApproachForm | None = None) -> HttpResponse:
    """Show our teaching and the other side's answers."""
    shown = ours_reads.context(seat)
    forms = approach_forms(shown["ways"], sent)
    return page(
        request,
        "teaching/pages/ours.html",
        **shown,
        form=sent or forms[content.WHOLE],
        approach_forms=forms,
        narrow=False,
        room="relationships",
    )


@seated("GET", "POST")
def draft(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Word it otherwise for one partner. What differs is kept in our drawer."""
    form = TeachingForm(request.POST or None, said=ours_reads.words_for_partner(seat))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.keep_draft(seat, form.values())
            if request.POST.get("then") == "read":
                return redirect("teaching-preview", seat.key)
            say(request, _("Kept, for your side only."))
            return redirect("teaching-ours", seat.key)
    return page(request, "teaching/pages/draft.html", seat=seat, form=form, narrow=False, room="relationships")


@seated("GET", "POST")
def preview(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Exactly what the other side will see; POST puts it before them."""
    if request.method == "POST":
        with refusals_on(request):
            actions.put(seat, request.POST.get("seen", ""))
            say(request, _("%(name)s can read it from now on.") % {"name": seat.other.first_name})
            return onward(request, seat, "teaching-ours", seat.key)
        return redirect("teaching-preview", seat.key)
    return page(request, "teaching/pages/preview.html", **ours_reads.preview(seat), room="relationships")
