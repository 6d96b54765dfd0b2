"""Write first, then reveal together."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodword.relationships.doorway import find, seated
from goodword.relationships.models import Seat
from goodword.reservations import queries
from goodword.reservations.actions import together as acts
from goodword.reservations.forms import ChooseForm, TogetherForm
from goodword.reservations.models import Reveal
from goodword.reservations.views.doorstep import after_the_promise, show
from goodword.ui.answers import refusals_on, say


@seated("GET", "POST")
@after_the_promise
def together(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show where writing first and revealing together stands; POST proposes it."""
    form = TogetherForm(request.POST or None) if "propose" in request.POST else TogetherForm()
    if form.is_valid():
        with refusals_on(form):
            acts.propose(seat, form.cleaned_data["hour"])
            return redirect("together", seat.key)
    return show(request, "together", seat, form=form, **queries.together_context(seat))


@seated("GET", "POST")
@after_the_promise
def envelope(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Choose what to reveal. Sent once, it shows what the other will read; confirmed, it seals it."""
    reveal: Reveal = find(Reveal.objects.visible_to(seat).filter(opened_at=None, called_off_at=None), item)
    form = ChooseForm(request.POST or None, seat=seat)
    if request.method != "POST" or not form.is_valid():
        return show(request, "choose", seat, reveal=reveal, form=form)
    rows = form.choice()
    if "seen" in request.POST:
        with refusals_on(form):
            acts.say_ready(seat, reveal, rows, request.POST["seen"])
            say(request, _("You are ready. Until it opens you can take it back."))
            return redirect("together", seat.key)
    seen = acts.choice_print(seat, rows)
    return show(request, "envelope", seat, reveal=reveal, form=form, rows=rows, seen=seen)


@seated("POST")
def take_back(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Take our envelope back."""
    acts.take_back(seat, find(Reveal.objects.visible_to(seat), item))
    return redirect("together", seat.key)


@seated("POST")
def call_off(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Call it off, for both."""
    acts.call_off(seat, find(Reveal.objects.visible_to(seat), item))
    return redirect("together", seat.key)
