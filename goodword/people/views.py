"""Signing in, one's details, and the sessions one has open."""

from __future__ import annotations

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodword.ground.text import masked
from goodword.people import actions, signing_in, whoami
from goodword.people.forms import AddressForm, CodeForm, DetailsForm
from goodword.people.models import OpenSession
from goodword.people.sessions import kept_as
from goodword.ui.answers import page, say
from goodword.ui.doors import public, signed_in


@public("GET", "POST")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for an address and mail a key to it."""
    if request.user.is_authenticated:
        return redirect("today")
    form = AddressForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and signing_in.may_ask(request):
        request.session["sign_in_address"] = form.cleaned_data["email"]
        request.session["sign_in_key"] = signing_in.send_key(form.cleaned_data["email"], request.GET.get("next", ""))
        return redirect("sign-in-code")
    if form.is_bound and form.is_valid():
        form.add_error(
            "email", _("That was asked for very often from where you are. Wait a quarter of an hour and try again.")
        )
    return page(request, "people/pages/sign_in.html", form=form)


@public("GET", "POST")
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Take the code from the mail, in the browser that asked for it."""
    if request.user.is_authenticated:
        return redirect("today")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        key = signing_in.redeem_code(request.session.get("sign_in_key", ""), form.cleaned_data["code"])
        if key:
            return enter(request, key.address, key.way_on)
        form.add_error(
            "code", _("That code doesn’t fit, or is more than ten minutes old. Look again, or ask for a new one.")
        )
    return page(request, "people/pages/code.html", form=form, address=request.session.get("sign_in_address", ""))


@public("GET", "POST")
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show one button; redeem the link when it is pressed. Reading the page changes nothing (T27)."""
    if request.method == "POST":
        key = signing_in.redeem_link(token)
        if key:
            return enter(request, key.address, key.way_on)
        return page(request, "people/pages/link_spent.html")
    key = signing_in.unspent(token)
    return page(
        request,
        "people/pages/link.html" if key else "people/pages/link_spent.html",
        address=masked(key.address) if key else "",
    )


def enter(request: HttpRequest, address: str, way_on: str) -> HttpResponse:
    """Start the session and go where the person was going."""
    person = signing_in.sign_in(request, address)
    if way_on:
        return redirect(way_on)
    return redirect("today" if person.name else "details")


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
    form = DetailsForm(request.POST or None, initial=actions.details_of(whoami.me(request)))
    if request.method == "POST" and form.is_valid():
        actions.describe(whoami.me(request), **form.cleaned_data)
        say(request, _("Your details are kept."))
        return redirect("today")
    return page(request, "people/pages/details.html", form=form, new=not whoami.me(request).name, room="more")


@signed_in("GET")
def settings(request: HttpRequest) -> HttpResponse:
    """My details, sessions, and the ways to stop or leave."""
    sessions = signing_in.sessions_of(whoami.me(request))
    return page(request, "people/pages/settings.html", sessions=sessions, room="more",
                here=kept_as(request.session.session_key))  # fmt: skip


@signed_in("POST")
def end_session(request: HttpRequest, key: str) -> HttpResponse:
    """End one of my sessions, on another device or here."""
    session = OpenSession.objects.filter(person=whoami.me(request), key=key).first()
    if session is None:
        raise Http404
    signing_in.end_session(session)
    say(request, _("That session has ended."))
    return redirect("settings")
