"""What keeps a relationship alive on the table: its rhythm, news, changes to the agenda, and the review."""

from __future__ import annotations

import json
from typing import ClassVar

from django.conf import settings
from django.db import models

from goodword.followups.rules import KINDS
from goodword.ground.keys import new_id
from goodword.relationships.sealed_columns import TableText
from goodword.relationships.visibility import Shared


class Rhythm(Shared):
    """How often the two mean to talk (M34). Either side may set it; the newest counts.

    `counts_from` is "calendar" or "contact": whether turns lie fixed, or each begins when they last spoke.
    """

    kind = models.CharField(max_length=20, choices=[(k, k) for k in KINDS])
    rule = models.CharField(max_length=120)
    zone = models.CharField(max_length=60)
    wall = models.TimeField()
    starts_on = models.DateField()
    counts_from = models.CharField(max_length=8, choices=[("calendar", "calendar"), ("contact", "contact")])

    class Meta(Shared.Meta):
        indexes = [models.Index(fields=["relationship", "-created_at"], name="rhythm_newest")]


class Update(Shared):
    """News from one side (M38). `part` is what it touches of what was taught: whom, what, words, or nothing."""

    kind = models.CharField(max_length=40)
    text = models.TextField()
    part = models.CharField(max_length=8, blank=True)

    class Meta(Shared.Meta):
        indexes = [
            models.Index(fields=["relationship", "-created_at"], name="update_newest"),
            models.Index(fields=["relationship", "key"], name="update_by_key"),
        ]


class UpdateReceipt(Shared):
    """The other side says that it has read an update, and how it would put it now where teaching is touched."""

    update = models.ForeignKey(Update, on_delete=models.CASCADE, related_name="+")
    said_back = models.TextField(blank=True)

    class Meta(Shared.Meta):
        db_table = "goodword_updateread"
        constraints = [models.UniqueConstraint(fields=["relationship", "update", "side"], name="update_read_once")]


class AgendaChange(Shared):
    """An item added to the next follow-up, a line under one, one struck, or one put back. It counts until the two have talked.

    `item` is the playbook's id, or the key of the row that added it.
    """

    what = models.CharField(max_length=8, choices=[(what, what) for what in ("add", "under", "strike", "put_back")])
    item = models.CharField(max_length=40, blank=True)
    text = TableText()

    class Meta(Shared.Meta):
        indexes = [models.Index(fields=["relationship", "created_at"], name="agenda_changes")]


class ReviewAnswer(Shared):
    """What one side says to one question of the review (M37). Each answer is kept; the newest of a side counts."""

    question = models.CharField(max_length=20)
    text = models.TextField()

    class Meta(Shared.Meta):
        indexes = [models.Index(fields=["relationship", "-created_at"], name="review_newest")]


class UpdateDraft(models.Model):
    """News one person is still writing, for whichever relationships they choose. Sealed; nobody else reads it."""

    scope: ClassVar[str] = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    content = models.BinaryField(default=b"")
    saved_at = models.DateTimeField()

    def _place(self) -> bytes:
        return f"goodword_updatedraft.content.{self.pk}".encode()

    def seal(self, words: dict[str, object]) -> None:
        """Put words into it."""
        self.content = settings.KEY_RING.seal(json.dumps(words), self._place())

    def unseal(self) -> dict[str, object]:
        """Return its words, for the page of the person it belongs to."""
        words: dict[str, object] = json.loads(settings.KEY_RING.open(bytes(self.content), self._place()))
        return words
