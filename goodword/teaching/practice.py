"""Practising what the other side taught, for oneself alone: begin, answer a card, stop and have it burned. Optional."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.ground.refusals import Refusal
from goodword.relationships.acting import acting
from goodword.relationships.models import Seat
from goodword.relationships.visibility import Mine, SealedText
from goodword.teaching import wording
from goodword.teaching.queries import pages
from goodword.teaching.rules import recall
from goodword.teaching.rules.content import TaughtLine
from goodword.teaching.rules.recall import Deck, Recollection


class Practice(Mine):
    """One person's recall cards for what one side taught. How they are getting on is theirs alone, so all of it is sealed."""

    cards = SealedText()

    class Meta(Mine.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "author"], name="one_practice_a_person")]


@dataclass(frozen=True, slots=True)
class PracticePage:
    """What the page of practice shows: whether one has begun, the card that is asked, how many are left, and when next."""

    begun: bool
    card: TaughtLine | None = None
    question: str = ""
    left: int = 0
    next_at: dt.datetime | None = None


def _lines(seat: Seat) -> list[TaughtLine]:
    taught = pages.theirs(seat)
    return list(taught.lines) if taught else []


def _deck(row: Practice, seat: Seat, lines: list[TaughtLine]) -> Deck:
    return Deck.read(row.cards.unseal(seat)).without_stale(lines)


def practice_page(seat: Seat) -> PracticePage:
    """Return what the page of practice shows this person."""
    row, now = Practice.objects.visible_to(seat).first(), timezone.now()
    if row is None:
        return PracticePage(begun=False)
    lines = _lines(seat)
    deck = _deck(row, seat, lines)
    next_at = recall.next_practice(deck, lines, now)
    asked = recall.due(deck, lines, now) if next_at <= now else []
    if not asked:
        return PracticePage(begun=True, next_at=max(next_at, now) if deck.cards else None)
    return PracticePage(True, asked[0], wording.question(asked[0].field, seat.other.first_name), len(asked))


def begin(seat: Seat) -> Practice:
    """Begin to practise; twice is once. Raises Refusal if the other side has taught nothing yet."""
    with acting(seat, only_me=True):
        if not recall.to_ask(_lines(seat)):
            raise Refusal(_("%(name)s has not written down what to say yet.") % {"name": seat.other.first_name})
        row = Practice.objects.owned_by(seat).first()
        return row or Practice.objects.write(seat, cards=Deck().as_text())


def answer(seat: Seat, field: str, came: Recollection) -> None:
    """Keep how the answer to a card came to mind.

    Raises Refusal if one has not begun, or the card is not asked any more: answered already, or taught otherwise by now.
    """
    with acting(seat, only_me=True) as act:
        row, lines = Practice.objects.owned_by(seat).first(), _lines(seat)
        if row is None:
            raise Refusal(_("You have stopped practising. You can begin again."))
        deck = _deck(row, seat, lines)
        line = next((one for one in recall.due(deck, lines, act.now) if one.field == field), None)
        if line is None:
            raise Refusal(_("That card has had its answer, or reads otherwise by now."))
        row.cards = deck.with_answer(line, came, act.now).as_text()
        row.save(update_fields=["cards"])


def stop(seat: Seat) -> None:
    """Stop, and delete every card, really. Allowed after the end, too."""
    with acting(seat, after_the_end=True, only_me=True):
        Practice.objects.owned_by(seat).delete()
