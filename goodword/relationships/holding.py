"""Half a minute to take it back: what a side has confirmed waits in its author's drawer, whole, and leaves as one act.

Until then there is nothing of it anywhere else: no row, no line in a list, no journal, no letter, so nothing to be seen, counted
or timed by the other side (D2, T13). What leaves is what was looked at: the words themselves are kept here, sealed, and the
act is done with them, whatever was changed elsewhere meanwhile. A process that dies loses nothing and lets nothing out early:
the row is all there is, and releasing deletes it in the very transaction of the act.
"""

from __future__ import annotations

import datetime as dt
import json
import logging
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django.db import models, transaction
from django.db.models import OuterRef
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from goodword.database.compiled import compiled
from goodword.ground.moments import zone
from goodword.ground.refusals import Refusal
from goodword.people.models import Person
from goodword.relationships.acting import acting
from goodword.relationships.announcements import Stale
from goodword.relationships.models import Seat
from goodword.relationships.seats import whole
from goodword.relationships.visibility import Mine, SealedText
from goodword.relationships.waiting import WaitingRow, mark, settle_relationship
from goodword.relationships.waits import Kind, Turn, Urgency, page_of

WINDOW = dt.timedelta(seconds=30)
log = logging.getLogger("goodword.relationships")
Release = Callable[[Seat, Mapping[str, Any]], object]


class PendingAct(Mine):
    """An act its author has confirmed and can still take back."""

    kind = models.CharField(max_length=20)
    thing = models.CharField(max_length=22, blank=True)  # the public key of what it is about
    words = SealedText()  # what the author reads while it waits
    facts = SealedText()  # what the act takes, as JSON
    leaves_at = models.DateTimeField()

    class Meta(Mine.Meta):
        db_table = "goodword_held"
        indexes = [models.Index(fields=["leaves_at"], name="held_leaves_at")]


_releases: dict[str, Release] = {}


def use_acts(releases: Mapping[str, Release]) -> None:
    """Take the rooms' acts by kind: each does its act for a seat with the facts that were kept."""
    _releases.clear()
    _releases.update(releases)


def hold(seat: Seat, kind: str, *, words: str, thing: str = "", **facts: Any) -> PendingAct:
    """Keep an act for half a minute; return what waits. The same once more, as by a double tap, is the one that waits.

    `words` are what its author reads meanwhile; `facts` are plain values (JSON). Raises Refusal after the end.
    """
    with acting(seat, only_me=True, after_the_end=kind in AFTER_THE_END) as act:
        act.stale = _stale_by(kind)
        kept = json.dumps(facts, default=str, sort_keys=True)
        for row in _about(seat, kind=kind, thing=thing):
            if row.facts.unseal(seat) == kept:
                return row
        return PendingAct.objects.write(
            seat, kind=kind, thing=thing, words=words, facts=kept, leaves_at=act.now + WINDOW, created_at=act.now
        )


@compiled
def _about(seat: Seat, *, kind: str, thing: str) -> models.QuerySet[PendingAct]:
    return PendingAct.objects.owned_by(seat).filter(kind=kind, thing=thing)


AFTER_THE_END = frozenset({"lead-report"})  # leads given are reported on after the end too
# What waits for leads is all on the leads' own rows.
OF_LEADS = frozenset({"lead", "lead-name", "lead-reach", "lead-report", "lead-worth", "lead-introduction"})


def _stale_by(kind: str) -> Stale:
    return Stale.LEADS if kind in OF_LEADS else Stale.EVERYTHING


def waiting_of(seat: Seat) -> list[PendingAct]:
    """Return what of this person's waits to leave, soonest first."""
    return list(PendingAct.objects.visible_to(seat).order_by("leaves_at"))


def about(seat: Seat, thing: str) -> list[PendingAct]:
    """Return what this person has confirmed about a thing and can still take back, soonest first."""
    return list(PendingAct.objects.visible_to(seat).filter(thing=thing).order_by("leaves_at"))


def on_its_way(seats: Sequence[Seat], kinds: Iterable[str]) -> set[str]:
    """Return the public keys of what acts of these kinds, confirmed by the person of these seats, are about. One query."""
    here = {"relationship_id__in": [seat.relationship_id for seat in seats], "author_id": seats[0].person_id}
    return set(PendingAct.objects.unscoped().filter(kind__in=list(kinds), **here).values_list("thing", flat=True))


def leaving(seats: Sequence[Seat], kind: str) -> list[tuple[Seat, PendingAct]]:
    """Return what the person of these seats can still take back of one kind, each with its seat; the last to leave is last. One query."""
    if not seats:
        return []
    by_relationship = {seat.relationship_id: seat for seat in seats}
    here = {"relationship_id__in": by_relationship, "author_id": seats[0].person_id, "kind": kind}
    rows = PendingAct.objects.unscoped().filter(**here).order_by("leaves_at")
    return [(by_relationship[row.relationship_id], row) for row in rows]


def seats_with(person: Person, kind: str) -> list[Seat]:
    """Return the seats at which somebody can still take back something of one kind. One query."""
    return [seat.with_person(person) for seat in _seats_with(kind, person=person.pk)]


@compiled
def _seats_with(kind: str, *, person: uuid.UUID) -> models.QuerySet[Seat]:
    held = PendingAct.objects.unscoped().filter(author=person, kind=kind).values("relationship")
    seats = whole(Seat.objects.all())
    return seats.filter(person=person, left_at=None, relationship__in=held)


