"""Signing in, one's details, and the sessions one has open."""

from __future__ import annotations

from django.conf import settings as conf
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodword.ground.addresses import mask
from goodword.people import actions, signing_in, whoami, zones
from goodword.people.forms.account import AddressForm, CodeForm, DetailsForm, ZoneForm
from goodword.people.models import OpenSession, SignInKey
from goodword.people.sessions import hash_of_cookie
from goodword.ui.answers import page, say
from goodword.ui.doors import public, signed_in, who_is_it

TOO_OFTEN = gettext_lazy(
    "That was asked for very often from where you are. Wait a quarter of an hour and try again. A letter that has come already still works."
)


@public("GET", "POST")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for an address and mail a key to it. Where one was going is kept until one is there."""
    if request.user.is_authenticated:
        return redirect(signing_in.safe_next_url(request.GET.get("next", "")) or "today")
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if signing_in.may_ask(request):
            next_url = request.GET.get("next") or request.session.get("sign_in_next", "")
            signing_in.send_key(request, form.cleaned_data["email"], next_url)
            request.session["sign_in_address"] = form.cleaned_data["email"]
            return redirect("sign-in-code")
        form.add_error("email", TOO_OFTEN)
    next_url, provider = request.GET.get("next", ""), conf.IDENTITY_PROVIDER
    return page(request, "people/pages/sign_in.html", form=form, next_url=next_url, provider=provider)


@public("GET", "POST")
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Take the code from the mail, in the browser that asked for it."""
    if request.user.is_authenticated:
        return redirect("today")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = proven(request, form)
        if key:
            return signing_in.sign_in(request, key.address, key.next_url)
    asked = request.session
    next_url, address = asked.get("sign_in_next", ""), asked.get("sign_in_address", "")
    return page(request, "people/pages/code.html", form=form, address=address, next_url=next_url)


def proven(request: HttpRequest, form: CodeForm, letter: str = "sign-in") -> SignInKey | None:
    """Return the key whose code was typed, used up by it, if this browser asked for it; otherwise say so on the form."""
    key = signing_in.redeem_code(request.session.get("sign_in_key", ""), form.cleaned_data["code"], letter)
    if key is None:
        form.add_error(
            "code", _("That code doesn’t fit, or is more than ten minutes old. Look again, or ask for a new one.")
        )
    return key


@public("GET", "POST")
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show one button; redeem the link when it is pressed. Reading the page changes nothing (T27)."""
    key = signing_in.redeem_link(token) if request.method == "POST" else signing_in.unspent(token)
    if key and request.method == "POST":
        return signing_in.sign_in(request, key.address, key.next_url)
    if key is None:
        return page(request, "people/pages/link_spent.html", next_url=signing_in.next_url_of(token))
    other = request.user.is_authenticated and request.user.email != key.address
    waits = other and key.next_url == reverse("join")
    address = mask(key.address)
    return page(request, "people/pages/link.html", address=address, token=token, other=other, seat_waits=waits)


@public("POST")
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session and have the browser forget what it kept (T15)."""
    logout(request)
    answer = redirect("welcome")
    answer.delete_cookie("messages")
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


@signed_in("GET", "POST")
def details(request: HttpRequest) -> HttpResponse:
    """Who I am, as the other sides see me."""
    me = whoami.me(request)
    form = DetailsForm(request.POST or None, initial=actions.details_of(me), person=me)
    if request.method == "POST" and form.is_valid():
        actions.describe(me, **form.cleaned_data)
        say(request, _("Your details are kept."))
        return redirect("today")
    return page(request, "people/pages/details.html", form=form, new=not me.name, room="more")


@signed_in("POST")
def zone(request: HttpRequest) -> HttpResponse:
    """Keep whose clock one lives by. Said once; shown where times are."""
    me = whoami.me(request)
    form = ZoneForm(request.POST, person=me)
    if not form.is_valid():
        return redirect("details")
    actions.say_zone(me, form.cleaned_data["zone"])
    say(request, _("Times are shown as in %(place)s.") % {"place": zones.place(me.zone)})
    return redirect("today")


@signed_in("GET")
def settings(request: HttpRequest) -> HttpResponse:
    """Show one's details, sessions, and the ways to stop or leave."""
    sessions = signing_in.sessions_of(whoami.me(request))
    return page(
        request,
        "people/pages/settings.html",
        sessions=sessions,
        room="more",
        here=hash_of_cookie(request.session.session_key),
    )


@signed_in("GET", "POST", fresh=True)
def elsewhere(request: HttpRequest) -> HttpResponse:
    """End every session but this one. Offered where what signs one in has changed (T35)."""
    me = whoami.me(request)
    if request.method == "POST":
        signing_in.end_elsewhere(request, me)
        say(request, _("You are signed in here alone now."))
        return redirect("settings")
    return page(request, "people/pages/elsewhere.html", sessions=signing_in.elsewhere(request, me), room="more")


@signed_in("POST")
def end_session(request: HttpRequest, key: str) -> HttpResponse:
    """End one of my sessions, on another device, for which I show that it is me, or here."""
    session = OpenSession.objects.filter(person=whoami.me(request), key=key).first()
    if session is None:
        raise Http404
    elsewhere = session.cookie_hash != hash_of_cookie(request.session.session_key)
    if elsewhere and (ask := who_is_it(request, ("POST",), back=reverse("settings"))):
        return ask
    signing_in.end_session(session)
    if not elsewhere:
        logout(request)  # or what is written into it at the end of this request would find it gone
    say(request, _("That session has ended."))
    return redirect("settings")
