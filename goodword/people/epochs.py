"""Epochs: each begins as a backup is put back (T56)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Epoch(models.Model):
    """A backup that was put back: links, letters and sessions from before it are of an epoch that is over."""

    scope: ClassVar[str] = "local"

    at = models.DateTimeField(primary_key=True)
    made_at = models.DateTimeField()  # when the backup was made
