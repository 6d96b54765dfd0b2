"""What the account keeps: how far somebody's archive is, and what they brought along from another server."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from goodword.ground.keys import new_id
from goodword.relationships.visibility import Mine, SealedText


class ArchiveProgress(models.Model):
    """How far the archive is that somebody is fetching. Of the archive itself nothing is stored."""

    scope: ClassVar[str] = "person"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    moved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "goodword_making"


class ImportedRecord(Mine):
    """The whole record of a relationship as it was on another server, for whoever brought it: to read, and to take along again."""

    origin = models.CharField(max_length=64)  # a hash of the key it had there, so that it is brought once
    content = SealedText()

    class Meta(Mine.Meta):
        db_table = "goodword_broughtalong"
        constraints = [models.UniqueConstraint(fields=["relationship", "author", "origin"], name="brought_along_once")]
