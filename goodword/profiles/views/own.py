"""Pages of one's own profile: what one does, stories others can tell, and a few files."""

from __future__ import annotations

from dataclasses import asdict

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.people import whoami
from goodword.profiles import actions, files, queries, rules, wording
from goodword.profiles.forms import FileForm, ProfileForm, ProofForm, StoryForm
from goodword.profiles.models import OwnFile
from goodword.profiles.rules import Proof, Story
from goodword.profiles.views.copies import as_file
from goodword.relationships.doorway import find
from goodword.ui.answers import page, refusals_on, say
from goodword.ui.doors import signed_in


@signed_in("GET", "POST")
def profile(request: HttpRequest) -> HttpResponse:
    """Show one's profile; POST keeps what one does, for whom, and why oneself."""
    person = whoami.me(request)
    form = ProfileForm(request.POST if request.method == "POST" else None, initial=asdict(queries.own(person)))
    if form.is_valid():
        actions.keep(person, form.cleaned_data)
        say(request, _("Kept. Nobody sees it before you show it to them."))
        return redirect("profile")
    return profile_page(request, form=form)


def profile_page(request: HttpRequest, form: ProfileForm | FileForm, file_form: FileForm | None = None) -> HttpResponse:
    """Show one's profile; `form` is the one that was sent, and keeps what was typed."""
    person = whoami.me(request)
    shown = queries.own(person)
    return page(
        request,
        "profiles/pages/profile.html",
        form=form,
        profile=shown,
        files=queries.own_files(person),
        profile_form=form if isinstance(form, ProfileForm) else ProfileForm(initial=asdict(shown)),
        file_form=file_form or FileForm(auto_id="file_%s"),
        most=rules.MOST_STORIES,
        most_files=rules.MOST_FILES,
        size_words=wording.size_words,
        most_proofs=rules.MOST_PROOFS,
        proves=wording.proves(),
        today=timezone.localdate(),
        room="more",
    )


@signed_in("GET", "POST")
def story(request: HttpRequest, number: int) -> HttpResponse:
    """One story, from the first to the fourth."""
    person = whoami.me(request)
    stories = queries.own(person).stories
    if not 1 <= number <= min(len(stories) + 1, rules.MOST_STORIES):
        raise Http404
    now = stories[number - 1] if number <= len(stories) else Story()
    form = StoryForm(request.POST if request.method == "POST" else None, initial=asdict(now))
    if request.method == "POST" and request.POST.get("take") == "away":
        actions.keep_story(person, number - 1, Story())
        return redirect("profile")
    if form.is_valid():
        new = Story(**form.cleaned_data)
        if not new.says_something:
            form.add_error("short", _("Write the story in a sentence or two"))
        else:
            with refusals_on(form):
                actions.keep_story(person, number - 1, new)
                return redirect("profile")
    return page(request, "profiles/pages/story.html", form=form, number=number, now=now, room="more")


@signed_in("GET", "POST")
def proof(request: HttpRequest, number: int) -> HttpResponse:
    """One thing that stands behind one's work, from the first to the eighth."""
    person = whoami.me(request)
    proofs = queries.own(person).proofs
    if not 1 <= number <= min(len(proofs) + 1, rules.MOST_PROOFS):
        raise Http404
    now = proofs[number - 1] if number <= len(proofs) else Proof()
    form = ProofForm(request.POST if request.method == "POST" else None, initial={**asdict(now), "until": now.day})
    if request.method == "POST" and request.POST.get("take") == "away":
        actions.keep_proof(person, number - 1, Proof())
        return redirect("profile")
    if form.is_valid():
        with refusals_on(form):
            actions.keep_proof(person, number - 1, form.proof())
            return redirect("profile")
    return page(
        request, "profiles/pages/proof.html", form=form, now=now, over=now.over(timezone.localdate()), room="more"
    )


@signed_in("GET", "POST")
def add_file(request: HttpRequest) -> HttpResponse:
    """Put a picture or PDF with the profile."""
    if request.method != "POST":
        return redirect("profile")
    form = FileForm(request.POST, request.FILES, auto_id="file_%s")
    if form.is_valid():
        raw = form.cleaned_data["file"].read(files.LARGEST + 1)
        with refusals_on(form):
            actions.add_file(whoami.me(request), form.cleaned_data["title"], raw)
            say(request, _("Kept, without anything that says where or with what it was made."))
            return redirect("profile")
    return profile_page(request, form, form)


@signed_in("GET")
def own_file(request: HttpRequest, item: str) -> HttpResponse:
    """One of one's own files."""
    file: OwnFile = find(OwnFile.objects.filter(person=whoami.me(request)), item)
    return as_file(file.unseal(), file.type)


@signed_in("POST")
def file_away(request: HttpRequest, item: str) -> HttpResponse:
    """Take a file away, here and wherever it was shown."""
    actions.take_file_away(find(OwnFile.objects.filter(person=whoami.me(request)), item))
    say(request, _("Taken away, here and wherever you had shown it."))
    return redirect("profile")
