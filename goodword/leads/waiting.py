"""What this room waits for from a seat: an answer, a word, an agreement, each by lead; read from the leads' own rows."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import or_
from typing import NamedTuple

from django.utils import timezone

from goodword.leads.lines import LeadLine
from goodword.leads.models import LeadContact
from goodword.relationships import holding
from goodword.relationships.models import Seat
from goodword.relationships.waits import Answer, Kind, Later, Urgency, Wait, page_of
from goodword.relationships.wording import words_for

KINDS = {"answer": Kind.LEAD_ANSWER, "word": Kind.LEAD_REPORT, "agreement": Kind.LEAD_ASK, "call": Kind.LEAD_CALL}
PAGES = {
    Kind.LEAD_ANSWER: "lead",
    Kind.LEAD_REPORT: "lead-report",
    Kind.LEAD_SPEAK: "lead-report",
    Kind.LEAD_ASK: "lead-agreement",
    Kind.LEAD_CALL: "lead",
}
OUR_NAMES = frozenset({Kind.LEAD_ASK, Kind.LEAD_CALL})
URGENCY = {
    Kind.LEAD_ANSWER: Urgency.NOW,
    Kind.LEAD_REPORT: Urgency.NOW,
    Kind.LEAD_SPEAK: Urgency.READY,
    Kind.LEAD_ASK: Urgency.READY,
    Kind.LEAD_CALL: Urgency.NOW,
}


class LeadButton(NamedTuple):
    """Where one goes on with a lead that waits: the route of its page, and its button as Today has it."""

    route: str
    button: str


def next_act(waits: str) -> LeadButton:
    """Return where one goes on with a lead that waits for this ("answer", "word", "agreement", "call"): the same everywhere.

    The button is empty where it waits for nothing: then its own page is there to be looked at.
    """
    kind = KINDS.get(waits)
    words = words_for(kind, "") if kind else None
    return LeadButton(PAGES[kind], str(words.button)) if kind and words else LeadButton("lead", "")


def waiting(seat: Seat, now: dt.datetime) -> Iterator[Answer]:
    """Return each lead that waits for this seat; one that one is to speak to is asked after from the day promised on."""
    for wait in in_seats([seat]).get(seat.pk, []):
        yield wait
        if wait.kind is Kind.LEAD_SPEAK and wait.by:
            yield Later(wait.by)


def in_seats(seats: Sequence[Seat]) -> Mapping[uuid.UUID, list[Wait]]:
    """Return what waits by the leads' own rows, by seat, for several seats of one person. One query."""
    by_relationship = {seat.relationship_id: seat for seat in seats}
    lines = LeadLine.objects.filter(
        person_id=seats[0].person_id, relationship_id__in=by_relationship, waiting__in=KINDS
    )
    leaving = holding.on_its_way(seats, ("lead-report", "lead-name"))
    found: dict[uuid.UUID, list[Wait]] = {}
    for line in lines.exclude(lead_key__in=leaving).order_by("word_by", "given_at"):
        seat = by_relationship[line.relationship_id]
        found.setdefault(seat.pk, []).append(_wait(seat, line))
    return found


def names_in_drawers(seats: Iterable[Seat], keys: Iterable[str]) -> dict[str, str]:
    """Return whom these seats' sides were going to ask or ring, by the lead's key: names in their own drawers. One query.

    They are read as they are shown: a row of what waits lies open in the database, so no such name stands in it.
    """
    places = {seat.side_id: seat for seat in seats}
    if not places:
        return {}
    drawers = reduce(or_, (LeadContact.objects.visible_to(seat) for seat in places.values()))
    rows = drawers.filter(lead__key__in=list(keys)).select_related("lead")
    return {row.lead.key: name for row in rows if (name := row.name.unseal(places[row.side_id]))}


def _wait(seat: Seat, line: LeadLine) -> Wait:
    kind = KINDS[line.waiting]
    if kind is Kind.LEAD_REPORT and line.word_by and line.word_by > timezone.localdate():
        kind = Kind.LEAD_SPEAK  # nothing need have happened before the day on which a word was promised
    return Wait(
        kind,
        page_of(seat, PAGES[kind], line.lead_key),
        URGENCY[kind],
        by=timezone.make_aware(dt.datetime.combine(line.word_by, dt.time())) if line.word_by else None,
        since=line.given_at,
        key=line.lead_key,
        subject=line.shown,
    )
