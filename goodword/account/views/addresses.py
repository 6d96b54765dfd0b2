"""My addresses: one that letters go to, others I can sign in with; and an account of mine under another address."""

from __future__ import annotations

import time

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodword.account.actions import addresses, merging
from goodword.account.mailing import MAIN_ADDRESS
from goodword.people import signing_in, whoami
from goodword.people.forms.account import AddressForm, CodeForm
from goodword.people.models import Person
from goodword.people.views.account import TOO_OFTEN, proven
from goodword.relationships.models import Seat
from goodword.ui.answers import page, refusals_on, say
from goodword.ui.doors import PROVEN_FOR, signed_in

NEW = "own-address"  # the letter whose code proves a new address, as it proves the first


@signed_in("GET")
def own_addresses(request: HttpRequest) -> HttpResponse:
    """Show the address that letters go to, and the others one can sign in with."""
    me = whoami.me(request)
    others, sessions = addresses.others(me), signing_in.elsewhere(request, me)
    return page(request, "account/pages/addresses.html", others=others, sessions=sessions, room="more")


@signed_in("GET", "POST", fresh=True)
def address_new(request: HttpRequest) -> HttpResponse:
    """Another address: first which, then the code that came there."""
    if "code" in request.POST:
        return take(request)
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if signing_in.may_ask(request):
            signing_in.send_code(request, form.cleaned_data["email"], NEW)
            return _new(request, CodeForm())
        form.add_error("email", TOO_OFTEN)
    return _new(request, form)


def take(request: HttpRequest) -> HttpResponse:
    """Keep the address whose code was typed; where it has an account of its own, ask whether the two shall be one."""
    form, me = CodeForm(request.POST), whoami.me(request)
    key = proven(request, form, NEW) if form.is_valid() else None
    if key is None:
        return _new(request, form)
    signing_in.forget_asking(request)
    other = Person.objects.having(key.address)
    if other and other != me:
        request.session["other_account"] = [other.key, int(time.time())]
        return redirect("merge")
    if other is None:
        with refusals_on(form):
            addresses.add(me, key.address)
    if form.is_valid():
        say(request, _("You can sign in with %(address)s now.") % {"address": key.address})
        return redirect("addresses")
    return _new(request, form)


def _new(request: HttpRequest, form: AddressForm | CodeForm) -> HttpResponse:
    address = request.session.get("sign_in_for", "")
    return page(request, "account/pages/address_new.html", form=form, address=address, room="more")


def own(request: HttpRequest, key: str) -> str:
    """Return the address of mine with that key, or 404."""
    found = next((one.address for one in addresses.others(whoami.me(request)) if one.key == key), None)
    if found is None:
        raise Http404
    return found


@signed_in("GET", "POST", fresh=True)
def address_main(request: HttpRequest, key: str) -> HttpResponse:
    """Send letters to this proven address from now on; POST asks for a code from the one they go to today."""
    me, address = whoami.me(request), own(request, key)
    form = CodeForm(request.POST if "code" in request.POST else None)
    if form.is_valid() and (not me.mailable or proven(request, form, MAIN_ADDRESS)):
        signing_in.forget_asking(request)
        addresses.make_main(me, address)
        say(request, _("Letters go to %(address)s now.") % {"address": address})
        return redirect("addresses")
    asked = request.method == "POST"
    if asked and not form.is_bound:
        if not signing_in.may_ask(request):
            say(request, str(TOO_OFTEN))
            return redirect("address-main", key)
        signing_in.send_code(request, me.email, MAIN_ADDRESS)
    return page(request, "account/pages/address_main.html", form=form, address=address, asked=asked, room="more")


@signed_in("POST", fresh=True)
def address_away(request: HttpRequest, key: str) -> HttpResponse:
    """Take an address away."""
    address = own(request, key)
    addresses.forget(whoami.me(request), address)
    say(request, _("You sign in with %(address)s no more.") % {"address": address})
    return redirect("addresses")


@signed_in("GET", "POST", fresh=True)
def merge(request: HttpRequest) -> HttpResponse:
    """Show what becomes of two accounts, both proven one's own; POST makes them one."""
    me = whoami.me(request)
    key, proven_at = request.session.get("other_account", ("", 0))
    other = Person.objects.filter(key=key, is_active=True).first()
    if other is None or not 0 <= time.time() - proven_at < PROVEN_FOR:
        return redirect("addresses")
    form = AddressForm({"email": other.email})  # nothing is typed here; a refusal's sentence stands on it
    with refusals_on(form):
        if request.method == "POST":
            merging.merge(me, other)
            del request.session["other_account"]
            say(request, _("Your two accounts are one now."))
            return redirect("addresses")
        merging.may_merge(me, other)
    names = list(
        Seat.objects.filter(person=other, left_at=None).order_by("other_name").values_list("other_name", flat=True)
    )
    return page(
        request,
        "account/pages/merge.html",
        form=form,
        other=other,
        names=names,
        both=merging.common_seats(me, other),
        room="more",
    )
