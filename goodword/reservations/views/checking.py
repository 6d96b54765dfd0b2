"""Checks, what has no name yet, and the gentle question to the other side."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodword.playbook.shelf import playbook
from goodword.relationships.doorway import seated
from goodword.relationships.models import Seat
from goodword.reservations import queries, rules
from goodword.reservations.actions import checking
from goodword.reservations.forms import AskForm, CheckForm, NamingForm, QueasyForm, with_draft
from goodword.reservations.rules import CheckAnswer
from goodword.reservations.views.doorstep import after_the_promise, show
from goodword.ui.answers import refusals_on, say
from goodword.ui.onward import FIELD, onward, origin


@seated("GET", "POST")
@after_the_promise
def check(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Ask whether anything stands in the way at this moment; POST records the check."""
    form = CheckForm(request.POST or None, above=False)
    if form.is_valid():
        answer = CheckAnswer(form.cleaned_data["answer"])
        if answer is CheckAnswer.SOMETHING and not queries.own_open(seat):
            return to_the_box(request, seat)
        with refusals_on(form):
            checking.record_check(seat, answer, form.cleaned_data["unease"])
            said = (
                _("Recorded.") if seat.keeps_alone else _("Recorded. %(name)s sees that you have answered, never what.")
            )
            say(request, said % {"name": seat.other.first_name})
            found_nothing = answer is CheckAnswer.NOTHING
            return onward(request, seat, "relationship" if found_nothing else "reservations", seat.key)
    return show(request, "check", seat, form=form, last=queries.checks(seat))


def to_the_box(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Lead whoever says that something does to where it is written down: there it becomes the answer."""
    say(request, _("Write it down first, in a few words. Only you see them."))
    return redirect(f"{queries.address(seat, 'reservations')}?{FIELD}={origin(request) or 'relationship'}")


@seated("GET")
@after_the_promise
def unease(request: HttpRequest, seat: Seat) -> HttpResponse:
    """How easy you have felt, check by check."""
    felt = queries.unease(seat)
    line = rules.quiet_line([level for _at, level in felt])
    return show(request, "unease", seat, felt=felt, line=line)


@seated("GET", "POST")
@after_the_promise
def naming(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Ask whether it has a name by now: named, left in peace, or let go of."""
    waiting, answer = queries.intention(seat), request.POST.get("answer", "")
    form = with_draft(NamingForm(request.POST if answer == "name" else None), seat, "naming")
    if waiting and answer in ("peace", "gone"):
        (checking.leave_in_peace if answer == "peace" else checking.let_go_of_it)(seat, waiting)
        return redirect("reservations", seat.key)
    if waiting and form.is_valid():
        with refusals_on(form):
            checking.name_it(seat, waiting, form.cleaned_data["text"])
            return redirect("reservations", seat.key)
    questions = playbook().naming_questions
    return show(request, "naming", seat, waiting=waiting, form=form, questions=questions)


@seated("GET", "POST")
@after_the_promise
def queasiness(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Help whoever would like to give and can't bring themselves to: what is it? (M29)"""
    form = QueasyForm(request.POST or None)
    kind = form.cleaned_data["kind"] if form.is_valid() else ""
    if kind == "undefined":
        with refusals_on(form):
            checking.intend_to_name(seat)
            return redirect("naming", seat.key)
    if kind == "passed":
        return redirect("relationship", seat.key)
    return show(request, "queasiness", seat, form=form, kind=kind)


@seated("GET", "POST")
def asking(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Help them to say what they hesitate about. "Use" adds a sentence to the words."""
    used = next((each for each in queries.prompts(seat) if each.id == request.POST.get("starter")), None)
    typed = "\n".join(part for part in (request.POST.get("text", "")[:2000], _(used.for_them) if used else "") if part)
    data = request.POST if request.method == "POST" and not used else None
    form = with_draft(AskForm(data, initial={"text": typed, "used": bool(used)}), seat, "asking")
    if form.is_valid():
        with refusals_on(form):
            checking.ask(seat, form.cleaned_data["text"])
            say(request, _("%(name)s has your question.") % {"name": seat.other.first_name})
            return redirect("reservations", seat.key)
    return show(request, "asking", seat, form=form, prompts=queries.prompts(seat)[:10])
