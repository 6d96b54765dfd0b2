"""Pages of the agreement: read it, compare, accept, word it anew, print it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodword.agreements import actions, pdf, queries, rules
from goodword.agreements.forms import FirstForm, NextForm
from goodword.ground.refusals import Refusal
from goodword.relationships.doorway import seated
from goodword.relationships.models import Seat
from goodword.ui.answers import done, page, say

WIDE = {"narrow": False, "room": "relationships"}


@seated("GET")
def agreement(request: HttpRequest, seat: Seat) -> HttpResponse:
    """How is it going to work? The newest version beside the one it was written on, or any two."""
    shown = queries.context(seat, request.GET.get("show", ""), request.GET.get("with", ""))
    return page(request, "agreements/pages/agreement.html", **shown, **WIDE)


@seated("POST")
def acceptance(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Accept the words that were read. Words that changed meanwhile are shown instead, with a sentence."""
    try:
        version = actions.accept(seat, request.POST.get("hash", ""))
        say(request, _("Version %(number)s is accepted by you.") % {"number": version.number})
    except Refusal as refusal:
        say(request, refusal.sentence)
    return redirect("agreement", seat.key)


@seated("GET", "POST")
def words(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Word it: from plain choices at first, then by changing single clauses."""
    if request.method != "POST" and not (seat.open and rules.may_write(seat.at)):
        return redirect("agreement", seat.key)
    newest = queries.latest(seat)
    return next_words(request, seat) if newest else first_words(request, seat)


def first_words(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Choose what it should say."""
    form = FirstForm(request.POST or None, offers=queries.offered(seat))
    sent = request.method == "POST" and form.is_valid()
    if sent and done(form, actions.write_version, seat, form.wording(), form.choices_made()) is not None:
        return redirect("agreement", seat.key)
    return page(request, "agreements/pages/first.html", seat=seat, form=form, room="relationships")


def next_words(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Change single clauses of the newest version, each with a reason."""
    newest = queries.latest(seat)
    assert newest is not None  # noqa: S101 (the caller has looked; versions are never removed)
    (base,) = queries.clauses_of(seat, newest)
    form = NextForm(
        request.POST or None, base=base, last=newest, name=seat.other.first_name, offers=queries.offered(seat, base)
    )
    if request.method == "POST" and form.is_valid():
        read = queries.by_key(seat, form.cleaned_data["based_on"])
        if done(form, actions.write_version, seat, form.wording(), form.choices_made(), read):
            return redirect("agreement", seat.key)
        form.read_now()
    return page(request, "agreements/pages/next.html", seat=seat, form=form, newest=newest, room="relationships")


@seated("GET")
def text(request: HttpRequest, seat: Seat) -> HttpResponse:
    """One version to read or print, without marks."""
    shown = queries.document(seat, request.GET.get("version", ""))
    return page(request, "agreements/pages/text.html", seat=seat, room="relationships", **shown)


@seated("GET")
def as_pdf(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The same as a PDF."""
    shown = queries.document(seat, request.GET.get("version", ""))
    answer = HttpResponse(pdf.made(shown), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="agreement-version-{shown["version"].number}.pdf"'
    return answer
