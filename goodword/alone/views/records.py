"""Pages for somebody who keeps a relationship by oneself."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.alone import paper, wording
from goodword.alone.actions import records
from goodword.alone.forms import KeptRecordForm, SeveralForm, SlipForm, TellForm, WordForm
from goodword.alone.models import Record, Slip
from goodword.alone.queries import pages
from goodword.alone.rules import ONE_TEXT, Direction, Sort, sorts_at
from goodword.gates.rules import Choice
from goodword.people import whoami
from goodword.relationships import starting
from goodword.relationships.doorway import find, seated
from goodword.relationships.models import Seat
from goodword.ui.answers import page, refusals_on, say
from goodword.ui.doors import signed_in
from goodword.ui.onward import onward


def show(request: HttpRequest, template: str, seat: Seat, **context: Any) -> HttpResponse:
    """Show a page of this room."""
    return page(request, f"alone/pages/{template}.html", seat=seat, room="relationships", **context)


@seated("POST")
def begin(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Keep this by oneself for now."""
    starting.keep_alone(seat)
    return redirect("relationship", seat.key)


@signed_in("GET", "POST")
def several(request: HttpRequest) -> HttpResponse:
    """Begin with several people at once, each alone, none written to."""
    form = SeveralForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            count = records.start_several(whoami.me(request), form.wanted)
            said = ngettext(
                "%(count)s person is on your list. Nobody was written to.",
                "%(count)s people are on your list. Nobody was written to.",
                count,
            )
            say(request, said % {"count": count})
            return redirect("relationships")
    return page(request, "alone/pages/several.html", form=form, room="relationships")


@seated("POST")
def word(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Keep what both said at the gate, on one's own word."""
    form = WordForm(request.POST)
    if not form.is_valid():
        return show(request, "word", seat, form=form, **pages.front(seat))
    said = form.cleaned_data
    if said["choice"] == Choice.LET_GO:
        return redirect("let-go", seat.key)
    with refusals_on(form):
        records.say_for_both(seat, Choice(said["choice"]), gate=said["gate"], said_on=said["said_on"])
        return redirect("relationship", seat.key)
    return show(request, "word", seat, form=form, **pages.front(seat))


@seated("POST")
def word_back(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Take the newest word back."""
    records.take_word_back(seat)
    say(request, _("Taken back. You are where you were before."))
    return redirect("relationship", seat.key)


@seated("GET", "POST")
def record(request: HttpRequest, seat: Seat, sort: str) -> HttpResponse:
    """Show what is kept for both of one sort; POST keeps one more."""
    if sort not in sorts_at(seat.at) or not seat.keeps_alone:
        raise Http404
    rows = pages.records(seat, Sort(sort))
    form = KeptRecordForm(request.POST or None, initial={"text": starting_text(seat, Sort(sort), rows)})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            records.write(seat, Sort(sort), form.cleaned_data["text"])
            return redirect("relationship", seat.key)
    shown = {"rows": [] if sort in ONE_TEXT else rows, "said": pages.sort_words(seat, Sort(sort)), "sort": sort}
    signed = pages.signed_page_count(seat) if sort == Sort.AGREEMENT else 0
    return show(request, "record", seat, form=form, signed=signed, **shown)


def starting_text(seat: Seat, sort: Sort, rows: list[Record]) -> str:
    """Return what stands in the box: the text there is of what has one text, or the clauses to start an agreement from."""
    if sort in ONE_TEXT and rows:
        return str(rows[0].text.unseal(seat))
    return wording.clauses() if sort is Sort.AGREEMENT else ""


@seated("POST")
def delete_record(request: HttpRequest, seat: Seat, sort: str, item: str) -> HttpResponse:
    """Delete something one kept, for good."""
    records.delete(seat, find(Record.objects.owned_by(seat).filter(sort=sort), item))
    say(request, _("Deleted, for good."))
    return redirect("relationship", seat.key)


@seated("GET", "POST")
def slip_new(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Write a lead down."""
    form = SlipForm(request.POST or None, name=seat.other.first_name)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        with refusals_on(form):
            records.write_slip(seat, Direction(said["way"]), whom=said["whom"], why=said["why"])
            return redirect("relationship", seat.key)
    return show(request, "slip_new", seat, form=form)


@seated("GET", "POST")
def slip(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Show a lead on a slip; POST writes down what came of it."""
    row: Slip = find(Slip.objects.owned_by(seat), item)
    form = TellForm(request.POST or None, initial={"line": row.line.unseal(seat)})
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            records.tell(seat, row, form.cleaned_data["outcome"], form.cleaned_data["line"])
            return onward(request, seat, "relationship", seat.key)
    return show(request, "slip", seat, form=form, row=row)


@seated("POST")
def delete_slip(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """Delete a lead one wrote down, with its name."""
    records.drop_slip(seat, find(Slip.objects.owned_by(seat), item))
    say(request, _("Deleted, for good."))
    return redirect("relationship", seat.key)


@seated("GET")
def paper_sheet(request: HttpRequest, seat: Seat, sheet: str) -> HttpResponse:
    """A sheet of paper for somebody who is not here."""
    found = paper.sheet_of(sheet)
    if found is None or not seat.keeps_alone or not found.first <= seat.at <= found.last:
        raise Http404
    answer = HttpResponse(paper.pdf_of(seat, found), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.name}.pdf"'
    return answer
