"""What waits for each person: rows written when an act closes, one for each thing, with the page of that very thing.

Each room answers `waiting(seat, now)` with the things it waits for from this seat; `rooms.py` puts the rooms together at start.
`settle` asks them all and writes the answer: rows for Today, and on the seat what is first, for the list and the front page. What
the other side did is *news*, a row too, until it was seen or answered. Only facts that the seat may see stand in a row.

An act marks seats as out of date, which is one statement in its transaction; so does time, at the very instant at which it can
change what waits (`Later`), and at no other. The doorway settles a seat's relationship when a form was answered, the worker does
it for all else; whoever looks before that is shown what is decided as they look, and reading writes nothing (S4).
"""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, Value, When
from django.utils import timezone

from goodword.database.compiled import compiled
from goodword.ground.keys import KEY_PATTERN, new_id, new_key
from goodword.ground.moments import zone
from goodword.ground.text import tidy_line
from goodword.people.models import Person
from goodword.relationships.models import NO_TIME, Relationship, Seat
from goodword.relationships.sealed_columns import TableText, text_of
from goodword.relationships.seats import whole
from goodword.relationships.waits import AFTER_THE_END, LEADS, Kind, Later, Lines, Room, Standing, Turn, Urgency, Wait

log = logging.getLogger("goodword.relationships")
ONE_EACH = ["person", "relationship", "kind", "thing_key"]
AT_ONCE = 8  # seats of one relationship that are settled with the act; a firm with more leaves the rest to the worker


class WaitingRow(models.Model):
    """One thing that waits for one person, as Today shows it."""

    scope: ClassVar[str] = "relationship"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    relationship = models.ForeignKey(Relationship, on_delete=models.CASCADE, related_name="+", db_index=False)
    key = models.CharField(max_length=22, default=new_key, editable=False)
    kind = models.CharField(max_length=20)
    thing_key = models.CharField(max_length=22, blank=True)
    subject = TableText(seals_empty=False)
    page = models.CharField(max_length=200)
    turn = models.CharField(max_length=6)
    urgency = models.PositiveSmallIntegerField()
    needed = models.BooleanField(default=False)
    news = models.BooleanField(default=False)
    since = models.DateTimeField(null=True)
    by = models.DateTimeField(null=True)
    sort_at = models.DateTimeField(default=NO_TIME)

    class Meta:
        db_table = "goodword_waiting"
        constraints = [
            models.UniqueConstraint(fields=["person", "relationship", "kind", "thing_key"], name="waits_once")
        ]
        indexes = [models.Index(fields=["person", "urgency", "sort_at", "id"], name="waiting_by_urgency")]


# ── Which rooms there are, told once at start ──

_rooms: list[Room] = []
_leads: list[Lines] = []


def use_rooms(rooms: Iterable[Room], leads: Lines) -> None:
    """Take the rooms' answers to what waits, and what waits by the leads' own rows, for several seats in one query."""
    _rooms[:], _leads[:] = rooms, [leads]


# ── What waits for one seat ──


def of(seat: Seat, now: dt.datetime) -> tuple[list[Wait], dict[str, Any], dt.datetime | None]:
    """Ask every room what waits for a seat. Return it in the order in which one would do it, how the seat stands before its
    gate, and the next instant at which time alone may change any of this.
    """
    answers = [answer for room in _rooms for answer in room(seat, now)] if seat.open else []
    instants = [answer.at for answer in answers if isinstance(answer, Later) and answer.at > now]
    standing = next((answer.values for answer in answers if isinstance(answer, Standing)), {})
    waits = {(one.kind, one.key): one for one in reversed(answers) if isinstance(one, Wait)}  # the same once
    return in_order(waits.values()), standing, min(instants, default=None)


def in_order(waits: Iterable[Wait]) -> list[Wait]:
    """Return what waits as one would do it: what is ours or both's before what is theirs, then by kind, then by time.

    What is equal in all that stands in the order in which it began to wait, so that settling a row anew moves nothing.
    """
    return sorted(waits, key=lambda wait: wait.rank)


def first_of(waits: Sequence[Wait]) -> dict[str, Any]:
    """Return what the list shows of the first thing that waits, by the seat's columns."""
    if not waits:
        nothing = {"next_code": "", "next_who": "", "next_at": None, "next_page": ""}
        return {**nothing, "sort_at": NO_TIME, "urgency": Urgency.NOTHING}
    first = waits[0]
    asks = first.kind is not Kind.MEET  # a meeting ahead asks for nothing: it stands below what does, as on Today
    return {
        "next_code": first.kind.value,
        "next_who": first.turn.value,
        "next_at": first.by,
        "next_page": first.page,
        "sort_at": first.by or NO_TIME,
        "urgency": int(first.urgency if asks else max(first.urgency, Urgency.OTHERS)),
    }


