"""The first account of a new house has an address nobody can mail: its owner gives their own, and proves it by a code."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodword.people import actions, signing_in, whoami
from goodword.people.forms.account import AddressForm, CodeForm
from goodword.people.models import SignInKey
from goodword.people.views.account import TOO_OFTEN, proven
from goodword.ui.answers import page, refusals_on, say
from goodword.ui.doors import signed_in

LETTER = "own-address"


@signed_in("GET", "POST")
def own_address(request: HttpRequest) -> HttpResponse:
    """Ask for an address that letters reach, then for the code that came there."""
    if whoami.me(request).mailable:
        return redirect("settings")
    if "code" in request.POST:
        return take(request)
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if signing_in.may_ask(request):
            signing_in.send_code(request, form.cleaned_data["email"], LETTER)
            return ask(request, CodeForm())
        form.add_error("email", TOO_OFTEN)
    return page(request, "people/pages/own_address.html", form=form, address="", room="more")


def take(request: HttpRequest) -> HttpResponse:
    """Take the address whose code was typed."""
    form = CodeForm(request.POST)
    key: SignInKey | None = proven(request, form, LETTER) if form.is_valid() else None
    if key is None:
        return ask(request, form)
    with refusals_on(form):
        actions.take_address(whoami.me(request), key.address)
        signing_in.forget_asking(request)
        say(request, _("Letters reach you at %(address)s now.") % {"address": key.address})
        return redirect("today")
    return ask(request, form)


def ask(request: HttpRequest, form: CodeForm) -> HttpResponse:
    """Show where the code is typed."""
    address = request.session.get("sign_in_for", "")
    return page(request, "people/pages/own_address.html", form=form, address=address, room="more")
