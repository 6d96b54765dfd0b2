"""Take everything along: one archive of what is one's own and what was shared with one, made while it is fetched.

Nothing of it is stored. It holds pages to read, the same as JSON, people as vCards, meetings as a calendar, leads as tables, files.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import vobject
from django.apps import apps
from django.db.models import QuerySet
from django.template.loader import render_to_string

from goodword.account.models import ImportedRecord
from goodword.account.queries.contents import COLUMNS, CONTENTS, MODELS
from goodword.account.queries.kinds import kind_in_words
from goodword.alone.actions import signatures
from goodword.database.compiled import compiled
from goodword.encounters import calendar_entries
from goodword.encounters.mailing import calendar
from goodword.ground.sealing import SealedValue
from goodword.leads.models import LeadPerson
from goodword.leads.queries import pages as leads
from goodword.people.models import Person
from goodword.profiles.models import OwnFile, OwnProfile
from goodword.relationships.doorway import seat_of
from goodword.relationships.models import Seat
from goodword.version import VERSION

KINDS = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf"}
MOST_EVENTS = 10_000
Tell = Callable[[int, int], None]
Rows = list[dict[str, Any]]
Room = tuple[str, list[tuple[str, Rows]]]


class Pieces(io.RawIOBase):
    """What a zip is written into, and taken out of piece by piece."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[bytes] = []

    def writable(self) -> bool:
        """It takes everything."""
        return True

    def write(self, piece: Any) -> int:
        """Take a piece."""
        self.waiting.append(bytes(piece))
        return len(piece)

    def take(self) -> bytes:
        """Return what has come since the last time."""
        taken, self.waiting = b"".join(self.waiting), []
        return taken


