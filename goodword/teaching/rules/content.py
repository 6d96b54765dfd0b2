"""Rules of teaching (M30 to M33). Pure: what may be put forward, what changed, when an approach is wanted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from goodword.ground.differences import Piece, Wording, marks, same_words
from goodword.relationships.steps import Step

WHOM, WHAT, WORDS, ROUTE = "whom", "what", "words", "route"
PARTS = (WHOM, WHAT, WORDS)  # M30, M31, M32: each is said, or it is not taught yet
RATED_ITEMS = (*PARTS, ROUTE)  # the items an advocate rates from 0 to 10
WHOLE = ""  # not one item of what is taught, but all of it
REACH = "reach"  # how to get hold of the teaching side, in its own words
EASY_FROM = 7  # below this, on 0 to 10, the two sides work out an approach together
SPOKEN_FIELDS = ("short_words", "question_to_ask", "long_words")  # words meant to be said aloud
PLAIN = ("services", "difference")
BOXES = ("sector", "moment", "services", "short_words", "question_to_ask")  # the five that are asked first
QUOTES = ("“", '"', "‘", "«", "„", "'")


class Feel(StrEnum):
    """How it would feel to say it (M33)."""

    TODAY = "today"
    PRACTICE = "practice"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class TaughtLine:
    """One thing taught: which part it belongs to, which field it answers, and what it says."""

    part: str
    field: str
    label: str
    text: str

    @property
    def spoken(self) -> bool:
        """Whether these are words to say aloud."""
        return self.field in SPOKEN_FIELDS

    @property
    def plain(self) -> bool:
        """Whether it reads as a sentence, without its label."""
        return self.field in PLAIN

    @property
    def in_quotes(self) -> str:
        """The text in quotation marks, unless it brings its own."""
        return self.text if self.text.startswith(QUOTES) else f"“{self.text}”"


@dataclass(frozen=True, slots=True)
class LineChange:
    """One thing that is taught otherwise than before; `was` is empty for what is new, `now` for what was dropped."""

    label: str
    was: Wording
    now: Wording


def may_give(step: Step) -> bool:
    """Whether teaching may be put before the other side: from its step on, and ever after. Drafting is never closed."""
    return step >= Step.AGREE


def missing(lines: Sequence[TaughtLine]) -> list[str]:
    """Return the parts that say nothing yet."""
    said = {line.part for line in lines}
    return [part for part in PARTS if part not in said]


def fingerprint(lines: Sequence[TaughtLine]) -> str:
    """Return what tells one text from another: what was previewed is what is put on the table (T13)."""
    said = "\x1f".join(f"{line.part}\x1e{line.field}\x1e{line.text}" for line in lines)
    return hashlib.sha256(said.encode()).hexdigest()


def changes(was: Sequence[TaughtLine], now: Sequence[TaughtLine]) -> list[LineChange]:
    """Return what differs, in the order it is taught now; what was dropped stands at the end."""
    before, after = ({line.field: line for line in lines} for lines in (was, now))
    found = [_change(before.get(line.field), line) for line in now]
    dropped = [LineChange(line.label, (Piece(line.text, True),), ()) for line in was if line.field not in after]
    return [each for each in found if each] + dropped


def _change(was: TaughtLine | None, now: TaughtLine) -> LineChange | None:
    if was is None:
        return LineChange(now.label, (), (Piece(now.text, True),))
    if same_words(was.text, now.text):
        return None
    return LineChange(now.label, *marks(was.text, now.text))


def items(lines: Sequence[TaughtLine]) -> list[str]:
    """Return what is rated one by one from 0 to 10: whom, what, words and the ways, as far as they are taught."""
    said = {line.part for line in lines if line.field != REACH}
    return [part for part in RATED_ITEMS if part in said]


def hard(feel: str, scores: Mapping[str, int]) -> tuple[str, ...]:
    """Return the items for which the two sides should work out an approach that removes the need (M33).

    Each below seven; all of it where somebody would rather find another way and no single item is what stands in it.
    """
    low = tuple(part for part in RATED_ITEMS if scores.get(part, EASY_FROM) < EASY_FROM)
    return low or ((WHOLE,) if feel == Feel.OTHER else ())


def open_items(wanted: Iterable[str], agreed: Iterable[str]) -> tuple[str, ...]:
    """Return the items still to be worked out: an approach to an item settles that one, an approach to all of it every one."""
    settled = set(agreed)
    return () if WHOLE in settled else tuple(part for part in wanted if part not in settled)
