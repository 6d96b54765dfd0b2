"""What the pages of profiles show. Reads only."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from goodword.people.models import Person
from goodword.profiles.models import OwnFile, OwnProfile, ProfileDraft, ShownFile, ShownProfile
from goodword.profiles.rules import Profile
from goodword.relationships import holding
from goodword.relationships.models import Seat
from goodword.relationships.naming import names_of


@dataclass(frozen=True, slots=True)
class ProfileView:
    """One profile as it was shown: by whom, when, what it says, and the files that go with it."""

    row: ShownProfile
    by: str
    profile: Profile
    files: tuple[ShownFile, ...]


def read(row: OwnProfile) -> Profile:
    """Return what lies in a row; an empty profile where nothing was written so far."""
    return row.unseal() if row.content else Profile()


def own(person: Person) -> Profile:
    """Return a person's own profile, for their own pages."""
    row = OwnProfile.objects.filter(person=person).first()
    return read(row) if row else Profile()


def own_files(person: Person) -> list[OwnFile]:
    """Return a person's files without their content, oldest first."""
    return list(OwnFile.objects.filter(person=person).defer("content").order_by("id"))


def draft(seat: Seat) -> dict[str, Any]:
    """Return how this person worded their profile for this relationship; empty where they have not."""
    row = ProfileDraft.objects.visible_to(seat).filter(author_id=seat.person_id).first()
    kept: dict[str, Any] = json.loads(row.content.unseal(seat)) if row else {}
    return kept


def profile_for(seat: Seat) -> tuple[Profile, list[OwnFile]]:
    """Return what would be shown in this relationship now: everything, or as it was worded for it."""
    assert seat.person is not None  # noqa: S101 - a mirror writes nothing
    kept, profile, files = draft(seat), own(seat.person), own_files(seat.person)
    if not kept:
        return profile, files
    proofs = kept.get("proofs", range(len(profile.proofs)))
    return profile.with_words(kept["words"], kept["stories"], proofs), [
        one for one in files if one.key in kept["files"]
    ]


def profiles_of(seat: Seat, whose: str) -> list[ProfileView]:
    """Return the newest profile of each person on our side ("ours") or theirs, as both sides see it. Three queries."""
    side = seat.side_id if whose == "ours" else seat.other_id
    newest: dict[object, ShownProfile] = {}
    rows = ShownProfile.objects.visible_to(seat).filter(side_id=side).select_related("author", "side")
    for row in rows.order_by("created_at", "id"):
        newest[row.author_id] = row
    files = ShownFile.objects.visible_to(seat).filter(profile__in=newest.values()).select_related("file")
    with_files: dict[object, list[ShownFile]] = {}
    for one in files.defer("file__content").order_by("file_id"):
        with_files.setdefault(one.profile_id, []).append(one)
    called = names_of(seat, list(newest.values()))
    return [ProfileView(row, called[row.pk], row.profile, tuple(with_files.get(row.pk, ()))) for row in newest.values()]


def print_texts(profile: Profile, files: list[OwnFile]) -> list[str]:
    """Return all that a profile shows, for the print that tells one from another (T13)."""
    return [json.dumps(profile.plain(), sort_keys=True), *sorted(one.key for one in files)]


def preview(seat: Seat) -> dict[str, Any]:
    """Return the profile as the other side would see it."""
    profile, files = profile_for(seat)
    return {
        "seat": seat,
        "profile": profile,
        "files": files,
        "seen": holding.print_of(seat, *print_texts(profile, files)),
    }
