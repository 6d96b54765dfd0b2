"""Recall cards made from what was taught, and when each comes round: pure, for one person alone (M30 to M33).

When a card comes round is worked out by FSRS (Free Spaced Repetition Scheduler, version 6, in py-fsrs). It spaces by days; a
practice is once a week and short, so what comes round within the week waits for it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from fsrs import Card, Rating, Scheduler

from goodword.teaching.rules.content import TaughtLine

A_WEEK = dt.timedelta(days=7)
AT_MOST = 8  # cards in one practice: about two minutes
# Steps of minutes within a day are for cramming. Nothing is left to chance, so that one answer gives one date.
SCHEDULER = Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
# What is asked, in this order: whom to listen for first, then what to say and how.
ORDER = (
    "listen_for",
    "moment",
    "sector",
    "services",
    "short_words",
    "question_to_ask",
    "long_words",
    "if_asked_cost",
    "not_services",
    "not_these",
    "not_to_say",
)


class Recollection(IntEnum):
    """How an answer came to mind. The values are FSRS's ratings."""

    NOT_YET = Rating.Again
    ROUGHLY = Rating.Hard
    WELL = Rating.Good
    AT_ONCE = Rating.Easy


@dataclass(frozen=True, slots=True)
class CardState:
    """One card as it is kept: which text it was for, and where it stands with FSRS."""

    text: str
    card: Card

    @property
    def last(self) -> dt.datetime:
        """When it was last asked."""
        assert self.card.last_review is not None  # noqa: S101 - it is kept once it has been asked
        return self.card.last_review


@dataclass(frozen=True, slots=True)
class Deck:
    """Somebody's cards by field. A field that was never asked, or is taught otherwise by now, is not in it."""

    cards: Mapping[str, CardState] = field(default_factory=dict)

    @classmethod
    def read(cls, said: str) -> Deck:
        """Return what `said` made of a deck."""
        return cls(
            {name: CardState(one["text"], Card.from_dict(one["card"])) for name, one in json.loads(said).items()}
        )

    def as_text(self) -> str:
        """Return it as text, to be kept."""
        return json.dumps({name: {"text": one.text, "card": one.card.to_dict()} for name, one in self.cards.items()})

    def without_stale(self, lines: Sequence[TaughtLine]) -> Deck:
        """Return it without the cards whose text has changed or gone: they begin anew (M38)."""
        texts = {line.field: fingerprint(line.text) for line in lines}
        return Deck({name: one for name, one in self.cards.items() if texts.get(name) == one.text})

    def with_answer(self, line: TaughtLine, came: Recollection, now: dt.datetime) -> Deck:
        """Return it with one card answered."""
        before = self.cards[line.field].card if line.field in self.cards else Card(card_id=0)
        card, _log = SCHEDULER.review_card(before, Rating(came), now)
        return Deck({**self.cards, line.field: CardState(fingerprint(line.text), card)})


def fingerprint(text: str) -> str:
    """Return what tells one text from another."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def to_ask(lines: Sequence[TaughtLine]) -> list[TaughtLine]:
    """Return what there are cards for, in the order in which they are asked."""
    by_field = {line.field: line for line in lines}
    return [by_field[name] for name in ORDER if name in by_field]


def next_practice(deck: Deck, lines: Sequence[TaughtLine], now: dt.datetime) -> dt.datetime:
    """Return when to practise next, which may be now or past: when a card comes round, a week after the last time at the earliest.

    A practice goes on for a day: a card that comes round in the middle of it still belongs to it.
    """
    if not deck.cards:
        return now
    last, new = (
        max(one.last for one in deck.cards.values()),
        any(line.field not in deck.cards for line in to_ask(lines)),
    )
    if now - last < dt.timedelta(days=1) and due(deck, lines, now):
        return now
    return last + A_WEEK if new else max(last + A_WEEK, min(one.card.due for one in deck.cards.values()))


def due(deck: Deck, lines: Sequence[TaughtLine], now: dt.datetime) -> list[TaughtLine]:
    """Return what is to be asked in this practice and has not been yet.

    What is new comes first, then what has come round, and of that whatever is nearest to being forgotten.
    """
    asked_today = sum(now - one.last < dt.timedelta(days=1) for one in deck.cards.values())
    new = [line for line in to_ask(lines) if line.field not in deck.cards]
    known = [line for line in to_ask(lines) if line.field in deck.cards and deck.cards[line.field].card.due <= now]
    known.sort(key=lambda line: SCHEDULER.get_card_retrievability(deck.cards[line.field].card, now))
    return [*new, *known][: max(0, AT_MOST - asked_today)]
