"""What can be done about a profile: write it, tell stories, add files; and show it in a relationship, worded for it."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from goodword.ground.refusals import Refusal
from goodword.ground.stores import StoreAway
from goodword.people.models import Person
from goodword.people.own_rows import own_row
from goodword.profiles import files, queries, rules, store
from goodword.profiles.models import OwnFile, OwnProfile, ProfileDraft, ShownFile, ShownProfile
from goodword.profiles.rules import Profile, Proof, Story
from goodword.relationships import holding
from goodword.relationships.acting import acting
from goodword.relationships.models import Seat
from goodword.relationships.verbs import Verb

log = logging.getLogger("goodword.profiles")
SENTENCES = {
    "empty": _("That file is empty. Choose another one."),
    "large": _("That file is larger than 6 MB. Choose a smaller one."),
    "kind": _(
        "That is not a picture or a PDF of a kind we can keep, whatever its name says. JPEG, PNG, WebP, GIF, AVIF, HEIC and"
        " PDF can be taken."
    ),
    "broken": _("That file can’t be read to its end. Save it once more, or choose another one."),
    "pixels": _("That picture has more than 50 million points. Choose a smaller one."),
    "pages": _("That PDF has more than 40 pages. Choose the few that matter."),
    "locked": _("That PDF is locked with a password. Save it without one."),
    "packed": _("That file unpacks to far more than it seems to hold. Choose another one."),
    "slow": _("That file takes too long to read. Save it smaller or simpler, or choose another one."),
    "form": _("The pages of that PDF are made by a program inside it. Print it to a new PDF, and choose that one."),
    "entry": _(
        "What is filled in on that PDF can’t be drawn as you see it. Print it to a new PDF, and choose that one."
    ),
    "marks": _("What is marked on that PDF can’t be drawn as you see it. Print it to a new PDF, and choose that one."),
    "packing": _("A picture in that PDF is packed in a rare way. Print it to a new PDF, and choose that one."),
}


def _change(person: Person, change: Callable[[Profile], Profile]) -> Profile:
    """Change what a person says of their work, and return it."""
    with transaction.atomic():
        row = own_row(OwnProfile.objects, person)
        now = change(queries.read(row))
        row.seal(now)
        row.save(update_fields=["content"])
        return now


def keep(person: Person, words: Mapping[str, Any]) -> None:
    """Keep what a person says of their work. Nobody sees it before it is shown to them (D1)."""
    _change(person, lambda profile: replace(profile, **words))


def keep_story(person: Person, place: int, story: Story) -> Profile:
    """Keep one story, at a place from 0; one that tells nothing goes. Return the profile. Raises Refusal for a fifth."""
    if place >= rules.MOST_STORIES:
        raise Refusal(str(_("Four stories are as many as anybody remembers. Take one out first.")))
    return _change(person, lambda profile: profile.with_story(min(place, len(profile.stories)), story))


def keep_proof(person: Person, place: int, proof: Proof) -> Profile:
    """Keep one proof, at a place from 0; one that says nothing goes. Return the profile. Raises Refusal for a ninth."""
    if place >= rules.MOST_PROOFS:
        raise Refusal(str(_("Eight are as many as anybody reads. Take one out first.")))
    return _change(person, lambda profile: profile.with_proof(min(place, len(profile.proofs)), proof))


def clean_file(raw: bytes) -> files.Clean:
    """Return a file as it may be kept. Raises Refusal, on the field `file`, for what is no picture or PDF, or too much of one."""
    try:
        return files.clean_file(raw)
    except files.UnusableFile as why:
        raise Refusal(str(SENTENCES[str(why)]), "file") from why


def add_file(person: Person, title: str, raw: bytes) -> OwnFile:
    """Make a file clean and keep it. Raises Refusal, and keeps nothing, as `clean_file` does, or for a seventh."""
    clean = clean_file(raw)
    row = OwnFile(person=person, type=clean.type)
    with keeping():
        row.seal(title, clean.content)  # before the lock: a store may take its time
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        if OwnFile.objects.filter(person=person).count() < rules.MOST_FILES:
            row.save(force_insert=True)
            return row
        store.forget(row.stored_content())
    raise Refusal(str(_("Six files are as many as anybody opens. Take one away first.")), "file")


@contextmanager
def keeping() -> Iterator[None]:
    """Say it on the form, where the store for files does not take one (Refusal, on the field `file`)."""
    try:
        yield
    except StoreAway as away:
        log.error("a file could not be kept: %s", away)
        sentence = _("Files can’t be kept at the moment; the fault is ours. Nothing was kept: try again in a while.")
        raise Refusal(str(sentence), "file") from away


def take_file_away(file: OwnFile) -> None:
    """Delete a file, and with it every showing of it."""
    with transaction.atomic():
        if settings.FILES is not None:
            store.forget(file.stored_content())
        file.delete()


def word(
    seat: Seat, words: Mapping[str, str], stories: Sequence[int], keys: Sequence[str], proofs: Sequence[int] = ()
) -> None:
    """Keep how the profile is worded for this relationship, and what goes with it, in one's side's drawer."""
    with acting(seat):
        chosen = {"stories": list(stories), "files": list(keys), "proofs": list(proofs)}
        content = json.dumps({"words": dict(words), **chosen})
        row = ProfileDraft.objects.owned_by(seat).filter(author_id=seat.person_id).first()
        if row is None:
            ProfileDraft.objects.write(seat, content=content)
        else:
            row.content = content
            row.save(update_fields=["content"])


def profile_to_show(seat: Seat, seen: str) -> tuple[Profile, list[OwnFile]]:
    """Return what would be shown now, which is what was previewed: `seen` is the print on that page.

    Raises Refusal if there is nothing to show, nobody to show it to, or it has changed since.
    """
    if seat.alone:
        name = seat.other.first_name
        raise Refusal(str(_("%(name)s has not joined yet. It stays with you until then.") % {"name": name}))
    profile, chosen = queries.profile_for(seat)
    if not profile.says_something:
        raise Refusal(str(_("There is nothing to show so far. Say in a sentence what you do.")))
    holding.refuse_unless_seen(seat, seen, *queries.print_texts(profile, chosen))
    return profile, chosen


def show(seat: Seat, profile: Profile, keys: Sequence[str]) -> ShownProfile:
    """Show a profile to the other side: a copy, which later changes do not touch (D2), with those files that are there still.

    Its wording for this relationship is put away, unless it says something else by now.
    """
    with acting(seat) as act:
        row = ShownProfile.objects.write(seat, content=profile.plain(), created_at=act.now)
        for file in OwnFile.objects.filter(person=seat.person, key__in=keys).defer("content").order_by("id"):
            ShownFile.objects.write(seat, profile=row, file=file, title=file.title, created_at=act.now)
        if queries.profile_for(seat)[0] == profile:
            ProfileDraft.objects.owned_by(seat).filter(author_id=seat.person_id).delete()
        act.announce(Verb.PROFILE_SHOWN, row)
        return row