def decide(seat: Seat, now: dt.datetime) -> tuple[list[Wait], dict[str, Any]]:
    """Return what waits for a seat, news included, and what its row shows of it, by column; put that on the seat in hand.

    Nothing is written.
    """
    waits, standing, later = of(seat, now)
    waits = in_order([*waits, *(one for one in news_of(seat) if seat.open or one.kind in AFTER_THE_END)])
    shown = {
        "other_name": seat.other.person_name,
        "other_business": seat.other.business_name,
        "other_town": seat.other.town,
        "search_text": seat.other.search_text,
        **first_of(waits),
        "standing": standing,
        "stale_at": later,
        "stale_in": 0,
    }
    for name, value in shown.items():
        setattr(seat, name, value)
    return waits, shown


# ── News: what the other side did, until it was seen or answered ──


def news_of(seat: Seat) -> Iterator[Wait]:
    """Return the news that waits for a seat. One query."""
    for row in WaitingRow.objects.filter(person_id=seat.person_id, relationship_id=seat.relationship_id, news=True):
        yield wait_of(row)


def wait_of(row: Any) -> Wait:
    """Return a row, or what was read of its columns, as what waits. What it is about stays sealed until it is shown."""
    turn, urgency = Turn(row.turn), Urgency(row.urgency)
    news, about = row.key if row.news else "", partial(text_of, WaitingRow, "subject", row)
    return Wait(Kind(row.kind), row.page, urgency, turn, row.by, row.since, row.thing_key, about, row.needed, news)


def bring_news(seat: Seat, kind: Kind, page: str, key: str, now: dt.datetime) -> None:
    """Put a piece of news to each person of the other side. The same again is no second one."""
    there = Seat.objects.filter(relationship_id=seat.relationship_id, side_id=seat.other_id, left_at=None)
    rows = [
        WaitingRow(
            person_id=person_id,
            relationship_id=seat.relationship_id,
            kind=kind,
            thing_key=key,
            page=page,
            turn=Turn.OURS,
            urgency=Urgency.READY,
            news=True,
            since=now,
        )
        for person_id in there.values_list("person_id", flat=True)
    ]
    again = ["since", "page", "news"]
    WaitingRow.objects.bulk_create(rows, update_conflicts=True, unique_fields=ONE_EACH, update_fields=again)


def forget_news(seat: Seat, key: str) -> None:
    """Let a thing be news to this seat's side no longer: they have just answered it.

    What was held back answers only what stood when it was confirmed: news that came since then has been read by nobody.
    """
    here = Seat.objects.filter(relationship_id=seat.relationship_id, side_id=seat.side_id).values("person_id")
    news = WaitingRow.objects.filter(relationship_id=seat.relationship_id, person_id__in=here, news=True, thing_key=key)
    (news.filter(since__lte=seat.confirmed_at) if seat.confirmed_at else news).delete()


def withdraw_news(relationship_id: uuid.UUID, key: str) -> None:
    """Let a thing be news to nobody any more: what was said of it has been taken back, or forgotten."""
    WaitingRow.objects.filter(relationship_id=relationship_id, news=True, thing_key=key).delete()


def see(person: Person, public_key: str = "", *, page: str = "") -> str:
    """Let news be seen by this person, with all of its kind that the same page shows, or, named by that `page`, all it shows;
    return that page, or "" where there is none.
    """
    if not (page.isprintable() if page else KEY_PATTERN.match(public_key)):
        return ""
    which = {"page": page} if page else {"key": public_key}
    row = WaitingRow.objects.filter(person=person, news=True, **which).first()
    if row is None:
        return ""
    alike = {"relationship_id": row.relationship_id, "page": row.page} | ({} if page else {"kind": row.kind})
    WaitingRow.objects.filter(person=person, news=True, **alike).delete()
    here = Seat.objects.filter(person=person, relationship_id=row.relationship_id, left_at=None)
    here.update(stale_at=timezone.now(), stale_in=0)
    return row.page


# ── Writing it down ──


def mark(
    relationship: Relationship, now: dt.datetime, *, side: uuid.UUID | None, seat: uuid.UUID | None, stale: int = 0
) -> None:
    """Mark seats as touched and out of date: both sides', those of one `side`, or one `seat` alone. One query.

    `stale` 1 says that leads alone have changed; what was wholly out of date stays so.
    """
    seats = Seat.objects.filter(relationship=relationship, left_at=None)
    seats = seats.filter(pk=seat) if seat else seats.filter(side_id=side) if side else seats
    seats.update(
        step=relationship.step,
        ended=int(relationship.ended_at is not None),
        touched_at=now,
        stale_in=Case(When(stale_at__lte=now, stale_in=0, then=Value(0)), default=Value(stale)) if stale else Value(0),
        stale_at=now,
    )


