"""The precious ten (M23). Acts in one's own drawer: not even colleagues' lists are touched."""

from __future__ import annotations

from collections.abc import Sequence

from goodword.relationships.acting import acting
from goodword.relationships.models import Seat
from goodword.reservations.actions.keeping import forget_draft
from goodword.reservations.models import PreciousLine, PreciousRound, PrivateReservation
from goodword.reservations.rules import TEN, Hand


def begin(seat: Seat, names: Sequence[str]) -> PreciousRound:
    """Begin a round with up to ten names, initials or numbers. The rounds before it stay, to show what changed."""
    with acting(seat, only_me=True) as act:
        new = PreciousRound.objects.write(seat, created_at=act.now)
        for place, name in enumerate(names[:TEN]):
            PreciousLine.objects.write(seat, round=new, place=place, name=name, created_at=act.now)
    return new


def answer(seat: Seat, line: PreciousLine, hand: Hand) -> PreciousLine:
    """Answer whether one would hand this one over today."""
    with acting(seat, only_me=True) as act:
        line.answer, line.answered_at = hand.value, act.now
        line.save(update_fields=["answer", "answered_at"])
    return line


def hold_back(seat: Seat, line: PreciousLine, reason: str, keep: bool) -> PreciousLine:
    """Write down what holds one back; with `keep`, also as a reservation in one's own drawer, without the name."""
    with acting(seat, only_me=True) as act:
        line.reason = reason
        line.save(update_fields=["reason"])
        forget_draft(seat, f"why-{line.key}")
        if keep and reason:
            PrivateReservation.objects.write(seat, text=reason, created_at=act.now)
    return line


def burn(seat: Seat) -> None:
    """Delete every round and line, really. Allowed after the end, too."""
    with acting(seat, after_the_end=True, only_me=True):
        PreciousLine.objects.owned_by(seat).delete()
        PreciousRound.objects.owned_by(seat).delete()
