"""A data folder full of synthetic rows, for measuring: one person in many relationships, with leads and notes in them.

The rows are laid down in bulk and look as the rooms' actions would have left them; the two rules that the lists follow
from (what is next; what a lead's line says) are asked, not copied.
"""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import F, Func, Value
from django.utils import timezone

from goodword.ground.keys import new_id
from goodword.leads.lines import LeadFacts, LeadLine, line_for
from goodword.leads.links import link_hash
from goodword.leads.models import Lead, LeadNote, LeadReport
from goodword.leads.waiting import in_seats
from goodword.people import actions as people
from goodword.people.models import Person
from goodword.relationships import waiting
from goodword.relationships.journal import Event
from goodword.relationships.models import Relationship, Seat, Side
from goodword.relationships.steps import Role, Step
from goodword.relationships.waiting import WaitingRow
from goodword.relationships.waits import LEADS, Wait

ADDRESS = "measuring@goodword.localhost"
MARK = "synthetic"
FIRST = (  # noqa: SIM905 - easier to read so
    "Anna Ben Cora Dev Elin Femi Gus Hana Ines Jonas Kit Lena Maya Noor Omar Priya Rosa Sven Tara Uma"
).split()
LAST = (  # noqa: SIM905
    "Adeyemi Brandt Castell Dunne Egede Farrow Grant Hale Ito Jansen"
    " Kaur Lowe Moreno Novak Okafor Price Reid Shah Tran Weiss"
).split()
TRADE = ["Joinery", "Law", "Kitchens", "Physio", "Gardens", "Accounts", "Prints", "Roofing", "Lettings", "Bakery"]
TOWN = ["Marple", "Hebden", "Buxton", "Leek", "Glossop", "Macclesfield", "Disley", "Bakewell"]
# How many of a hundred relationships are in each step.
SPREAD = {Step.EXPLORE: 25, Step.FIRST_BRIEFING: 15, Step.SECOND_BRIEFING: 10, Step.AGREE: 10, Step.ADVOCATE: 40}
A_FEW = 500
LIST_COLUMNS = ("next_code", "next_who", "next_at", "next_page", "sort_at", "urgency", "standing", "stale_at")

M = TypeVar("M", bound=models.Model)


@dataclass(slots=True)
class Rows:
    """Everything to be laid down, in the order the tables need it."""

    people: list[Person] = field(default_factory=list)
    relationships: list[Relationship] = field(default_factory=list)
    sides: list[Side] = field(default_factory=list)
    seats: list[Seat] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    leads: list[Lead] = field(default_factory=list)
    reports: list[LeadReport] = field(default_factory=list)
    notes: list[LeadNote] = field(default_factory=list)
    lines: list[LeadLine] = field(default_factory=list)
    mine: dict[uuid.UUID, Seat] = field(default_factory=dict)  # my seats, by relationship


class RealPeople(Exception):
    """The data folder is somebody's own."""


def mark_of(folder: Path) -> Path:
    """Return the file that says a data folder holds nothing but synthetic rows."""
    return folder / MARK


def seed(relationships: int, leads: int, say: Callable[[str], object]) -> Person:
    """Lay down the rows and return the person they belong to. Raises RealPeople where real people live."""
    mark = mark_of(Path(settings.DATA))
    if Person.objects.exists() and not mark.exists():
        raise RealPeople
    mark.write_text("This data folder holds synthetic rows for measuring. Nobody in it exists.\n")
    chance = random.Random(7)  # noqa: S311 - the same rows every time, nothing secret
    me = Person.objects.at(ADDRESS)
    people.describe(me, name="Mo Measure", business="Measure & Co", trade="", town="Marple")
    rows = Rows()
    for number in range(relationships):
        _pair(rows, me, number, chance)
    _leads_and_notes(rows, [seat for seat in rows.mine.values() if seat.step == Step.ADVOCATE], leads, chance)
    _lay_down(rows, say)
    _say_what_is_next(rows)
    connection.cursor().execute("ANALYZE")
    return me


def _pair(rows: Rows, me: Person, number: int, chance: random.Random) -> None:
    """Add one relationship with both sides seated."""
    name, now = f"{chance.choice(FIRST)} {chance.choice(LAST)}", timezone.now()
    began = now - dt.timedelta(days=chance.randrange(310, 900), minutes=number)
    step = chance.choices(list(SPREAD), list(SPREAD.values()))[0]
    them = Person(email=f"person{number}.{new_id().hex[-8:]}@goodword.localhost", name=name, password="!")  # noqa: S106 - no password
    pair = Relationship(step=step, step_since=began, made_at=began, shared_since=began)
    ours = Side(relationship=pair, role=Role.PROPOSER, person_name=me.name, business_name="Measure & Co", town="Marple")
    business = f"{name.split()[1]} {chance.choice(TRADE)} {number}"
    theirs = Side(
        relationship=pair, role=Role.INVITED, person_name=name, business_name=business, town=chance.choice(TOWN)
    )
    seats = [_seat(me, pair, ours, theirs, began, chance), _seat(them, pair, theirs, ours, began, chance)]
    rows.people.append(them)
    rows.relationships.append(pair)
    rows.sides += [ours, theirs]
    rows.seats += seats
    rows.mine[pair.pk] = seats[0]
    for seat, verb in ((seats[0], "started"), (seats[1], "joined")):
        rows.events.append(Event(relationship=pair, side=seat.side, author=seat.person, verb=verb, created_at=began))


