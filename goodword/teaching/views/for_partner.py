"""Pages of teaching: read theirs and answer it, write ours, carry a card."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from goodword.relationships.doorway import find, seated
from goodword.relationships.models import Seat
from goodword.relationships.steps import Role
from goodword.teaching import actions
from goodword.teaching.forms import ApproachForm, BackForm, ComfortForm, ReasonForm, approach_forms, initial_rates
from goodword.teaching.models import Approach, TeachingVersion
from goodword.teaching.queries import pages
from goodword.teaching.rules import content
from goodword.teaching.views.own_words import ours_page
from goodword.ui.answers import page, refusals_on
from goodword.ui.onward import onward


@seated("GET", "POST")
def teaching(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show what they would like us to say; POST says how that would feel."""
    form = None
    if request.method == "POST":
        theirs = pages.theirs(seat)
        form = ComfortForm(request.POST, items=content.items(theirs.lines if theirs else ()), auto_id="comfort_%s")
        if form.is_valid():
            feel = form.cleaned_data["feel"]
            with refusals_on(form):
                actions.say_comfort(seat, feel, form.scores)
                easy = not content.hard(feel, form.scores)
                return onward(request, seat, "teaching", seat.key) if easy else redirect("teaching", seat.key)
    return teaching_page(request, seat, comfort_form=form)


@seated("POST")
def reason(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Keep why it feels so, for oneself alone: it leaves no trace."""
    form = ReasonForm(request.POST, auto_id="reason_%s")
    if form.is_valid():
        with refusals_on(form):
            actions.keep_reason(seat, form.cleaned_data["why"])
            return redirect("teaching", seat.key)
    return teaching_page(request, seat, reason_form=form)


def teaching_page(request: HttpRequest, seat: Seat, **sent: Any) -> HttpResponse:
    """Show their teaching with its small forms; those that were sent keep what was typed."""
    shown = pages.context(seat)
    comfort = shown["comfort"] if shown["comfort"] and shown["comfort"].version_id == shown["taught"].row.pk else None
    kept = {"feel": comfort.feel, **initial_rates(comfort.scores)} if comfort else {}
    items = content.items(shown["taught"].lines if shown["taught"] else ())
    forms: dict[str, Any] = {
        "comfort_form": ComfortForm(items=items, initial=kept, auto_id="comfort_%s"),
        "reason_form": ReasonForm(initial={"why": pages.reason(seat)}, auto_id="reason_%s"),
        "back_form": BackForm(auto_id="back_%s"),
    } | {name: form for name, form in sent.items() if form is not None}
    forms["approach_forms"] = approach_forms(shown["ways"], forms.pop("approach_form", None))
    form = next((form for form in sent.values() if form is not None), forms["comfort_form"])
    return page(
        request,
        "teaching/pages/teaching.html",
        **shown,
        **forms,
        form=form,
        answered=comfort,
        narrow=False,
        room="relationships",
    )


@seated("POST")
def back(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Say it back in one's own words."""
    form = BackForm(request.POST, auto_id="back_%s")
    if form.is_valid():
        with refusals_on(form):
            actions.say_back(seat, form.cleaned_data["text"])
            return redirect("teaching", seat.key)
    return teaching_page(request, seat, back_form=form)


@seated("POST")
def approach(request: HttpRequest, seat: Seat, whose: str) -> HttpResponse:
    """Propose another way of speaking about their work, or about ours."""
    form, about = (
        ApproachForm(request.POST, auto_id="approach_sent_%s"),
        seat.role if whose == "ours" else seat.role.other,
    )
    back_to = "teaching-ours" if whose == "ours" else "teaching"
    if form.is_valid():
        with refusals_on(form):
            actions.propose_approach(seat, about, **form.cleaned_data)
            return redirect(back_to, seat.key)
    return ours_page(request, seat, form) if whose == "ours" else teaching_page(request, seat, approach_form=form)


@seated("POST")
def approach_agreement(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Agree to the approach the other side proposed."""
    row = find(Approach.objects.visible_to(seat), item)
    with refusals_on(request):
        actions.agree_approach(seat, row)
    return redirect("teaching-ours" if Role(row.about) is seat.role else "teaching", seat.key)


@seated("GET")
def version(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """One version, as it was taught then, and what it changed."""
    row = find(TeachingVersion.objects.visible_to(seat), item)
    by = seat.side_name(row.side_id)
    every = pages.newest(seat)[by]
    shown = pages.teaching_at(seat, every, by, at=[one.pk for one in every].index(row.pk))
    return page(request, "teaching/pages/version.html", seat=seat, taught=shown, room="relationships")


@seated("GET")
def card(request: HttpRequest, seat: Seat) -> HttpResponse:
    """One page for the pocket: whom to listen for, what to say, how to reach them."""
    shown = pages.card(seat)
    if shown is None:
        return redirect("teaching", seat.key)
    return page(request, "teaching/pages/card.html", **shown, room="relationships")


@seated("GET")
def card_file(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The card as a file of its own, which opens without a network: what they taught, and nothing of ours but the approach."""
    shown = pages.card(seat)
    if shown is None:
        return redirect("teaching", seat.key)
    answer = page(request, "teaching/pages/card_file.html", **shown)
    answer["Content-Disposition"] = 'attachment; filename="goodword-card.html"'
    return answer
