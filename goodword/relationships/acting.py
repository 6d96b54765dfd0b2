"""Acting: one transaction for rule, rows and announcements. Every write to a relationship happens inside `acting`."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.database.compiled import compiled
from goodword.ground.refusals import Refusal
from goodword.ground.sealing import SealBroken
from goodword.relationships import announcements, waiting
from goodword.relationships.announcements import Announcement, Stale
from goodword.relationships.models import Relationship, Seat
from goodword.relationships.verbs import Verb
from goodword.relationships.visibility import Shared


@dataclass(slots=True)
class Act:
    """An act in progress: in which relationship, by which seat, when, and what it announces."""

    relationship: Relationship
    now: dt.datetime
    by: Seat | None
    announced: list[Announcement] = field(default_factory=list)
    idle: bool = False
    stale: Stale = Stale.EVERYTHING  # what a private act makes out of date; for others their announcements say it

    @property
    def seat(self) -> Seat:
        """Who acts. Raises LookupError where nobody seated does: the worker, or somebody with a link."""
        if self.by is None:
            raise LookupError("nobody seated acts here")
        return self.by

    def announce(self, verb: Verb, thing: Any = None, **facts: Any) -> None:
        """Say what happened, to which thing (a row or its key). All that follows is done when the act closes: see the table
        of its room, `follows`. Without it, an act is private and touches nothing of the other side's.

        `facts` are values that its letter and rows need and that this act has at hand. An act about a thing from before the table
        was laid is private too: the other side does not know that it exists (M4).
        """
        if not self._is_from_before(thing):
            self.announced.append(Announcement(verb, self.seat, self.now, thing, facts))

    def _is_from_before(self, thing: Any) -> bool:
        laid = self.relationship.shared_since
        return laid is not None and isinstance(thing, Shared) and thing.created_at < laid

    def change_nothing(self) -> None:
        """Say that this act changed nothing after all: it came too late, or again. Nothing goes out of date."""
        self.idle = True


@contextmanager
def acting(seat: Seat, *, after_the_end: bool = False, only_me: bool = False) -> Iterator[Act]:
    """Open one transaction in which this seat acts; yield the Act.

    The relationship's row is locked first (SQLite: the whole transaction is IMMEDIATE), so that acts of two sides take
    their turns. Raises Refusal if the seat was given up or the relationship has ended, unless `after_the_end`.
    When the block is done, what follows from its announcements is done in the same transaction. Then what the list shows
    goes out of date: for both sides if something was announced, for the acting side alone if not, so that a private act
    leaves no trace on the other side (T11). `only_me` is for acts in a person's own drawer: their colleagues' lists are
    not touched either (T22).
    """
    if seat.mirror:
        raise SealBroken("a mirror only shows")
    with transaction.atomic():
        relationship = _lock(seat.relationship_id)
        seat.relationship = relationship
        if not _open_seat(pk=seat.pk):
            raise Refusal(_("You are no longer part of this relationship."))
        if relationship.ended_at is not None and not after_the_end:
            raise Refusal(
                _("This one has ended. What you both agreed stays readable, and nothing more is added to it.")
            )
        act = Act(relationship, timezone.now(), seat)
        yield act
        _close(act, side=seat.side_id, seat=seat.pk if only_me else None)


@contextmanager
def acting_unseated(relationship_id: uuid.UUID) -> Iterator[Act]:
    """Open one transaction for an act that no seat does: somebody with a letter's link, somebody who takes a seat, the worker.

    Whoever takes a seat within it is its `by` from then on, and may announce. What the list shows goes out of date for both
    sides: such acts are never private.
    """
    with transaction.atomic():
        relationship = _lock(relationship_id)
        act = Act(relationship, timezone.now(), None)
        yield act
        _close(act, side=None, seat=None)


def _lock(pk: uuid.UUID) -> Relationship:
    """Return a relationship, its row locked until the transaction ends. Raise DoesNotExist where it has been erased."""
    found = next(iter(_row(pk=pk)), None)
    if found is None:
        raise Relationship.DoesNotExist
    return found


@compiled
def _row(*, pk: uuid.UUID) -> QuerySet[Relationship]:
    return Relationship.objects.select_for_update().filter(pk=pk)


@compiled
def _open_seat(*, pk: uuid.UUID) -> QuerySet[Seat, tuple[uuid.UUID]]:
    return Seat.objects.filter(pk=pk, left_at=None).values_list("pk")


def _close(act: Act, *, side: uuid.UUID | None, seat: uuid.UUID | None) -> None:
    """Do what follows from an act, and mark what it has made out of date."""
    if act.idle:
        return
    stale = act.stale
    if act.announced:
        stale, side, seat = announcements.carry_out(act.announced), None, None
    waiting.mark(act.relationship, act.now, side=side, seat=seat, stale=stale)
    if act.by is not None and stale is Stale.EVERYTHING:
        act.by.unsettled = True
