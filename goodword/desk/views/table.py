"""At the table: the phone shows shared things only, until its owner proves who they are again (T14).

The way back is their passkey or app, or else a code mailed to them, as for signing in. Its letter says the code neither in the
subject nor in the first lines, so that a phone which announces its mail does not read it out to whoever sits before it.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodword.desk.queries.front import table_page
from goodword.people import factors, passkeys, signing_in, whoami
from goodword.people.forms.account import CodeForm
from goodword.people.limits import place_of
from goodword.people.views.factors import parts, proof
from goodword.relationships.doorway import seat_of, seated
from goodword.relationships.models import Seat
from goodword.ui.answers import page
from goodword.ui.doors import signed_in


@seated("GET", "POST")
def show_them(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Put the phone on the table: from now on this session shows this relationship's shared things and nothing else."""
    if request.method == "POST":
        request.session["at_the_table"] = {"key": seat.key}
        return redirect("at-the-table")
    return page(request, "desk/pages/show_them.html", seat=seat, room="relationships")


@signed_in("GET", at_the_table=True)
def table(request: HttpRequest) -> HttpResponse:
    """What lies between the two."""
    if "at_the_table" not in request.session:
        return redirect("today")
    seat = seat_of(whoami.me(request), request.session["at_the_table"]["key"]).without_drawers()
    return page(request, "desk/pages/table.html", seat=seat, bare=True, **table_page(seat))


@signed_in("GET", "POST", at_the_table=True)
def leave_table(request: HttpRequest) -> HttpResponse:
    """Pick the phone up again: ask for a code by mail, then type it. Five wrong ones spend it.

    Whoever has a passkey or an app shows that: their mailbox may lie on the table with the phone.
    """
    down = request.session.get("at_the_table")
    if down is None:
        return redirect("today")
    if factors.of(whoami.me(request)).second_step:
        return _by_factor(request, down)
    if request.method == "POST" and "code" not in request.POST:
        return _ask(request, down)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if signing_in.redeem_code(down.get("asked", ""), form.cleaned_data["code"], "way-back"):
            del request.session["at_the_table"]
            return redirect("relationship", down["key"])
        form.add_error(
            "code", _("That code doesn’t fit, or is more than ten minutes old. Look again, or ask for a new one.")
        )
    return _is_it_you(request, form, asked="asked" in down)


def _by_factor(request: HttpRequest, down: dict[str, str]) -> HttpResponse:
    """Ask for the passkey, or a code of the app."""
    me = whoami.me(request)
    if "challenge" in request.POST:
        return JsonResponse(passkeys.to_show(me))
    form = proof(request, me)
    if form.is_valid():
        form.authenticator.record_usage()
        del request.session["at_the_table"]
        return redirect("relationship", down["key"])
    return page(request, "desk/pages/leave_table_shown.html", **parts(form, me), bare=True)


def _ask(request: HttpRequest, down: dict[str, str]) -> HttpResponse:
    """Mail a code, whose key this session alone keeps. Where no further letter goes, the one that is there still works."""
    if signing_in.may_ask(request):
        sent = signing_in.send_way_back(whoami.me(request), place_of(request))
        request.session["at_the_table"] = {**down, "asked": sent or down.get("asked", "")}
        return redirect("leave-the-table")
    form = CodeForm({})
    form.errors.clear()
    form.add_error(
        "code", _("That was asked for very often from where you are. Wait a quarter of an hour and try again.")
    )
    return _is_it_you(request, form, asked="asked" in down)


def _is_it_you(request: HttpRequest, form: CodeForm, *, asked: bool) -> HttpResponse:
    return page(request, "desk/pages/leave_table.html", form=form, asked=asked, bare=True)
