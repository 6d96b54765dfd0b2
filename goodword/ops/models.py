"""What the workers tell each other: which job is due when, and that they are alive."""

from typing import ClassVar

from django.db import models


class DueJob(models.Model):
    """A recurring job and when it is due. Whoever moves `due_at` on does it, so that many workers do it once."""

    scope: ClassVar[str] = "local"

    name = models.CharField(max_length=60, primary_key=True)
    due_at = models.DateTimeField()


class Beat(models.Model):
    """A worker's heartbeat. A worker that ends takes its row away."""

    scope: ClassVar[str] = "local"

    worker = models.CharField(max_length=80, primary_key=True)
    at = models.DateTimeField()
