"""The room's main page, and what its owner does with a private reservation."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodword.ground.text import tidy, tidy_line
from goodword.relationships.doorway import seated
from goodword.relationships.models import Seat
from goodword.reservations import queries
from goodword.reservations.actions import checking, keeping
from goodword.reservations.forms import HowForm, KeepForm, RewordForm, with_draft
from goodword.reservations.models import OwnWorry
from goodword.reservations.views.doorstep import after_the_promise, show, way_back
from goodword.reservations.waiting import is_asked
from goodword.ui.answers import LONGEST, refusals_on, say
from goodword.ui.onward import carry_on, is_from_a_line, onward, sheet_key


@seated("GET", "POST")
@after_the_promise
def reservations(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show both drawers and what is on the table; POST keeps a reservation; "Use" fills words in.

    For whoever was asked, on the sheet or by a line that waits, to keep one is the answer to that question.
    """
    sheet = sheet_key(request)
    answered = not seat.mirror and (bool(sheet) or (is_from_a_line(request) and is_asked(seat)))
    boxes = keep_boxes(request, seat)
    form = boxes.get(request.POST.get("drawer", ""), boxes["mine"])
    keep = checking.keep_as_answer if answered else keeping.keep
    if form.is_valid():
        with refusals_on(form):
            keep(seat, **form.cleaned_data)
            return after_keeping(request, seat, answered=answered)
    shown = {"form": form, "boxes": boxes, "sheet": sheet, "asked": answered, **queries.context(seat)}
    return show(request, "reservations", seat, narrow=False, **shown)


def after_keeping(request: HttpRequest, seat: Seat, *, answered: bool) -> HttpResponse:
    """Say that it is kept. Whoever has answered by it goes on; anybody else can still say more here."""
    if not answered:
        say(request, _("Kept. Nobody else has been told."))
        return redirect(carry_on(request, queries.address(seat, "reservations")))
    seen = _("Kept. %(name)s sees that you have thought about it, never what you wrote.")
    say(request, _("Kept.") if seat.keeps_alone else seen % {"name": seat.other.first_name})
    return onward(request, seat, "reservations", seat.key)


def keep_boxes(request: HttpRequest, seat: Seat) -> dict[str, KeepForm]:
    """Return the box of each drawer: the one that was sent with what was sent, the other with its draft.

    Where nobody said which drawer, it is the one that nobody else opens.
    """
    sent, typed = request.POST.get("drawer", "mine"), words_from_prompt(request, seat)
    kept = queries.drafts(seat, "side", "mine")
    boxes = {}
    for drawer in ("side", "mine"):
        mine = request.method == "POST" and (sent == drawer or (drawer == "mine" and sent != "side"))
        words = typed if mine else None
        initial = {"drawer": drawer, "text": kept.get(drawer, "") if words is None else words, "used": True}
        data = request.POST if mine and words is None else None
        boxes[drawer] = with_draft(KeepForm(data, initial=initial, auto_id=f"id_{drawer}_%s"), seat, drawer)
    return boxes


def words_from_prompt(request: HttpRequest, seat: Seat) -> str | None:
    """Return what was typed followed by the prompt somebody chose to use, or None if none was chosen."""
    starter = request.POST.get("starter")
    prompt = next((each for each in queries.prompts(seat) if each.id == starter), None)
    if prompt is None:
        return None
    return "\n".join(part for part in (tidy(request.POST.get("text", ""))[:LONGEST], _(prompt.text)) if part)


@seated("GET", "POST")
def promise(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Who sees what you write here, who never does, what the law may still require, how to delete."""
    to = way_back(request.POST.get("to", request.GET.get("to")))
    if request.method == "POST":
        keeping.read_promise(seat.person)
        return redirect(carry_on(request, queries.address(seat, to)))
    return show(request, "promise", seat, to=to)


@seated("GET", "POST")
@after_the_promise
def reword(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """In other words."""
    row = queries.find_private(seat, item)
    form = with_draft(
        RewordForm(request.POST or None, initial={"text": row.text.unseal(seat)}), seat, f"reword-{row.key}"
    )
    if form.is_valid():
        with refusals_on(form):
            keeping.reword(seat, row, form.cleaned_data["text"])
            return redirect("reservations", seat.key)
    return show(request, "reword", seat, row=row, form=form)


@seated("GET", "POST")
@after_the_promise
def settle(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Keep what settled it. Sent with "again", it is taken up again."""
    row = queries.find_private(seat, item)
    form = HowForm(request.POST or None)
    if "again" in request.POST:
        keeping.reopen(seat, row)
        return redirect("reservations", seat.key)
    if form.is_valid():
        with refusals_on(form):
            keeping.settle(seat, row, form.cleaned_data["how"])
            return redirect("reservations", seat.key)
    return show(request, "settle", seat, row=row, form=form, ways=queries.ways())


@seated("POST")
def breaker(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Mark it as a deal-breaker in its drawer, or no longer."""
    row = queries.find_private(seat, item)
    keeping.mark_breaker(seat, row, request.POST.get("breaker") == "yes")
    return redirect("reservations", seat.key)


@seated("GET", "POST")
@after_the_promise
def delete(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Delete a private reservation, after a page to be sure."""
    row = queries.find_outward(seat, item)
    if request.method == "POST":
        keeping.delete(seat, row)
        say(request, _("Deleted. It is really gone."))
        return redirect("worries" if isinstance(row, OwnWorry) else "reservations", seat.key)
    return show(request, "delete", seat, row=row)


@seated("POST")
def draft(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Keep what is being typed. 204 means kept."""
    place, text = tidy_line(request.POST.get("place", "")), tidy(request.POST.get("text", ""))
    if not place or len(place) > 60 or len(text) > LONGEST:
        return HttpResponse(status=400)
    keeping.keep_draft(seat, place, text)
    return HttpResponse(status=204)
