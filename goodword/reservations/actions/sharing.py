"""Putting a reservation on the table: looked at first, confirmed, and for thirty seconds it can still be taken back."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from goodword.database.compiled import compiled
from goodword.ground.refusals import Refusal
from goodword.relationships import holding
from goodword.relationships.acting import Act, acting
from goodword.relationships.models import Seat
from goodword.relationships.seats import whole
from goodword.relationships.verbs import Verb
from goodword.reservations.models import (
    OwnWorry,
    PendingReservation,
    PrivateReservation,
    SideReservation,
    TableReservation,
)
from goodword.reservations.queries import Outward
from goodword.reservations.rules import WINDOW

log = logging.getLogger("goodword.reservations")
DRAWERS: dict[str, type[Outward]] = {"mine": PrivateReservation, "side": SideReservation, "worry": OwnWorry}


def words_print(seat: Seat, row: Outward) -> str:
    """Return a print of a private row's words, for the form that confirms exactly these and no later ones."""
    return holding.print_of(seat, row.key, row.text.unseal(seat))


def same_words(seat: Seat, row: Outward, seen: str) -> None:
    """Raise Refusal unless the row still has the words that were looked at."""
    holding.refuse_unless_seen(seat, seen, row.key, row.text.unseal(seat))


def put_on_table(seat: Seat, row: Outward, seen: str) -> PendingReservation:
    """Confirm that these words leave in thirty seconds. Until then it exists in the author's own drawer only.

    Raises Refusal if the other side has not joined, if it lies on the table already, or if its words have changed since
    they were looked at. Confirming twice returns what is already on its way.
    """
    with acting(seat, only_me=True) as act:
        row.refresh_from_db()
        if act.relationship.shared_since is None:
            raise Refusal(
                _("%(name)s hasn’t joined yet. It can go on the table once they have.")
                % {"name": seat.other.first_name}
            )
        if row.to_table_at:
            raise Refusal(_("A copy of this one is on the table already."))
        on_its_way = (
            PendingReservation.objects.unscoped().filter(relationship_id=seat.relationship_id, source=row.key).first()
        )
        if on_its_way and on_its_way.author_id != seat.person_id:
            raise Refusal(_("A colleague of yours is putting this one on the table at this moment."))
        same_words(seat, row, seen)
        drawer = next(name for name, model in DRAWERS.items() if isinstance(row, model))
        return on_its_way or PendingReservation.objects.write(
            seat,
            text=row.text.unseal(seat),
            drawer=drawer,
            source=row.key,
            leaves_at=act.now + WINDOW,
            created_at=act.now,
        )


def take_back(seat: Seat, leaving: PendingReservation) -> bool:
    """Take back what has not left yet: it is deleted, and nobody ever knew. Return False if it was too late."""
    with acting(seat, after_the_end=True, only_me=True):
        return bool(PendingReservation.objects.owned_by(seat).filter(pk=leaving.pk).delete()[0])


def release_leaving(now: dt.datetime) -> int:
    """Lay on the table everything whose window has closed by `now`; return how many. Safe in many workers at once."""
    return sum(_release(*row, now) for row in _due(now=now))


@compiled
def _due(*, now: dt.datetime) -> QuerySet[PendingReservation, tuple[Any, Any, Any]]:
    due = PendingReservation.objects.unscoped().filter(leaves_at__lte=now).order_by("leaves_at")
    return due.values_list("pk", "relationship_id", "author_id")


def _release(pk: uuid.UUID, relationship_id: uuid.UUID, author_id: uuid.UUID, now: dt.datetime) -> bool:
    """Lay one on the table in one transaction; delete one whose author has left, or whose relationship has ended."""
    seats = whole(Seat.objects.all())
    seat = seats.filter(relationship_id=relationship_id, person_id=author_id).first()
    try:
        if seat is None:
            raise Refusal("its author has no seat any more")
        with acting(seat) as act:
            leaving = PendingReservation.objects.owned_by(seat).filter(pk=pk, leaves_at__lte=now).first()
            if leaving is not None:
                _lay(seat, act, leaving, now)
            return leaving is not None
    except Refusal:
        PendingReservation.objects.unscoped().filter(pk=pk).delete()
    except Exception as trouble:  # one that cannot be opened must not keep the others from leaving
        log.error("what was put on the table could not leave: %s", type(trouble).__name__)
    return False


def _lay(seat: Seat, act: Act, leaving: PendingReservation, now: dt.datetime) -> None:
    row = TableReservation.objects.write(
        seat, text=leaving.text.unseal(seat), turned=leaving.drawer == "worry", state_at=now, created_at=now
    )
    source = DRAWERS[leaving.drawer].objects.owned_by(seat)
    source.filter(key=leaving.source).update(to_table_at=now)
    leaving.delete()
    act.announce(Verb.PUT_ON_THE_TABLE, row)
