"""Is it still you? Asked before what only they should do, where they have not shown it for a quarter of an hour (T35).

A door asks with `fresh=True`; a view that asks only in some cases calls `doors.who_is_it`.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect

from goodword.people import factors, passkeys, signing_in, whoami
from goodword.people.forms.account import CodeForm
from goodword.people.forms.factors import CredentialForm, FactorCodeForm
from goodword.people.views.account import TOO_OFTEN, proven
from goodword.people.views.factors import parts, proof
from goodword.ui.answers import page, say
from goodword.ui.doors import is_fresh, prove, signed_in

LETTER = "is-it-you"


@signed_in("GET", "POST")
def is_it_you(request: HttpRequest) -> HttpResponse:
    """Ask whether it is still them, by what is asked for beside the mailbox, otherwise by a mailed code; then on to the page that asked."""
    if is_fresh(request):
        return go_on(request)
    if factors.of(whoami.me(request)).second_step:
        return by_factor(request)
    if request.method == "POST" and "code" not in request.POST:
        return send(request)
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and proven(request, form, LETTER):
        return it_is(request)
    return ask(request, form, asked=request.method == "POST")


def by_factor(request: HttpRequest) -> HttpResponse:
    """Ask for the passkey, or a code of the app."""
    if "challenge" in request.POST:
        return JsonResponse(passkeys.to_show(whoami.me(request)))
    form = proof(request, whoami.me(request))
    if form.is_valid():
        form.authenticator.record_usage()
        return it_is(request)
    return ask(request, form, asked=False)


def it_is(request: HttpRequest) -> HttpResponse:
    """Note that it is them, and go on."""
    prove(request)
    signing_in.forget_asking(request)
    return go_on(request)


def go_on(request: HttpRequest) -> HttpResponse:
    """Go on to the page that asked."""
    return redirect(next_url(request) or "today")


def next_url(request: HttpRequest) -> str:
    """Return where the page that asked is."""
    return signing_in.safe_next_url(request.GET.get("next", ""))


def send(request: HttpRequest) -> HttpResponse:
    """Mail the code, and show where it is typed."""
    if not signing_in.may_ask(request):
        say(request, str(TOO_OFTEN))
        return ask(request, CodeForm(), asked=True)
    signing_in.send_code(request, whoami.me(request).email, LETTER)
    return ask(request, CodeForm(), asked=True)


def ask(request: HttpRequest, form: CodeForm | CredentialForm | FactorCodeForm, *, asked: bool) -> HttpResponse:
    """Show the question, and once a code was asked for, where it is typed."""
    more = parts(form, whoami.me(request))
    return page(request, "people/pages/is_it_you.html", **more, asked=asked, next_url=next_url(request), room="more")