def by_person(kinds: Sequence[str], thing: str = "") -> models.QuerySet[PendingAct]:
    """Return what is held of these kinds by the `person` of a row of another table, to be asked together with that row: anywhere,
    or about the `thing` whose public key stands in that column of it, in the row's `relationship`.
    """
    rows = PendingAct.objects.unscoped().filter(author=OuterRef("person"), kind__in=list(kinds))
    return rows.filter(relationship=OuterRef("relationship"), thing=OuterRef(thing)) if thing else rows


def take_back(seat: Seat, key: str) -> bool:
    """Take back what has not left yet: it is deleted, and nobody ever knew. Return False if it was too late."""
    with acting(seat, after_the_end=True, only_me=True) as act:
        row = PendingAct.objects.owned_by(seat).filter(key=key).first()
        if row is None:
            return False
        act.stale = _stale_by(row.kind)
        return bool(row.delete()[0])


def forget(relationship_id: uuid.UUID, thing: str) -> None:
    """Delete whatever waits about a thing, whoever confirmed it: somebody it names has asked to be forgotten (T42)."""
    PendingAct.objects.unscoped().filter(relationship_id=relationship_id, thing=thing).delete()


def stop_all(now: dt.datetime) -> int:
    """Let nothing leave that waits, and tell each author so; return how much there was. For a backup that is put back (T56)."""
    rows = PendingAct.objects.unscoped()
    for relationship_id, author_id in rows.values_list("relationship_id", "author_id").distinct():
        seat = _seat_of(relationship_id, author_id)
        if seat is not None and seat.open:
            _say_that_it_stayed(seat, now)
    return int(rows.delete()[0])


def _seat_of(relationship_id: uuid.UUID, author_id: uuid.UUID) -> Seat | None:
    seats = whole(Seat.objects.all(), "person")
    return seats.filter(relationship_id=relationship_id, person_id=author_id, left_at=None).first()


def release_due(now: dt.datetime) -> int:
    """Do every act whose half minute is over by `now`; return how many there were. Safe in many workers at once."""
    return sum(_release(*row, now) for row in _due(now=now))


@compiled
def _due(*, now: dt.datetime) -> models.QuerySet[PendingAct, tuple[Any, Any, Any]]:
    due = PendingAct.objects.unscoped().filter(leaves_at__lte=now).order_by("leaves_at")
    return due.values_list("pk", "relationship_id", "author_id")


def let_leave(seat: Seat, kind: str) -> None:
    """Do at once what the person of this seat has confirmed of one kind: they are about to give up the seat it would leave from."""
    for pk, leaves_at in list(PendingAct.objects.owned_by(seat).filter(kind=kind).values_list("pk", "leaves_at")):
        _release(pk, seat.relationship_id, seat.person_id, leaves_at)


def _release(pk: uuid.UUID, relationship_id: uuid.UUID, author_id: uuid.UUID, now: dt.datetime) -> bool:
    """Do one act in one transaction; of one that may not be done any more its author is told, and nobody else ever knew of it."""
    seat = _seat_of(relationship_id, author_id)
    try:
        with transaction.atomic():
            held = PendingAct.objects.unscoped().filter(relationship_id=relationship_id, pk=pk)
            row = held.select_for_update().filter(leaves_at__lte=now).first()
            if row is None:
                return False
            held.delete()
            if seat is not None:
                seat.confirmed_at = row.created_at
                with timezone.override(zone(seat.person.zone)):
                    _releases[row.kind](seat, json.loads(row.facts.unseal(seat)))
        if seat is not None and seat.unsettled:  # as the doorway does for what is done at once
            settle_relationship(relationship_id, timezone.now())
        return True
    except Refusal as refusal:
        log.info("what was held back could not leave any more: %s", type(refusal).__name__)
        if seat is not None and seat.open:
            _say_that_it_stayed(seat, now)
    except Exception:
        log.exception("what was held back could not leave")
    PendingAct.objects.unscoped().filter(pk=pk).delete()
    return False


def _say_that_it_stayed(seat: Seat, now: dt.datetime) -> None:
    """Let whoever confirmed it read that it did not leave after all. Nobody else knew of it, nor learns of it now."""
    WaitingRow.objects.update_or_create(
        person_id=seat.person_id,
        relationship_id=seat.relationship_id,
        kind=Kind.READ_STAYED,
        thing_key="",
        defaults={
            "page": page_of(seat, "relationship"),
            "turn": Turn.OURS,
            "urgency": Urgency.READY,
            "news": True,
            "since": now,
        },
    )
    mark(seat.relationship, now, side=None, seat=seat.pk)


# ── What leaves is what was looked at ──


def print_of(seat: Seat, *texts: str) -> str:
    """Return a print of the words on a page that shows exactly what will be read, for the form that confirms them."""
    return salted_hmac("goodword.seen", json.dumps([seat.key, *texts]), algorithm="sha256").hexdigest()


def refuse_unless_seen(seat: Seat, seen: str, *texts: str) -> None:
    """Raise Refusal unless these are the very words that were looked at."""
    if not constant_time_compare(print_of(seat, *texts), seen):
        raise Refusal(_("The words have changed since you looked. Here they are as they are now."))
