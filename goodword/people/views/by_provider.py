"""Signing in by an identity provider, where the settings name one. It stands for the mailed code, and for nothing more."""

from __future__ import annotations

import hmac
import logging
import time
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from goodword.people import provider, signing_in
from goodword.people.forms.account import AddressForm
from goodword.people.provider import NoAddress, NobodySignedIn, Provider
from goodword.people.views.account import TOO_OFTEN
from goodword.ui.answers import page, say
from goodword.ui.doors import public

REQUEST = "sign_in_provider"  # in the session: what binds the answer to the browser that asked
LIFE = 600  # seconds in which somebody signs in there
log = logging.getLogger("goodword.people")


def provider_or_404() -> Provider:
    """Return the provider the settings name, or 404."""
    found: Provider | None = settings.IDENTITY_PROVIDER
    if found is None:
        raise Http404
    return found


def back() -> str:
    """Return where the provider answers to: it has to know this address."""
    return f"{settings.BASE_URL}{reverse('provider-answer')}"


@public("POST")
def by_provider(request: HttpRequest) -> HttpResponse:
    """Lead to the provider's page. A page of ours leads there, because our policy lets no form lead to another house."""
    where = provider_or_404()
    if request.user.is_authenticated:
        return redirect("today")
    if not signing_in.may_ask(request):
        say(request, str(TOO_OFTEN))
        return redirect("sign-in")
    asked = provider.new_request()
    try:
        to = provider.way_there(where, asked, back())
    except NobodySignedIn as why:
        return sign_nobody_in(request, where, why)
    next_url = request.GET.get("next") or request.session.get("sign_in_next", "")
    request.session[REQUEST] = {**asked, "at": int(time.time()), "next": signing_in.safe_next_url(next_url)}
    answer = page(request, "people/pages/by_provider.html", name=where.name, to=to)
    answer["Refresh"] = f"0;url={to}"
    return answer


@public("GET")
def provider_answer(request: HttpRequest) -> HttpResponse:
    """Take the provider's answer, once, in the browser that asked for it, and go on as after a mailed code."""
    where = provider_or_404()
    if request.user.is_authenticated:
        return redirect("today")
    asked = request.session.pop(REQUEST, None)
    try:
        address = address_from_answer(request, where, asked)
    except NobodySignedIn as why:
        return sign_nobody_in(request, where, why)
    return signing_in.sign_in(request, address, asked["next"])


def address_from_answer(request: HttpRequest, where: Provider, asked: dict[str, Any] | None) -> str:
    """Return the address that the provider's answer proves. Raises NobodySignedIn for an answer that is none of this browser's."""
    state, code = request.GET.get("state", ""), request.GET.get("code", "")
    if not asked or not 0 <= time.time() - asked["at"] < LIFE:
        raise NobodySignedIn("nobody asked it from that browser just now")
    if not hmac.compare_digest(asked["state"].encode(), state.encode()) or not code:
        raise NobodySignedIn("it says no, or its answer is another browser's")
    if request.GET.get("iss", where.issuer) != where.issuer:
        raise NobodySignedIn("another one answers")
    form = AddressForm({"email": provider.address_of(where, asked, code, back())})
    if not form.is_valid():
        raise NoAddress("the address it names is none")
    return str(form.cleaned_data["email"])


def sign_nobody_in(request: HttpRequest, where: Provider, why: NobodySignedIn) -> HttpResponse:
    """Say that nobody was signed in, and lead to the page where a code is mailed."""
    log.warning("the identity provider signed nobody in: %s", why)
    if isinstance(why, NoAddress):
        say(
            request,
            _("%(name)s does not vouch for an address of yours. Have a code mailed instead.") % {"name": where.name},
        )
    else:
        say(request, _("%(name)s signed nobody in. Try once more, or have a code mailed.") % {"name": where.name})
    return redirect("sign-in")
