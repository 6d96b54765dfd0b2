"""At the table: the phone shows shared things only, until its owner proves who they are again (T14)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodword.desk import queries
from goodword.ground.keys import new_token
from goodword.people import signing_in
from goodword.people.forms import CodeForm
from goodword.relationships.doorway import seat_of, seated
from goodword.relationships.models import Seat
from goodword.ui.answers import page
from goodword.ui.doors import signed_in


@seated("POST")
def show_them(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Put the phone on the table: from now on this session shows this relationship's shared things and nothing else."""
    request.session["at_the_table"] = seat.key
    return redirect("at-the-table")


@signed_in("GET", at_the_table=True)
def table(request: HttpRequest) -> HttpResponse:
    """What lies between the two."""
    if "at_the_table" not in request.session:
        return redirect("today")
    seat = seat_of(request.user, request.session["at_the_table"]).shared_only()  # type: ignore[arg-type]
    return page(request, "desk/pages/table.html", seat=seat, bare=True, **queries.table_page(seat))


@signed_in("GET", "POST", at_the_table=True)
def leave_table(request: HttpRequest) -> HttpResponse:
    """Pick the phone up again: with a fresh code from one's own mailbox."""
    browser = request.session.setdefault("browser", new_token())
    if request.method == "POST" and "send" in request.POST:
        if signing_in.may_ask(request):
            signing_in.send_key(request.user.email, browser)  # type: ignore[union-attr]
        return redirect("leave-the-table")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = signing_in.redeem_code(browser, form.cleaned_data["code"])
        if key and key.address == request.user.email:  # type: ignore[union-attr]
            return redirect("relationship", request.session.pop("at_the_table")) if "at_the_table" in request.session else redirect("today")
        form.add_error("code", _("That code doesn’t fit, or is more than ten minutes old. Ask for a new one."))
    return page(request, "desk/pages/leave_table.html", form=form, bare=True)
