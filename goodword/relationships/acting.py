"""Acting: one transaction for rule, write, journal and outbox. Every write to a relationship happens inside `acting`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.ground.refusals import Refusal
from goodword.ground.sealing import SealBroken
from goodword.relationships import projection
from goodword.relationships.models import Event, Relationship, Seat


@dataclass(slots=True)
class Act:
    """An act in progress: who acts, when, and whether the other side learns of it."""

    seat: Seat
    relationship: Relationship
    now: dt.datetime
    told: bool = field(default=False)

    def tell(self, verb: str, subject: str = "") -> None:
        """Write a line into the journal, which both sides read. Without it, an act is private and touches nothing of theirs."""
        Event.objects.write(self.seat, verb=verb, subject=subject, created_at=self.now)
        self.told = True


@contextmanager
def acting(seat: Seat, *, after_the_end: bool = False, only_me: bool = False) -> Iterator[Act]:
    """Open one transaction in which this seat acts; yield the Act.

    The relationship's row is locked first (SQLite: the whole transaction is IMMEDIATE), so that acts of two sides take
    their turns. Raises Refusal if the seat was given up or the relationship has ended, unless `after_the_end`.
    When the block is done, what the list shows is brought up to date: for both sides if something was told, for the
    acting side alone if not, so that a private act leaves no trace on the other side (T11). `only_me` is for acts in a
    person's own drawer: their colleagues' lists are not touched either (T22).
    """
    if seat.mirror:
        raise SealBroken("a mirror only shows")
    with transaction.atomic():
        relationship = Relationship.objects.select_for_update().get(pk=seat.relationship_id)
        seat.relationship = relationship
        if not Seat.objects.filter(pk=seat.pk, left_at=None).exists():
            raise Refusal(_("You are no longer part of this relationship."))
        if relationship.ended_at is not None and not after_the_end:
            raise Refusal(
                _("This one has ended. What you both agreed stays readable, and nothing more is added to it.")
            )
        act = Act(seat, relationship, timezone.now())
        yield act
        only_seat = seat.pk if only_me and not act.told else None
        projection.refresh(relationship, None if act.told else seat.side_id, act.now, only_seat)
