"""Pages on which what was kept is opened, and answered."""

from __future__ import annotations

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodword.alone.actions import opening
from goodword.alone.forms import KeptRecordForm
from goodword.alone.models import Opening
from goodword.alone.queries import pages
from goodword.relationships.doorway import find, seated
from goodword.relationships.models import Seat
from goodword.ui.answers import page, refusals_on, say


@seated("GET", "POST")
def opening_choice(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show, line by line and as they will read it, what can be opened; POST holds the choice for half a minute."""
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        with refusals_on(form):
            held = opening.hold(seat, request.POST.getlist("chosen"), request.POST.get("seen", ""))
            return redirect("held", seat.key, held.key)
    shown = pages.opening_page(seat) | {"chosen": request.POST.getlist("chosen")}
    return page(request, "alone/pages/opening.html", seat=seat, form=form, room="relationships", **shown)


@seated("GET")
def openings(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show what was opened from before, and what both confirmed."""
    return page(request, "alone/pages/opened.html", seat=seat, room="relationships", **pages.openings_page(seat))


@seated("GET", "POST")
def one_opening(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """One thing from before: confirm it, take it away, or put it right."""
    row: Opening = find(Opening.objects.on_table(seat), item)
    said, form = request.POST.get("said", ""), KeptRecordForm(request.POST or None, initial={"text": row.text})
    with refusals_on(form):
        if request.method == "POST" and said == "yes":
            opening.confirm(seat, row)
            return redirect("opened", seat.key)
        if request.method == "POST" and said == "no":
            opening.decline(seat, row)
            say(request, _("It is off the table again."))
            return redirect("opened", seat.key)
        if request.method == "POST" and form.is_valid():
            opening.correct(seat, row, form.cleaned_data["text"])
            return redirect("opened", seat.key)
    return page(request, "alone/pages/opened_item.html", seat=seat, row=row, form=form, room="relationships")
