"""What waits for somebody who keeps a relationship alone, and, once both are there, what was opened and is not answered yet."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from goodword.alone.queries import pages
from goodword.encounters.queries.pages import next_encounter
from goodword.gates.readiness import TIME_TO_THINK
from goodword.gates.rules import Choice, Need
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.relationships.waits import Answer, Kind, Later, Urgency, Wait, page_of


def waiting(seat: Seat, now: dt.datetime) -> Iterator[Answer]:
    """Return what waits alone: what the step needs of oneself, the answer for both, leads nothing was told of; or, with the
    other side there, what they opened. No query where nobody kept anything alone.
    """
    if seat.relationship.alone_since is None:
        return
    if not seat.alone:
        for one in pages.to_answer(seat):
            yield Wait(Kind.IS_IT_SO, page_of(seat, "opened"), Urgency.SOON, since=one.created_at, key=one.key)
        yield from _to_open(seat, now)
    else:
        yield from _alone(seat, now)


def _to_open(seat: Seat, now: dt.datetime) -> Iterator[Answer]:
    """Return that one may open what one kept: for two weeks after the other has joined, and until something was opened."""
    if not pages.may_open(seat) or pages.has_opened(seat):
        return
    until = (seat.relationship.shared_since or now) + TIME_TO_THINK
    if now < until:
        yield Wait(Kind.OPEN_KEPT, page_of(seat, "opening"))
        yield Later(until)


def _alone(seat: Seat, now: dt.datetime) -> Iterator[Answer]:
    if seat.at is Step.ADVOCATE:
        yield from _slips(seat, now)
        yield Wait(Kind.GIVE, page_of(seat, "slip-new"), Urgency.NOTHING)
        return
    planned = next_encounter(seat)
    if planned is not None and planned.planned_at is not None:
        yield from _meeting(seat, planned.key, planned.planned_at, now)
        return
    at = pages.standing(seat)
    if at is None:
        return
    if Need.ENCOUNTER in at.missing:
        yield Wait(Kind.PLAN, page_of(seat, "encounter-new"), needed=True)
    elif at.missing:
        yield from _needs(seat, at)
    elif (rest := _rests_until(seat)) and rest > now:
        yield Later(rest)
    else:
        yield Wait(Kind.SAY_FOR_BOTH, page_of(seat, "relationship"), needed=True)


def _meeting(seat: Seat, key: str, at: dt.datetime, now: dt.datetime) -> Iterator[Answer]:
    if at > now:
        yield Wait(Kind.MEET, page_of(seat, "encounter", key), Urgency.OTHERS, by=at, key=key)
        yield Later(at)
    else:
        yield Wait(Kind.RECORD, page_of(seat, "encounter", key), Urgency.SOON, since=at, key=key)


def _needs(seat: Seat, at: pages.GateStanding) -> Iterator[Wait]:
    for need in at.missing:
        if need is Need.AGREEMENT:
            yield Wait(Kind.KEEP_AGREEMENT, page_of(seat, "kept-alone", "agreement"), needed=True)
        else:
            yield from pages.waits_of(seat, need)


def _rests_until(seat: Seat) -> dt.datetime | None:
    """Return until when one is not asked again after a "not yet" (M5)."""
    word = pages.last_word(seat)
    if word is None or word.choice.unseal(seat) != Choice.NOT_YET:
        return None
    return word.created_at + TIME_TO_THINK


def _slips(seat: Seat, now: dt.datetime) -> Iterator[Answer]:
    """Return each lead of which nothing was written down yet, a week after it was given or heard of."""
    for slip in pages.slips(seat):
        if slip.told_at is None:
            yield Wait(
                Kind.SLIP,
                page_of(seat, "slip", slip.key),
                since=slip.created_at,
                key=slip.key,
            )
