"""What a profile says, and how much of it there can be. Pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

MOST_STORIES = 4
MOST_PROOFS = 8
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
    def says_something(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.short or self.long)


@dataclass(frozen=True, slots=True)
class Proof:
    """One thing that stands behind somebody's work: what kind, what it is, and until when it holds ("" if it has no end)."""

    kind: str = ""
    what: str = ""
    until: str = ""  # the day as ISO 8601 has it, so that it can be kept as plain values

    @property
    def day(self) -> dt.date | None:
        """The last day it holds."""
        return dt.date.fromisoformat(self.until) if self.until else None

    def over(self, today: dt.date) -> bool:
        """Whether it holds no longer."""
        return self.day is not None and self.day < today


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
    proofs: tuple[Proof, ...] = field(default_factory=tuple)

    @property
    def says_something(self) -> bool:
        """Whether there is anything to show."""
        return bool(self.does or self.whom or self.why or self.hopes or self.proof or self.stories or self.proofs)

    def with_words(self, words: Mapping[str, str], stories: Sequence[int], proofs: Sequence[int]) -> Profile:
        """Return it as worded for one relationship, with the stories and the proof chosen for it by their place."""
        kept = {name: words.get(name, getattr(self, name)) for name in WORDS}
        chosen = tuple(one for at, one in enumerate(self.stories) if at in stories)
        return replace(
            self, **kept, stories=chosen, proofs=tuple(one for at, one in enumerate(self.proofs) if at in proofs)
        )

    def with_story(self, place: int, story: Story) -> Profile:
        """Return it with one story written, at a place from 0; one that tells nothing is taken out."""
        stories = [*self.stories[:place], story, *self.stories[place + 1 :]]
        return replace(self, stories=tuple(one for one in stories if one.says_something)[:MOST_STORIES])

    def with_proof(self, place: int, proof: Proof) -> Profile:
        """Return it with one proof written, at a place from 0; one that says nothing is taken out."""
        proofs = [*self.proofs[:place], proof, *self.proofs[place + 1 :]]
        return replace(self, proofs=tuple(one for one in proofs if one.what)[:MOST_PROOFS])

    def plain(self) -> dict[str, Any]:
        """Return it as plain values, to be kept."""
        return asdict(self)

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> Profile:
        """Return what `plain` made of it."""
        stories = tuple(Story(**one) for one in kept.get("stories", ()))
        return cls(**{**kept, "stories": stories, "proofs": tuple(Proof(**one) for one in kept.get("proofs", ()))})