def _seat(
    person: Person, pair: Relationship, side: Side, other: Side, began: dt.datetime, chance: random.Random
) -> Seat:
    return Seat(
        person=person,
        relationship=pair,
        relationship_key=pair.key,
        side=side,
        other=other,
        joined_at=began,
        step=pair.step,
        other_name=other.person_name,
        other_called=other.first_name,
        other_business=other.business_name,
        other_town=other.town,
        search_text=other.search_text,
        touched_at=began + dt.timedelta(hours=chance.randrange(600)),
    )


def _leads_and_notes(rows: Rows, seats: Sequence[Seat], many: int, chance: random.Random) -> None:
    """Add `many` leads given to me, reports on some of them, and a note of my own on every second."""
    givers = {seat.relationship_id: seat for seat in rows.seats if seat.role is Role.INVITED}
    for number in range(many if seats else 0):
        seat = chance.choice(seats)
        _lead(rows, seat, givers[seat.relationship_id], number, chance)
        if number % 2:
            _note(rows, rows.leads[chance.randrange(len(rows.leads))], seat.person, number)


def _note(rows: Rows, lead: Lead, me: Person, number: int) -> None:
    # The other side of the one that gave the lead is mine.
    mine = rows.mine[lead.relationship_id].side
    rows.notes.append(
        LeadNote(
            relationship_id=lead.relationship_id,
            side=mine,
            author=me,
            lead=lead,
            text=f"A note of my own, number {number}.",
        )
    )


def _lead(rows: Rows, seat: Seat, giver: Seat, number: int, chance: random.Random) -> None:
    """Add a lead I was given and look after; two in three have been reported on."""
    given = timezone.now() - dt.timedelta(days=chance.randrange(1, 300), seconds=number)
    outcome = chance.choice(["", "spoke", "client"]) if number % 6 else "meeting"
    lead = Lead(
        relationship=seat.relationship,
        side=giver.side,
        author=giver.person,
        created_at=given,
        moved_at=given,
        description=f"{chance.choice(FIRST)}'s {chance.choice(TRADE).lower()} in {chance.choice(TOWN)}",
        why="Has outgrown what they have, and asked me whom I would trust with it.",
        warmth="in_person",
        route="together",
        state="accepted",
        outcome=outcome,
        word_by=(given + dt.timedelta(days=14)).date(),
        forget_at=given + dt.timedelta(days=365),
    )
    lead.link_hash, lead.own_link_hash = link_hash(lead.pk), link_hash(lead.pk, own=True)
    rows.leads.append(lead)
    rows.lines.append(
        line_for(lead, seat, LeadFacts(last_line="Rang, and we meet soon." if outcome else "", keeper=seat.person_id))
    )
    if outcome:
        rows.reports.append(
            LeadReport(
                relationship=seat.relationship,
                side=seat.side,
                author=seat.person,
                lead=lead,
                outcome=outcome,
                line="Rang, and we meet soon.",
                created_at=given + dt.timedelta(days=3),
            )
        )


def _lay_down(rows: Rows, say: Callable[[str], object]) -> None:
    for batch in (
        rows.people,
        rows.relationships,
        rows.sides,
        rows.seats,
        rows.events,
        rows.leads,
        rows.reports,
        rows.notes,
        rows.lines,
    ):
        if batch:
            say(f"  {len(batch):>7} {batch[0]._meta.verbose_name_plural}")
            _bulk(batch)


def _bulk(rows: Sequence[M]) -> None:
    with transaction.atomic():
        type(rows[0])._base_manager.bulk_create(rows, batch_size=A_FEW)


def _say_what_is_next(rows: Rows) -> None:
    """Ask what is next for one relationship of each kind, and write it on all of that kind."""
    with_leads = {line.relationship_id for line in rows.lines if line.waiting}
    kinds: dict[tuple[int, bool], list[Seat]] = {}
    for seat in rows.mine.values():
        kinds.setdefault((seat.step, seat.relationship_id in with_leads), []).append(seat)
    for seats in kinds.values():
        waits, decided = waiting.decide(seats[0], timezone.now())
        shown = {name: decided[name] for name in LIST_COLUMNS}
        for some in _few(seats):
            _write_waits(seats[0], [wait for wait in waits if wait.kind not in LEADS], some)
            same = Seat.objects.filter(pk__in=[seat.pk for seat in some])
            same.update(**shown)
            own = Func(F("next_page"), Value(seats[0].relationship_key), F("relationship_key"), function="REPLACE")
            same.update(next_page=own)


def _write_waits(like: Seat, waits: Sequence[Wait], seats: Sequence[Seat]) -> None:
    """Write what waits for one seat for others of its kind too, and each seat's own leads."""
    leads = in_seats(seats)
    WaitingRow.objects.bulk_create(
        waiting.row_of(seat, replace(wait, page=wait.page.replace(like.relationship_key, seat.relationship_key)))
        for seat in seats
        for wait in [*waits, *leads.get(seat.pk, [])]
    )


def _few(rows: Sequence[Seat]) -> Iterable[Sequence[Seat]]:
    return (rows[at : at + A_FEW] for at in range(0, len(rows), A_FEW))
