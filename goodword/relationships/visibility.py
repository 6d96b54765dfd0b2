"""Who sees what: the only visibility rules there are.

Every model of a relationship takes exactly one lock. Reading goes through `visible_to(seat)` or `owned_by(seat)`;
the plain manager returns nothing. Text under Mine, Ours and SealedUntilOpened is a `SealedText` (`sealed_columns.py`).

    Mine                the person who wrote it
    Ours                the people on that side
    SealedUntilOpened   our side; both once `opened_at` is set
    Shared              both sides, from the moment the table is laid
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Generic, Self, TypeVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.ground.keys import new_id, new_key
from goodword.ground.refusals import Refusal
from goodword.ground.sealing import SealBroken
from goodword.relationships.models import Seat
from goodword.relationships.sealed_columns import SealedText as SealedText

M = TypeVar("M", bound="Locked")


class Lock(models.Manager[M], Generic[M]):
    """A manager that gives nothing away until it is told who is looking."""

    def get_queryset(self) -> models.QuerySet[M]:
        """Return nothing: ask `visible_to` or `owned_by` instead."""
        return super().get_queryset().none()

    def _rows(self, seat: Seat) -> models.QuerySet[M]:
        return self._of(seat.relationship_id)

    def _of(self, relationship_id: uuid.UUID) -> models.QuerySet[M]:
        return super().get_queryset().filter(relationship_id=relationship_id)

    def visible_to(self, seat: Seat) -> models.QuerySet[M]:
        """Return the rows this seat may see."""
        raise NotImplementedError

    def owned_by(self, seat: Seat) -> models.QuerySet[M]:
        """Return the rows this seat may change: its own side's, never the other's."""
        rows = self.visible_to(seat)
        return rows.none() if seat.mirror else rows.filter(side_id=seat.side_id)

    def write(self, seat: Seat, **fields: Any) -> M:
        """Make and save a row in this seat's name. The seat says which relationship, side and author: no form does (T51)."""
        if seat.mirror:
            raise SealBroken("a mirror only shows")
        row = self.model(relationship_id=seat.relationship_id, side_id=seat.side_id, author_id=seat.person_id, **fields)
        row.save(force_insert=True)
        return row

    def write_many(self, rows: Iterable[tuple[Seat, Mapping[str, Any]]]) -> list[M]:
        """Make and save several rows, each in a seat's name, in one statement."""
        made = [
            self.model(relationship_id=seat.relationship_id, side_id=seat.side_id, author_id=seat.person_id, **fields)
            for seat, fields in rows
            if not seat.mirror
        ]
        return super().get_queryset().bulk_create(made)

    def unscoped(self) -> models.QuerySet[M]:
        """Return all rows, for gates, workers and erasure, which decide on both sides' facts and show them to nobody.

        Never call this from a view, a page query or a letter: the test of the words holds callers to a list.
        """
        return super().get_queryset()


class MineLock(Lock[M]):
    """In my own drawer."""

    def visible_to(self, seat: Seat) -> models.QuerySet[M]:
        """Return the rows this very person wrote."""
        rows = self._rows(seat)
        return rows.none() if seat.mirror else rows.filter(side_id=seat.side_id, author_id=seat.person_id)


class OursLock(Lock[M]):
    """In our side's drawer."""

    def visible_to(self, seat: Seat) -> models.QuerySet[M]:
        """Return the rows of this seat's side."""
        rows = self._rows(seat)
        return rows.none() if seat.mirror else rows.filter(side_id=seat.side_id)


class SealedLock(Lock[M]):
    """In our drawer until an event opens it."""

    def visible_to(self, seat: Seat) -> models.QuerySet[M]:
        """Return the rows of this seat's side, and the other's once opened."""
        opened = Q(opened_at__isnull=False)
        return self._rows(seat).filter(opened if seat.mirror else opened | Q(side_id=seat.side_id))


