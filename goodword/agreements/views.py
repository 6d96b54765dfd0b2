"""Pages of the agreement: read it, compare, accept, word it anew, print it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodword.agreements import actions, paper, queries, rules
from goodword.agreements.forms.choices import FirstForm
from goodword.agreements.forms.next_version import NextVersionForm
from goodword.agreements.models import AgreementVersion
from goodword.playbook.shelf import playbook
from goodword.relationships.doorway import seated
from goodword.relationships.models import Seat
from goodword.ui.answers import page, refusals_on, say

WIDE = {"narrow": False, "room": "relationships"}


@seated("GET")
def agreement(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show the newest version beside the one it was written on, or any two."""
    shown = queries.context(seat, request.GET.get("show", ""), request.GET.get("with", ""))
    return page(request, "agreements/pages/agreement.html", **shown, **WIDE)


@seated("POST")
def acceptance(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Accept the words that were read. Words that changed meanwhile are shown instead, with a sentence."""
    with refusals_on(request):
        version = actions.accept(seat, request.POST.get("hash", ""))
        say(request, _("Version %(number)s is accepted by you.") % {"number": version.number})
    return redirect("agreement", seat.key)


@seated("GET", "POST")
def words(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Word it: from plain choices at first, then by changing single clauses."""
    if request.method != "POST" and not (seat.open and rules.may_write(seat.at)):
        return redirect("agreement", seat.key)
    newest = queries.latest(seat)
    if newest is None:
        return first_words(request, seat)
    if request.method == "POST" and "based_on" not in request.POST:  # begun on an empty table; the other was quicker
        first = _("%(name)s has put a version on the table first. Read it, then suggest other words.")
        say(request, first % {"name": seat.other.first_name})
        return redirect("agreement", seat.key)
    return next_words(request, seat, newest)


def first_words(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Choose what it should say."""
    form = FirstForm(request.POST or None, offers=queries.clauses_on_offer(seat))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.write_version(seat, form.wording(), form.choices())
            return redirect("agreement", seat.key)
    return page(
        request,
        "agreements/pages/first.html",
        seat=seat,
        form=form,
        professions=playbook().profession_rules,
        room="relationships",
    )


def next_words(request: HttpRequest, seat: Seat, newest: AgreementVersion) -> HttpResponse:
    """Change single clauses of the version that was read, each with a reason; one that came meanwhile is shown."""
    read = queries.by_key(seat, request.POST.get("based_on", "")) or newest
    form = NextVersionForm(request.POST or None, **to_change(seat, read))
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.write_version(seat, form.wording(), form.choices(), read)
            return redirect("agreement", seat.key)
        if read.pk != newest.pk:
            form = form.onto_newer(**to_change(seat, newest), refused=[str(each) for each in form.non_field_errors()])
    return page(request, "agreements/pages/next.html", seat=seat, form=form, newest=newest, room="relationships")


def to_change(seat: Seat, version: AgreementVersion) -> dict[str, Any]:
    """Return what the form for changes starts from."""
    (base,) = queries.clauses_of(seat, version)
    return {
        "base": base,
        "last": version,
        "name": seat.other.first_name,
        "offers": queries.clauses_on_offer(seat, base),
    }


@seated("GET")
def text(request: HttpRequest, seat: Seat) -> HttpResponse:
    """One version to read or print, without marks."""
    shown = queries.document(seat, request.GET.get("version", ""))
    return page(request, "agreements/pages/text.html", seat=seat, room="relationships", **shown)


@seated("GET")
def as_pdf(request: HttpRequest, seat: Seat) -> HttpResponse:
    """The same as a PDF."""
    shown = queries.document(seat, request.GET.get("version", ""))
    answer = HttpResponse(paper.render(shown), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="agreement-version-{shown["version"].number}.pdf"'
    return answer
