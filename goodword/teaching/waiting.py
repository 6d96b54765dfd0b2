"""What this room waits for from a seat: to teach, to say how it sits, to work out what is hard to say (M30 to M33, M38)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.relationships.waits import Kind, Turn, Urgency, Wait, page_of
from goodword.teaching.queries import pages
from goodword.teaching.queries.pages import TeachingStanding


def waiting(seat: Seat, now: dt.datetime) -> Iterator[Wait]:
    """Return that what they teach has changed since we said how it sits with us, or is hard to say, while two advocate."""
    if seat.at is not Step.ADVOCATE or seat.paused:
        return
    standing = pages.standing(seat)
    if standing.given[1] and not standing.heard[0]:
        yield Wait(Kind.HEAR, page_of(seat, "teaching"))
    yield from hard_to_say(seat, standing)


def teaching(seat: Seat) -> list[Wait]:
    """Return what is still to be done before both have taught and heard each other, ours or theirs."""
    standing = pages.standing(seat)
    taught, theirs = standing.given
    ours = [] if taught else [Wait(Kind.TEACH, page_of(seat, "teaching-mine"), needed=True)]
    if theirs and not standing.heard[0]:
        ours.append(Wait(Kind.HEAR, page_of(seat, "teaching"), needed=True))
    if taught and standing.heard[0]:
        ours.extend(hard_to_say(seat, standing, needed=True))
    if ours:
        return ours
    return [Wait(Kind.WAIT_THEM, page_of(seat, "teaching"), Urgency.OTHERS, Turn.THEIRS, needed=True)]


def hard_to_say(seat: Seat, standing: TeachingStanding, *, needed: bool = False) -> Iterator[Wait]:
    """Return that something is to be worked out which is hard to say, unless our proposal to it lies with them (M33)."""
    for kind, route, hard in (
        (Kind.WORK_OUT, "teaching", standing.hard_for_us),
        (Kind.HELP_SAY, "teaching-ours", standing.hard_for_them),
    ):
        if any(proposed_by != "ours" for _item, proposed_by in hard):
            yield Wait(kind, page_of(seat, route), needed=needed)
            return
