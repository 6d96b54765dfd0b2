"""Pages of profiles within a relationship: theirs, ours as they see it, worded for them, and shown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from goodword.profiles import actions, half_minute, queries, wording
from goodword.profiles.files import PDF
from goodword.profiles.forms import WordingForm
from goodword.profiles.models import ShownFile
from goodword.profiles.rules import WORDS
from goodword.relationships.doorway import find, seated
from goodword.relationships.models import Seat
from goodword.ui.answers import page, refusals_on
from goodword.ui.doors import who_is_it


@seated("GET")
def theirs(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show what the other side does, in their own words."""
    return profiles_page(request, seat, "theirs")


@seated("GET")
def ours(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Show what the other side sees of our profile."""
    return profiles_page(request, seat, "ours")


def profiles_page(request: HttpRequest, seat: Seat, whose: str) -> HttpResponse:
    """Show the profiles of one side."""
    return page(
        request,
        "profiles/pages/shown.html",
        seat=seat,
        whose=whose,
        shown=queries.profiles_of(seat, whose),
        labels=wording.labels(),
        kinds=wording.kinds(),
        proves=wording.proves(),
        size_words=wording.size_words,
        today=timezone.localdate(),
        may_act=seat.open and not seat.mirror,
        room="relationships",
    )


@seated("GET", "POST")
def words(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Word one's profile otherwise for one partner."""
    assert seat.person is not None  # noqa: S101 - the doorway lets nobody else through
    profile, files = queries.own(seat.person), queries.own_files(seat.person)
    form = WordingForm(
        request.POST if request.method == "POST" else None, profile=profile, files=files, initial=_begins_with(seat)
    )
    if form.is_valid():
        said = form.cleaned_data
        chosen = (said.get("stories", []), said.get("papers", []), said.get("proofs", []))
        with refusals_on(form):
            actions.word(seat, form.words(), *chosen)
            return redirect("profile-preview", seat.key)
    return page(request, "profiles/pages/words.html", seat=seat, form=form, profile=profile, room="relationships")


def _begins_with(seat: Seat) -> dict[str, Any]:
    """Return what the form starts from: as worded before, or the profile with everything in it."""
    assert seat.person is not None  # noqa: S101 - the doorway lets nobody else through
    profile, chosen = queries.profile_for(seat)
    kept = queries.draft(seat)
    every = queries.own(seat.person)
    stories = kept["stories"] if kept else range(len(every.stories))
    proofs = kept.get("proofs", range(len(every.proofs)))
    return {
        **{name: getattr(profile, name) for name in WORDS},
        "stories": [str(at) for at in stories],
        "proofs": [str(at) for at in proofs],
        "papers": [one.key for one in chosen],
    }


@seated("GET", "POST")
def preview(request: HttpRequest, seat: Seat) -> HttpResponse:
    """Exactly what they will see; POST shows it to them, half a minute later. A file goes only when it is sure who sends it (T35)."""
    exactly = queries.preview(seat)
    if exactly["files"] and (ask := who_is_it(request, ("GET", "POST"))):
        return ask
    form = forms.Form(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        with refusals_on(form):
            return redirect("held", seat.key, half_minute.hold(seat, request.POST.get("seen", "")).key)
    return page(
        request,
        "profiles/pages/preview.html",
        form=form,
        **exactly,
        labels=wording.labels(),
        kinds=wording.kinds(),
        proves=wording.proves(),
        size_words=wording.size_words,
        room="relationships",
    )


@seated("GET")
def profile_file(request: HttpRequest, seat: Seat, item: str) -> HttpResponse:
    """A file that was shown with a profile."""
    shown = find(ShownFile.objects.visible_to(seat).select_related("file"), item)
    return as_file(shown.file.unseal(), shown.file.type)


def as_file(content: bytes, type_found: str) -> HttpResponse:
    """Answer with a file to be kept, never to be run: under a name of ours, of the type it was found to have (T20)."""
    ending = {PDF: "pdf", "image/png": "png"}.get(type_found, "jpg")
    answer = HttpResponse(content, content_type=type_found)
    answer["Content-Disposition"] = f'attachment; filename="goodword-file.{ending}"'
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer
