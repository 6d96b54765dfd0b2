"""At the table: the phone shows shared things only, until its owner proves who they are again (T14).

A code by mail would pop up on the very phone that lies there, so the way back is a number chosen when it is put down.
"""

from __future__ import annotations

from django.contrib.auth import logout
from django.contrib.auth.hashers import check_password, make_password
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodword.desk import queries
from goodword.desk.forms import PinForm
from goodword.people import whoami
from goodword.relationships.doorway import seat_of, seated
from goodword.relationships.models import Seat
from goodword.ui.answers import page
from goodword.ui.doors import signed_in

MOST_TRIES = 5


@seated("GET", "POST")
def show_them(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Put the phone on the table: from now on this session shows this relationship's shared things and nothing else."""
    form = PinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        request.session["at_the_table"] = {"key": seat.key, "pin": make_password(form.cleaned_data["pin"]), "tries": 0}
        return redirect("at-the-table")
    return page(request, "desk/pages/show_them.html", seat=seat, form=form, room="relationships")


@signed_in("GET", at_the_table=True)
def table(request: HttpRequest) -> HttpResponse:
    """What lies between the two."""
    if "at_the_table" not in request.session:
        return redirect("today")
    seat = seat_of(whoami.me(request), request.session["at_the_table"]["key"]).shared_only()
    return page(request, "desk/pages/table.html", seat=seat, bare=True, **queries.table_page(seat))


@signed_in("GET", "POST", at_the_table=True)
def leave_table(request: HttpRequest) -> HttpResponse:
    """Pick the phone up again with the number chosen before; five wrong ones sign it out."""
    down = request.session.get("at_the_table")
    if down is None:
        return redirect("today")
    form = PinForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if check_password(form.cleaned_data["pin"], down["pin"]):
            del request.session["at_the_table"]
            return redirect("relationship", down["key"])
        request.session["at_the_table"] = {**down, "tries": down["tries"] + 1}
        if down["tries"] + 1 >= MOST_TRIES:
            logout(request)
            return redirect("welcome")
        form.add_error("pin", _("That isn’t the number this phone was put down with."))
    return page(request, "desk/pages/leave_table.html", form=form, bare=True)
