"""News: written, looked at as they will read it, and held back for half a minute before it goes."""

from __future__ import annotations

from urllib.parse import urlencode

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.followups import actions, half_minute, wording
from goodword.followups.forms import ConcernsForm, NewsForm
from goodword.followups.queries import drafts, slipping
from goodword.ground import names
from goodword.people import whoami
from goodword.relationships import holding
from goodword.relationships.models import Seat
from goodword.ui import languages
from goodword.ui.answers import page, refusals_on, say
from goodword.ui.doors import signed_in


@signed_in("GET", "POST")
def updates_new(request: HttpRequest) -> HttpResponse:
    """Write down what has changed, as a draft until it is sent."""
    me, to = whoami.me(request), request.GET.get("to", "")
    form = NewsForm(request.POST or None, initial=drafts.so_far(me))
    if request.method == "POST" and form.is_valid():
        actions.keep_draft(me, **form.cleaned_data)
        return redirect(f"{reverse('updates-for')}?{urlencode({'to': to})}" if to else "updates-for")
    return page(request, "followups/pages/updates_new.html", form=form, seats=slipping.advocates(me), room="more")


@signed_in("GET", "POST")
def updates_for(request: HttpRequest) -> HttpResponse:
    """Ask whom news are for, once there are some."""
    me = whoami.me(request)
    kept = drafts.so_far(me, request.GET.get("to", ""))
    if "text" not in kept:
        return redirect("updates-new")
    form = ConcernsForm(request.POST or None, seats=slipping.advocates(me), initial=kept)
    if request.method == "POST" and form.is_valid():
        actions.keep_draft(me, **form.cleaned_data)
        return redirect("updates-preview")
    return page(request, "followups/pages/updates_for.html", form=form, room="more")


@signed_in("GET", "POST")
def updates_preview(request: HttpRequest) -> HttpResponse:
    """Exactly what they will read; a POST lets it go to each of those chosen, half a minute later."""
    draft = drafts.ready(whoami.me(request))
    if draft is None:
        return redirect("updates-new")
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        with refusals_on(form):
            half_minute.hold(draft, request.POST.get("seen", ""))
            return redirect("updates-leaving")
    shown = {"draft": draft, "seen": half_minute.draft_print(draft), "wording": wording}
    return page(request, "followups/pages/updates_preview.html", form=form, room="more", **shown)


@signed_in("GET", "POST")
def updates_leaving(request: HttpRequest) -> HttpResponse:
    """It leaves in half a minute; a POST takes it back from everybody. Once it has left there is nothing here any more."""
    rows = half_minute.leaving(slipping.advocates(whoami.me(request)))
    if request.method == "POST":
        in_time = [holding.take_back(seat, row.key) for seat, row in rows]
        say(request, _("Taken back. Nobody saw it.") if in_time and all(in_time) else _("It had left already."))
        return redirect("updates-new")
    if not rows:
        return redirect("today")
    seconds = max(0, round((rows[-1][1].leaves_at - timezone.now()).total_seconds()))
    shown = {"text": rows[0][1].words.unseal(rows[0][0]), "names": recipients_words([seat for seat, _row in rows])}
    answer = page(request, "followups/pages/updates_leaving.html", room="more", **shown)
    answer["Refresh"] = str(seconds + 2)  # so that no dead button stays on the screen
    return answer


def recipients_words(seats: list[Seat]) -> str:
    """Return whom news goes to, so that no two are called alike."""
    others = [seat.other for seat in seats]
    calls = names.apart([each.person_name for each in others], [each.first_name for each in others])
    return languages.series(calls, brief=True)


@signed_in("POST")
def updates_drop(request: HttpRequest) -> HttpResponse:
    """Put the draft away."""
    actions.drop_draft(whoami.me(request))
    return redirect("updates-new")