def settle(seat: Seat, now: dt.datetime) -> None:
    """Decide what waits for a seat and write it: its rows, and what is first on the seat. News stays as it is.

    Where an act came in between, its mark stays, and what was decided before it is not written.
    """
    marked = seat.stale_at
    waits, shown = decide(seat, now)
    with transaction.atomic():
        if not Seat.objects.filter(pk=seat.pk, stale_at=marked).update(**shown):
            return
        here = WaitingRow.objects.filter(person_id=seat.person_id, relationship_id=seat.relationship_id)
        (here.filter(news=False) if seat.open else here.exclude(kind__in=AFTER_THE_END)).delete()
        WaitingRow.objects.bulk_create(row_of(seat, wait) for wait in waits if not wait.news)


def row_of(seat: Seat, wait: Wait) -> WaitingRow:
    """Return what waits for a seat as a row, not saved."""
    return WaitingRow(
        person_id=seat.person_id,
        relationship_id=seat.relationship_id,
        kind=wait.kind,
        thing_key=wait.key,
        subject=tidy_line(wait.about)[:200],
        page=wait.page,
        turn=wait.turn,
        urgency=wait.urgency,
        needed=wait.needed,
        since=wait.since,
        by=wait.by,
        sort_at=wait.by or NO_TIME,
    )


def settle_relationship(relationship_id: uuid.UUID, now: dt.datetime) -> None:
    """Settle what an act has just made out of date in one relationship."""
    _settle_each(_due(AT_ONCE, now=now, relationship_id=relationship_id, stale_in=0), now)


def settle_due(now: dt.datetime, most: int = 100) -> int:
    """Settle whatever is out of date by `now`, in each person's own time zone. Return how many seats there were."""
    return _settle_each(_due(most, now=now), now)


def _settle_each(seats: Iterable[Seat], now: dt.datetime) -> int:
    """Settle seats one by one. One for which nothing can be decided waits for an hour, so that it holds up nobody else."""
    many = 0
    for seat in list(seats):
        many, marked = many + 1, seat.stale_at
        try:
            with timezone.override(zone(seat.person.zone)):
                settle(seat, now)
        except Exception:
            log.exception("what waits could not be decided for a seat")
            Seat.objects.filter(pk=seat.pk, stale_at=marked).update(stale_at=now + dt.timedelta(hours=1))
    return many


@compiled
def _due(most: int, *, now: dt.datetime, **here: Any) -> models.QuerySet[Seat]:
    late = Seat.objects.filter(left_at=None, stale_at__lte=now, **here).order_by("stale_at", "id")
    return whole(late, "person")[:most]


# ── As one looks ──


def of_stale(seats: Sequence[Seat], now: dt.datetime) -> dict[uuid.UUID, list[Wait]]:
    """Return what waits for seats that are out of date, by seat, and put what is first on each; nothing is written.

    Where leads alone have changed, it is put together from rows: two queries, however many seats.
    """
    found = {seat.pk: decide(seat, now)[0] for seat in seats if not seat.stale_in}
    quick = [seat for seat in seats if seat.stale_in]
    if not quick:
        return found
    leads = _leads[0](quick)
    rows = WaitingRow.objects.filter(
        person_id=quick[0].person_id, relationship_id__in=[one.relationship_id for one in quick]
    )
    for seat in quick:
        others = [wait_of(row) for row in rows if row.relationship_id == seat.relationship_id]
        found[seat.pk] = in_order([*(w for w in others if w.news or w.kind not in LEADS), *leads.get(seat.pk, [])])
        for name, value in first_of(found[seat.pk]).items():
            setattr(seat, name, value)
    return found


def stale_of(person: Person, now: dt.datetime) -> dict[Seat, list[Wait]]:
    """Return this person's seats that are out of date with what waits for each. One query where there are none.

    Many at once, as when a database was put back, are left to the worker but for the first few.
    """
    seats = _due(AT_ONCE, now=now, person=person.pk)
    waits = of_stale(seats, now)
    return {seat: waits[seat.pk] for seat in seats}


@compiled
def _rows(*, person: uuid.UUID, relationship: uuid.UUID) -> models.QuerySet[WaitingRow]:
    return WaitingRow.objects.filter(person_id=person, relationship_id=relationship)


def as_it_is(seat: Seat, now: dt.datetime) -> list[Wait]:
    """Return what waits for a seat as it is to be shown, and put what is first on the seat in hand: by the rows written down,
    or, where these are out of date, as decided while one looks. Nothing is written.
    """
    if seat.stale_at is not None and seat.stale_at <= now:
        return of_stale([seat], now)[seat.pk]
    return in_order(wait_of(row) for row in _rows(person=seat.person_id, relationship=seat.relationship_id))
