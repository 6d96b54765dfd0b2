"""Pages of practice: a card at a time, for oneself alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodword.ground.refusals import Refusal
from goodword.relationships.doorway import seated
from goodword.relationships.models import Seat
from goodword.teaching import practice as acts
from goodword.teaching import wording
from goodword.teaching.rules.recall import Recollection
from goodword.ui.answers import page, refusals_on, say


@seated("GET", "POST")
def practice(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The card that is asked, or when the next ones are; POST begins."""
    if request.method == "POST":
        with refusals_on(request):
            acts.begin(seat)
        return redirect("teaching-practice", seat.key)
    return page(
        request,
        "teaching/pages/practice.html",
        seat=seat,
        shown=acts.practice_page(seat),
        came=wording.recollections(),
        may_act=seat.open and not seat.mirror,
        room="relationships",
    )


@seated("POST")
def answer(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Keep how an item came to mind."""
    said = {str(value.value): value for value in Recollection}.get(request.POST.get("came", ""))
    with refusals_on(request):
        if said is None:
            raise Refusal(_("Choose how it came to mind."))
        acts.answer(seat, request.POST.get("field", ""), said)
    return redirect("teaching-practice", seat.key)


@seated("POST")
def stop(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Stop practising: the cards are deleted."""
    acts.stop(seat)
    say(request, _("Stopped. The cards and all your answers are deleted."))
    return redirect("teaching", seat.key)