def stream(person: Person, now: dt.datetime, tell: Tell = lambda done, of: None) -> Iterator[bytes]:
    """Yield the archive of a person, a zip, piece by piece. `tell` hears how many relationships are in it, of how many."""
    pieces = Pieces()
    with zipfile.ZipFile(pieces, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries(person, now, tell):
            entry = zipfile.ZipInfo(name, date_time=now.timetuple()[:6])
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
            yield pieces.take()
    yield pieces.take()


def entries(person: Person, now: dt.datetime, tell: Tell) -> Iterator[tuple[str, str | bytes]]:
    """Yield name and content of each file of the archive."""
    seats = [seat_of(person, key) for key in _keys(person)]
    names = [f"relationships/{number:03}" for number in range(1, len(seats) + 1)]
    you = you_of(person)
    yield "you.json", as_json({"version": VERSION, "made_at": now, "you": you})
    index = {"you": you, "relationships": list(zip(names, seats, strict=True)), "made_at": now}
    yield "index.html", render_to_string("account/papers/index.html", index)
    for number, (name, seat) in enumerate(zip(names, seats, strict=True)):
        tell(number, len(seats))
        yield from of_relationship(name, seat)
    yield "people.vcf", "".join(card for seat in seats for card in cards_of(seat))
    yield "calendar.ics", calendar.feed(calendar_entries.for_feed(person, MOST_EVENTS))
    for file in OwnFile.objects.filter(person=person).order_by("id"):
        yield f"files/{file.key}.{KINDS.get(file.type, 'bin')}", file.unseal()
    tell(len(seats), len(seats))


def _keys(person: Person) -> list[str]:
    kept = Seat.objects.filter(person=person, left_at=None).order_by("joined_at", "id")
    return list(kept.values_list("relationship_key", flat=True))


def you_of(person: Person) -> dict[str, Any]:
    """Return what is kept of a person alone."""
    business = person.business
    profile = OwnProfile.objects.filter(person=person).first()
    return {
        **{name: getattr(person, name) for name in ("name", "email", "phone", "zone", "joined_at")},
        "business": {name: getattr(business, name) for name in ("name", "trade", "town", "about")}
        if business
        else None,
        "profile": profile.unseal().plain() if profile else None,
    }


def of_relationship(name: str, seat: Seat) -> Iterator[tuple[str, str | bytes]]:
    """Yield the files of one relationship: to read, for a program, its leads as a table, and pages signed on paper."""
    rooms = rooms_of(seat)
    with_whom = {"name": seat.other.person_name, "business": seat.other.business_name, "key": seat.key}
    yield f"{name}.json", as_json({"with": with_whom, "rooms": [[str(room), dict(kept)] for room, kept in rooms]})
    paper = {"seat": seat, "rooms": in_words(rooms)}
    yield f"{name}.html", render_to_string("account/papers/relationship.html", paper)
    table = io.StringIO()
    csv.writer(table).writerows(leads.table(seat))
    yield f"{name}-leads.csv", "\ufeff" + table.getvalue()
    for number, row in enumerate(signatures.pages(seat), 1):
        file = row.file(seat)
        yield f"{name}-signed-{number}.{KINDS.get(file.type, 'bin')}", file.content


def rooms_of(seat: Seat) -> list[Room]:
    """Return what each room keeps that this seat may see, as plain values."""
    rooms = [
        (str(room), [(model, rows) for model, columns in kept.items() if (rows := rows_of(seat, model, columns))])
        for room, kept in CONTENTS
    ]
    return [*((room, kept) for room, kept in rooms if kept), *imported_rooms(seat)]


def in_words(rooms: list[Room]) -> list[Room]:
    """Return rooms with the kinds of thing in words."""
    return [(room, [(kind_in_words(kind), rows) for kind, rows in kept]) for room, kept in rooms]


def imported_rooms(seat: Seat) -> list[Room]:
    """Return what was brought along from another server, so that it goes along again."""
    return [room for row in ImportedRecord.objects.owned_by(seat).order_by("id") for room in rooms_in(row, seat)]


def rooms_in(record: ImportedRecord, seat: Seat) -> list[Room]:
    """Return what each room kept on another server, for the seat whose record it is."""
    return [(room, list(kept.items())) for room, kept in json.loads(record.content.unseal(seat))["rooms"]]


def rows_of(seat: Seat, name: str, columns: tuple[str, ...]) -> list[dict[str, Any]]:
    """Return the rows of a kind that this seat may see: when, by which side, and the columns that are carried."""
    model: Any = apps.get_model("goodword", MODELS.get(name, name))
    return [
        {
            "at": row.created_at,
            "by": (seat.side if row.side_id == seat.side_id else seat.other).person_name,
            **{column: plain(getattr(row, COLUMNS.get(column, column)), seat) for column in columns},
        }
        for row in _visible(seat, model)
    ]


@compiled
def _visible(seat: Seat, model: Any) -> QuerySet[Any]:
    """Compiled: with seventy kinds of thing in a thousand relationships, making the SQL anew each time took most of a minute."""
    rows: QuerySet[Any] = model.objects.visible_to(seat).order_by("created_at", "id")
    return rows


def plain(value: Any, seat: Seat) -> Any:
    """Return a column's value as it is written down: sealed text is opened for this seat, which its lock has let through."""
    return value.unseal(seat) if isinstance(value, SealedValue) else value


def cards_of(seat: Seat) -> Iterator[str]:
    """Yield vCards of whom one meets, and of people named in leads."""
    yield card(seat.other.person_name, seat.other.business_name, "")
    for named in LeadPerson.objects.visible_to(seat).order_by("id"):
        yield card(named.name, "", named.reach)


def card(name: str, business: str, reach: str) -> str:
    """Return a vCard (3.0)."""
    made = vobject.vCard()
    made.add("fn").value = name or business
    made.add("n").value = vobject.vcard.Name(given=name or business)
    if business:
        made.add("org").value = [business]
    if reach:
        made.add("note").value = reach
    return str(made.serialize())


def as_json(value: Any) -> str:
    """Return a value as JSON to read. Raises TypeError for anything sealed or strange."""
    return json.dumps(value, indent=1, ensure_ascii=False, default=_plain_value)


def _plain_value(value: Any) -> str:
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    raise TypeError(f"{type(value).__name__} is not written down")
