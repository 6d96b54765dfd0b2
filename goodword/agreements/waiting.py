"""What this room waits for from a seat: the same text, accepted by both (M27)."""

from __future__ import annotations

from goodword.agreements import queries
from goodword.relationships.models import Seat
from goodword.relationships.waits import Kind, Turn, Urgency, Wait, page_of


def agreement(seat: Seat) -> Wait:
    """Return whose turn it is: to begin, to accept, or theirs."""
    latest = queries.latest(seat)
    page = page_of(seat, "agreement")
    if latest is None:
        return Wait(Kind.AGREEMENT, page, needed=True)
    ours, _theirs = queries.acceptance_of_both(seat)
    if ours:
        return Wait(Kind.WAIT_THEM, page, Urgency.OTHERS, Turn.THEIRS, needed=True)
    return Wait(Kind.ACCEPT, page, Urgency.SOON, needed=True, key=latest.key)
