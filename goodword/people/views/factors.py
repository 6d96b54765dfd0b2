"""Signing in with a passkey, and the second step of those who have a passkey or an app."""

from __future__ import annotations

from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from goodword.people import factors, passkeys, signing_in
from goodword.people.forms.factors import CredentialForm, FactorCodeForm
from goodword.people.models import Person
from goodword.people.views.account import TOO_OFTEN
from goodword.ui.answers import page, say
from goodword.ui.doors import public


@public("GET", "POST")
def with_passkey(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey and nothing else. The browser asks for a challenge, and comes back with what it proves."""
    if request.user.is_authenticated:
        return redirect("today")
    if request.method == "POST" and not signing_in.may_ask(request):
        say(request, str(TOO_OFTEN))
        return redirect("sign-in")
    if "challenge" in request.POST:
        return JsonResponse(passkeys.to_show())
    form = CredentialForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        next_url = signing_in.safe_next_url(request.GET.get("next", "")) or "today"
        login = Login(user=form.authenticator.user, redirect_url=next_url)
        answer: HttpResponse = perform_passwordless_login(request, form.authenticator, login)
        return answer
    return page(request, "people/pages/with_passkey.html", form=form, next_url=request.GET.get("next", ""))


@public("GET", "POST")
def second_step(request: HttpRequest) -> HttpResponse:
    """After the mailed code: the passkey or the app's code that this person asked to be asked for."""
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    if stage is None or request.user.is_authenticated:
        return redirect("sign-in")
    person: Person = stage.login.user
    if "challenge" in request.POST:
        return JsonResponse(passkeys.to_show(person))
    form = proof(request, person)
    if form.is_valid():
        post_authentication(request, form.authenticator)
        answer: HttpResponse = stage.exit()
        return answer
    return page(request, "people/pages/second_step.html", **parts(form, person))


def proof(request: HttpRequest, person: Person) -> CredentialForm | FactorCodeForm:
    """Return the form of what was sent to prove who this is: a passkey, otherwise a code."""
    if "credential" in request.POST:
        return CredentialForm(request.POST, user=person)
    return FactorCodeForm(request.POST if request.method == "POST" else None, user=person)


def parts(form: forms.Form, person: Person) -> dict[str, object]:
    """Return what a page needs to ask for a passkey or a code: the form that was sent, and an empty one of the other kind."""
    code = form if isinstance(form, FactorCodeForm) else FactorCodeForm(user=person)
    return {"form": form, "code_form": code, "factors": factors.of(person)}
