"""What the house keeps about itself: which job is due when, who is alive, which versions have run."""

import datetime as dt
from typing import ClassVar

from django.db import models

FRESH = dt.timedelta(seconds=90)  # of a heartbeat: longer than one slow mail server can hold a worker's step up


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


class Release(models.Model):
    """A version of Goodword that has run on this database, and since when."""

    scope: ClassVar[str] = "local"

    version = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()
