"""Rules of teaching (M30 to M33). Pure: what may be put forward, what changed, when an approach is wanted."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from goodword.ground.differences import Marked, Piece, marks, same_words
from goodword.relationships.steps import Step

WHOM, WHAT, WORDS, ROUTE = "whom", "what", "words", "route"
PARTS = (WHOM, WHAT, WORDS)  # M30, M31, M32: each is said, or it is not taught yet
REACH = "reach"  # how to get hold of the teaching side, in its own words
EASY_FROM = 7  # below this, on 0 to 10, the two sides work out an approach together
SPOKEN = ("short_words", "question_to_ask", "long_words")  # words meant to be said aloud
PLAIN = ("services", "difference")
KEPT_BACK = ("not_services", "not_these", "not_to_say")
QUOTES = ("“", '"', "‘", "«", "„", "'")


class Feel(StrEnum):
    """How it would feel to say it (M33)."""

    TODAY = "today"
    PRACTICE = "practice"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing taught: which part it belongs to, which field it answers, and what it says."""

    part: str
    field: str
    label: str
    text: str

    @property
    def spoken(self) -> bool:
        """Whether these are words to say aloud."""
        return self.field in SPOKEN

    @property
    def plain(self) -> bool:
        """Whether it reads as a sentence, without its label."""
        return self.field in PLAIN

    @property
    def quoted(self) -> str:
        """The text in quotation marks, unless it brings its own."""
        return self.text if self.text.startswith(QUOTES) else f"“{self.text}”"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is taught otherwise than before; `was` is empty for what is new, `now` for what was dropped."""

    label: str
    was: Marked
    now: Marked


def may_give(step: Step) -> bool:
    """Whether teaching may be put before the other side: from its step on, and ever after. Drafting is never closed."""
    return step >= Step.AGREE


def missing(lines: Sequence[Line]) -> list[str]:
    """Return the parts that say nothing yet."""
    said = {line.part for line in lines}
    return [part for part in PARTS if part not in said]


def fingerprint(lines: Sequence[Line]) -> str:
    """Return what tells one text from another: what was previewed is what is put on the table (T13)."""
    said = "\x1f".join(f"{line.part}\x1e{line.field}\x1e{line.text}" for line in lines)
    return hashlib.sha256(said.encode()).hexdigest()


def changes(was: Sequence[Line], now: Sequence[Line]) -> list[Change]:
    """Return what differs, in the order it is taught now; what was dropped stands at the end."""
    before, after = ({line.field: line for line in lines} for lines in (was, now))
    found = [_change(before.get(line.field), line) for line in now]
    dropped = [Change(line.label, (Piece(line.text, True),), ()) for line in was if line.field not in after]
    return [each for each in found if each] + dropped


def _change(was: Line | None, now: Line) -> Change | None:
    if was is None:
        return Change(now.label, (), (Piece(now.text, True),))
    if same_words(was.text, now.text):
        return None
    return Change(now.label, *marks(was.text, now.text))


def hard(scores: Mapping[str, int]) -> list[str]:
    """Return the parts that are not easy enough yet to be said, hardest first."""
    return sorted((part for part, score in scores.items() if score < EASY_FROM), key=lambda part: scores[part])


def wants_approach(feel: str, scores: Mapping[str, int]) -> bool:
    """Whether the two sides should work out an approach that removes the need (M33)."""
    return feel == Feel.OTHER or bool(hard(scores))
