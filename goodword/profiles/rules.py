"""What a profile says, and how much of it there can be. Pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

MOST_STORIES = 4
MOST_FILES = 6
KINDS = ("business", "practice", "charity", "adviser", "other")
WORDS = ("does", "whom", "why", "hopes", "proof")  # what can be worded otherwise for one relationship


@dataclass(frozen=True, slots=True)
class Story:
    """One story others can tell: a title, a short and a long form, and notes for whoever tells it."""

    title: str = ""
    short: str = ""
    long: str = ""
    notes: str = ""

    @property
    def told(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.short or self.long)


@dataclass(frozen=True, slots=True)
class Profile:
    """A person's work in their own words: what, for whom, why them, what they hope for here, and what proves it."""

    kind: str = ""
    does: str = ""
    whom: str = ""
    why: str = ""
    hopes: str = ""
    proof: str = ""
    stories: tuple[Story, ...] = field(default_factory=tuple)

    @property
    def says_something(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.does or self.whom or self.why or self.hopes or self.proof or self.stories)

    def worded(self, words: Mapping[str, str], stories: Sequence[int]) -> Profile:
        """Return it as worded for one relationship, with the stories chosen for it by their place."""
        kept = {name: words.get(name, getattr(self, name)) for name in WORDS}
        return replace(self, **kept, stories=tuple(s for at, s in enumerate(self.stories) if at in stories))

    def with_story(self, place: int, story: Story) -> Profile:
        """Return it with one story written, at a place from 0; one that tells nothing is taken out."""
        stories = [*self.stories[:place], story, *self.stories[place + 1 :]]
        return replace(self, stories=tuple(one for one in stories if one.told)[:MOST_STORIES])

    def plain(self) -> dict[str, Any]:
        """Return it as plain values, to be kept."""
        return asdict(self)

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Profile:
        """Return what `plain` made of it."""
        return cls(**{**kept, "stories": tuple(Story(**one) for one in kept.get("stories", ()))})


def fingerprint(profile: Profile, files: Sequence[str]) -> str:
    """Return what tells one profile from another: what was previewed is what is shown (T13)."""
    said = json.dumps([profile.plain(), sorted(files)], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()
