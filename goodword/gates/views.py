"""Pages of a gate: deciding, sealed, open, another round, and a kind ending."""

from __future__ import annotations

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from goodword.gates import actions
from goodword.gates.forms import DecisionForm, LineForm
from goodword.gates.queries import pages
from goodword.gates.readiness import readiness
from goodword.gates.rules import Choice
from goodword.leads.queries import endings
from goodword.relationships import news, waiting
from goodword.relationships.doorway import seated
from goodword.relationships.models import Seat
from goodword.ui.answers import page, refusals_on, say


@seated("GET", "POST")
def gate(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show the gate, or that one's decision is sealed; POST decides."""
    if not seat.open:
        return redirect("ending", seat.key)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        seen = readiness(seat)
        said = {**form.cleaned_data, "round_number": form.cleaned_data["round_number"] or 0}
        with refusals_on(form):
            result = actions.decide(seat, Choice(said.pop("choice")), **said)
            return redirect("gate-result", seat.key, seen.gate.id, seen.round) if result else redirect("gate", seat.key)
    return page(
        request,
        "gates/pages/gate.html",
        seat=seat,
        form=form,
        room="relationships",
        **pages.gate_page(seat, request.GET, answering=request.method == "POST"),
    )


@seated("GET", "POST")
def result(request: HttpRequest, seat: Seat, gate_id: str, number: int) -> HttpResponse:
    """What came of a round: both said go on, or it goes another round. POST says that one has seen it, and goes on."""
    if not seat.open:
        return redirect("ending", seat.key)
    found = pages.result_page(seat, gate_id, number)
    if found is None:
        raise Http404
    if request.method == "POST":
        waiting.see(seat.person, page=request.path)
        return redirect(found["onward"])
    found["unseen"] = not seat.mirror and news.is_news(seat.person, request.path)
    return page(request, "gates/pages/result.html", seat=seat, room="relationships", **found)


@seated("GET", "POST")
def letting_go(request: HttpRequest, seat: Seat) -> HttpResponse:
    """One page, one button: it ends here."""
    if request.method == "POST":
        actions.let_go(seat)
    if request.method == "POST" or not seat.open:
        return redirect("ending", seat.key)
    leads = endings.unfinished(seat)
    return page(request, "gates/pages/letting_go.html", seat=seat, leads=leads, room="relationships")


@seated("GET", "POST")
def giving_up(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Give up one's seat, and not the relationship: to one's colleagues, or as the last one of a side. POST does what was read."""
    if not seat.open or seat.alone:
        return redirect("relationship", seat.key)
    form = Form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        with refusals_on(form):
            actions.leave(seat, last=request.POST.get("last") == "yes")
            say(request, pages.seat_sentence(seat))
            return redirect("today")
    shown = {"last": seat.side.members < 2, "leads": endings.unfinished(seat)}
    return page(request, "gates/pages/giving_up.html", seat=seat, form=form, room="relationships", **shown)


@seated("GET", "POST")
def pausing(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show what a pause is; POST begins one, or with `again` ends it."""
    if request.method == "POST":
        act = actions.go_on_again if request.POST.get("again") else actions.pause
        act(seat)
        return redirect("relationship", seat.key)
    if not seat.open:
        return redirect("ending", seat.key)
    return page(request, "gates/pages/pausing.html", seat=seat, room="relationships")


@seated("GET", "POST")
def ending(request: HttpRequest, seat: Seat) -> HttpResponse:
    """This one ends here, and that's all right; a line may be left. Where the other side gave up its seat, nobody ended it."""
    if seat.open or seat.nobody_across:
        return redirect("relationship" if seat.open else "from-here", seat.key)
    if "leave" in request.POST:
        waiting.see(seat.person, page=request.path)
        return redirect("today")
    form = LineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            waiting.see(seat.person, page=request.path)
            actions.leave_a_line(seat, form.cleaned_data["line"])
            say(request, pages.line_sentence(seat))
            return redirect("ending", seat.key)
    return page(
        request, "gates/pages/ending.html", seat=seat, form=form, room="relationships", **pages.ending_page(seat)
    )