class SharedLock(Lock[M]):
    """On the table."""

    def visible_to(self, seat: Seat) -> models.QuerySet[M]:
        """Return what is on the table: all that was put there since it was laid, and before that one's own only.

        A relationship can be used alone before the other is invited; nothing of that time is shown to them later, nor does a
        mirror show it: it is held up by the other side, or lies on the table.
        """
        if seat.mirror:
            return self.on_table(seat)
        rows = self._rows(seat)
        own = Q(side_id=seat.side_id)
        shared_since = seat.relationship.shared_since
        return rows.filter(own if shared_since is None else own | Q(created_at__gte=shared_since))

    def write(self, seat: Seat, **fields: Any) -> M:
        """Make and save a row on the table. Raises Refusal while one side keeps the relationship alone and there is no table yet."""
        self._refuse_without_table(seat)
        return super().write(seat, **fields)

    def write_many(self, rows: Iterable[tuple[Seat, Mapping[str, Any]]]) -> list[M]:
        """Make and save several rows on the table; the same Refusal."""
        made = list(rows)
        for seat, _fields in made:
            self._refuse_without_table(seat)
        return super().write_many(made)

    def keep_before(self, relationship_id: uuid.UUID, moment: dt.datetime) -> None:
        """Let every row there is be from before a moment, by whatever clock it was written."""
        late = self._of(relationship_id).filter(created_at__gte=moment)
        late.update(created_at=moment - dt.timedelta.resolution)

    def _refuse_without_table(self, seat: Seat) -> None:
        if seat.keeps_alone and not getattr(self.model, "also_alone", False):
            raise Refusal(_("%(name)s has not joined yet.") % {"name": seat.other.first_name})

    def on_table(self, seat: Seat) -> models.QuerySet[M]:
        """Return what both sides see, whoever asks."""
        shared_since = seat.relationship.shared_since
        rows = self._rows(seat)
        return rows.none() if shared_since is None else rows.filter(created_at__gte=shared_since)


class Locked(models.Model):
    """What every row of a relationship has: whose it is, and since when."""

    scope: ClassVar[str] = "relationship"
    lock: ClassVar[str]

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=22, default=new_key, editable=False)
    relationship = models.ForeignKey("goodword.Relationship", on_delete=models.CASCADE, related_name="+")
    side = models.ForeignKey("goodword.Side", on_delete=models.CASCADE, related_name="+", db_index=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        abstract = True

    def opens_for(self, seat: Seat) -> bool:
        """Whether sealed text of this row may be read by this seat."""
        return False


class Mine(Locked):
    """Seen by the person who wrote it."""

    lock = "mine"
    objects: ClassVar[MineLock[Self]] = MineLock()

    class Meta(Locked.Meta):
        abstract = True

    def opens_for(self, seat: Seat) -> bool:
        """Only for its author, sitting where they sat."""
        return not seat.mirror and seat.side_id == self.side_id and seat.person_id == self.author_id


class Ours(Locked):
    """Seen by the people on one side."""

    lock = "ours"
    objects: ClassVar[OursLock[Self]] = OursLock()

    class Meta(Locked.Meta):
        abstract = True

    def opens_for(self, seat: Seat) -> bool:
        """Only for its side."""
        return not seat.mirror and seat.side_id == self.side_id


class SealedUntilOpened(Locked):
    """Seen by one side until it is opened, then by both."""

    lock = "sealed"
    opened_at = models.DateTimeField(null=True, editable=False)
    objects: ClassVar[SealedLock[Self]] = SealedLock()

    class Meta(Locked.Meta):
        abstract = True

    def opens_for(self, seat: Seat) -> bool:
        """For its side, and for both once opened."""
        if self.opened_at is not None:
            return seat.relationship_id == self.relationship_id
        return not seat.mirror and seat.side_id == self.side_id


class Shared(Locked):
    """Seen by both sides. `also_alone` are those that a side writes too while it keeps the relationship by itself."""

    lock = "shared"
    also_alone: ClassVar[bool] = False
    objects: ClassVar[SharedLock[Self]] = SharedLock()

    class Meta(Locked.Meta):
        abstract = True
