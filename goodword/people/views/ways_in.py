"""How I sign in: passkeys, an app, recovery codes. All of it is offered, none of it is asked for."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from goodword.people import factors, passkeys, signing_in, whoami
from goodword.people.browsers import browser_words
from goodword.people.forms.factors import AppForm, PasskeyForm
from goodword.ui import qr
from goodword.ui.answers import page, say
from goodword.ui.doors import signed_in


@signed_in("GET")
def ways_in(request: HttpRequest) -> HttpResponse:
    """Show what is asked for when somebody signs in as this person."""
    me = whoami.me(request)
    sessions = signing_in.elsewhere(request, me)
    return page(request, "people/pages/ways_in.html", factors=factors.of(me), sessions=sessions, room="more")


@signed_in("GET", "POST", fresh=True)
def passkey_new(request: HttpRequest) -> HttpResponse:
    """Make a passkey: the browser asks for a challenge, and comes back with what it made."""
    me = whoami.me(request)
    if len(factors.of(me).passkeys) >= factors.MOST_PASSKEYS:
        say(request, _("Twenty passkeys are the most. Take one away first."))
        return redirect("ways-in")
    if "challenge" in request.POST:
        return JsonResponse(passkeys.to_make(me))
    name = browser_words(request.headers.get("User-Agent", ""))
    form = PasskeyForm(request.POST if request.method == "POST" else None, initial={"name": name})
    if form.is_valid():
        factors.add_passkey(me, form.cleaned_data["name"], form.cleaned_data["credential"])
        return _go_on(request, _("You can sign in with that passkey now."), first=len(factors.of(me).passkeys) == 1)
    return page(request, "people/pages/passkey_new.html", form=form, room="more")


@signed_in("GET", "POST", fresh=True)
def passkey(request: HttpRequest, key: str) -> HttpResponse:
    """Take a passkey away, after a page to be sure."""
    me = whoami.me(request)
    one = next((each for each in factors.of(me).passkeys if each.key == key), None)
    if one is None:
        raise Http404
    if request.method == "POST":
        factors.take_passkey_away(me, one)
        say(request, _("That passkey opens nothing any more."))
        return redirect("ways-in")
    last = not factors.of(me).app and len(factors.of(me).passkeys) == 1
    return page(request, "people/pages/passkey.html", passkey=one, last=last, room="more")


@signed_in("GET", "POST", fresh=True)
def app(request: HttpRequest) -> HttpResponse:
    """Set up an app that makes codes, or take it away."""
    me = whoami.me(request)
    if "away" in request.POST:
        factors.take_app_away(me)
        say(request, _("Codes from your app are not asked for any more."))
        return redirect("ways-in")
    had = factors.of(me).app
    form = AppForm(request.POST if request.method == "POST" else None, person=me)
    if form.is_valid():
        factors.add_app(me, form.plain)
        return _go_on(request, _("Your app is set up."), first=not had)
    picture = qr.picture(form.link, _("The code to scan with your app")) if form.plain else ""
    return page(request, "people/pages/app.html", form=form, had=had, picture=picture, room="more")


def _go_on(request: HttpRequest, sentence: str, *, first: bool) -> HttpResponse:
    """Say what was set up, and show the recovery codes that came with the first of its kind."""
    say(request, sentence)
    return redirect("recovery-codes" if first else "ways-in")


@signed_in("GET", "POST", fresh=True)
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """The codes to keep on paper; POST makes ten new ones."""
    me = whoami.me(request)
    if request.method == "POST":
        factors.renew_codes(me)
        return redirect("recovery-codes")
    return page(
        request,
        "people/pages/recovery_codes.html",
        codes=factors.codes_of(me),
        any=factors.of(me).second_step,
        room="more",
    )
