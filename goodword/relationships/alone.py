"""What waits while a side is alone in a relationship."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from goodword.relationships import invitations, mailing
from goodword.relationships.models import Seat
from goodword.relationships.waits import Kind, Turn, Urgency, Wait, page_of


def waiting_for_answer(seat: Seat, now: dt.datetime) -> Iterator[Wait]:
    """Return what waits while a side is alone: the letter to be written or sent, or the other's answer."""
    if not seat.alone:
        return
    letter = invitations.of(seat)
    if letter is None and seat.keeps_alone:
        return
    if letter is None:
        yield Wait(Kind.WRITE_LETTER, page_of(seat, "letter-words"))
    elif letter.offered_at is None:
        yield Wait(Kind.SEND_LETTER, page_of(seat, "letter"))
    elif not letter.answer and mailing.came_back(letter):
        yield Wait(Kind.CAME_BACK, page_of(seat, "letter-sent"))
    elif letter.answer == "not_now":
        yield Wait(Kind.NOT_NOW, page_of(seat, "letter-sent"), Urgency.OTHERS, Turn.THEIRS)
    else:
        kind = Kind.WAIT_JOIN if letter.answer == "yes" else Kind.WAIT_ANSWER
        yield Wait(kind, page_of(seat, "letter-code"), Urgency.OTHERS, Turn.THEIRS)
