"""The outbox: what is to leave the house, written in the same transaction as the act that caused it."""

from typing import ClassVar

from django.db import models

from goodword.ground.keys import new_id, new_key


class OutboxLetter(models.Model):
    """One e-mail to one address. Its content is sealed with the key ring and emptied once it has gone."""

    scope: ClassVar[str] = "local"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=22, default=new_key, editable=False)  # the Message-ID: the same at every attempt
    kind = models.CharField(max_length=60)
    address = models.EmailField(max_length=254)
    language = models.CharField(
        max_length=12, blank=True
    )  # for a reader who has not said: what was spoken when it was made
    content = models.BinaryField(default=b"")
    relationship_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)
    once = models.CharField(max_length=255, null=True, unique=True)  # noqa: DJ001 - NULLs are distinct, blanks are not
    lane = models.PositiveSmallIntegerField(default=1)  # 0: somebody waits for it; a number, so that an index orders it
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["lane", "due_at"], condition=models.Q(sent_at=None, dropped_at=None), name="outbox_due"
            ),
            models.Index(fields=["address", "made_at"], name="outbox_by_address"),
            models.Index(fields=["relationship_id"], name="outbox_by_relationship"),
        ]


class Suppression(models.Model):
    """An address that asked not to be written to, for one kind of letter or all (T34). Only its hash is kept."""

    scope: ClassVar[str] = "local"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    address_hash = models.CharField(max_length=64)
    kind = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        db_table = "goodword_suppressed"
        constraints = [models.UniqueConstraint(fields=["address_hash", "kind"], name="suppressed_once")]
