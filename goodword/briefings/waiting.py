"""What this room waits for from a seat: its gate's needs, and what helps before the encounter."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from goodword.briefings.queries import facts
from goodword.relationships.models import Seat
from goodword.relationships.steps import Role, Step
from goodword.relationships.waits import Kind, Turn, Urgency, Wait, page_of

ENOUGH_QUESTIONS = 3


def waiting(seat: Seat, now: dt.datetime) -> Iterator[Wait]:
    """Return what the other side asks of this one."""
    if seat.alone or seat.paused:
        return
    proposal = facts.order_proposal(seat) if seat.at <= Step.FIRST_BRIEFING else None
    if proposal and proposal.side_id != seat.side_id:
        yield Wait(Kind.ORDER, page_of(seat, "briefing"), since=proposal.created_at, key=proposal.key)


def preparation(seat: Seat, at: dt.datetime) -> Iterator[Wait]:
    """Return what helps before a briefing that is planned for `at`: questions for the listener, notes for the speaker."""
    if seat.speaks:
        if purpose_first(seat):
            yield Wait(Kind.PURPOSE, page_of(seat, "purpose"), Urgency.SOON, by=at, needed=True)
        elif not facts.has_notes(seat):
            yield Wait(Kind.BRIEFING, page_of(seat, "briefing-telling"), Urgency.SOON, by=at)
    elif facts.own_question_count(seat) < ENOUGH_QUESTIONS:
        yield Wait(Kind.QUESTIONS, page_of(seat, "briefing-questions"), Urgency.SOON, by=at)


def purpose_first(seat: Seat) -> bool:
    """Whether the proposer has yet to write down why, before the second briefing (M21)."""
    return seat.at is Step.SECOND_BRIEFING and seat.role is Role.PROPOSER and not facts.has_purpose(seat)


def playback(seat: Seat) -> Wait:
    """Return whose turn it is to say back, or to say that it is right (M16)."""
    latest: Any = facts.rounds(seat, seat.at).last()
    aloud = facts.confirming_sides(seat, seat.at)
    stands = (latest is not None and not latest.replied) or ("theirs" if seat.speaks else "ours") in aloud
    if seat.speaks and stands:
        return Wait(Kind.CONFIRM, page_of(seat, "playback"), Urgency.SOON, needed=True)
    if not seat.speaks and not stands:
        kind = Kind.PLAY_BACK_AGAIN if latest else Kind.PLAY_BACK
        return Wait(kind, page_of(seat, "saying-back"), Urgency.SOON, needed=True)
    return Wait(Kind.WAIT_THEM, page_of(seat, "briefing"), Urgency.OTHERS, Turn.THEIRS, needed=True)


def criteria(seat: Seat) -> Wait:
    """Return one's own criteria, to be weighed (M17)."""
    return Wait(Kind.CRITERIA, page_of(seat, "criteria"), needed=True)


def people_estimate(seat: Seat) -> Wait:
    """Return the question whether one knows people for them (M26)."""
    return Wait(Kind.PEOPLE_KNOWN, page_of(seat, "people-known"), needed=True)


def purpose(seat: Seat) -> Wait:
    """Return the proposer's purpose (M21)."""
    return Wait(Kind.PURPOSE, page_of(seat, "purpose"), needed=True)
