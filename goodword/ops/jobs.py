"""Recurring jobs: what the house does by itself. Each derives what to do from the rows: a missed run loses nothing."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from goodword.database.compiled import compiled
from goodword.ops import metrics
from goodword.ops.models import DueJob

AHEAD = dt.timedelta(hours=1)  # of its rhythm: a job that is due later than that was put off by a clock that was wrong
log = logging.getLogger("goodword.ops")


@dataclass(frozen=True, slots=True)
class Job:
    """A callable that takes this moment, does what is due and returns how many things it did; and how often it runs.

    `every` None: at every step of every worker. Such a job must be safe in many workers at once, and cheap when idle.
    """

    name: str
    run: Callable[[dt.datetime], int]
    every: dt.timedelta | None


_jobs: dict[str, Job] = {}


def register(name: str, run: Callable[[dt.datetime], int], every: dt.timedelta | None = None) -> None:
    """Make a recurring job known."""
    _jobs[name] = Job(name, run, every)


def all_jobs() -> list[Job]:
    """Return every job, by name."""
    return [_jobs[name] for name in sorted(_jobs)]


def begin(jobs: Iterable[Job], now: dt.datetime) -> None:
    """Give each job that has a rhythm its row, due at once, where it has none yet."""
    DueJob.objects.bulk_create([DueJob(name=job.name, due_at=now) for job in jobs if job.every], ignore_conflicts=True)


def run_due(now: dt.datetime) -> int:
    """Run every job that is due and that no other worker took. Return how many things were done.

    A job that raises is logged and asked again at its next time; the others run all the same. After a clock that was ahead was
    set right, jobs go on at once.
    """
    due = set(_due(now=now, ahead=now + AHEAD))
    return sum(
        run(job, now)
        for job in all_jobs()
        if job.every is None or (job.name in due and _claim(job.name, job.every, now))
    )


@compiled
def _due(*, now: dt.datetime, ahead: dt.datetime) -> QuerySet[DueJob, str]:
    return DueJob.objects.filter(Q(due_at__lte=now) | Q(due_at__gt=ahead)).values_list("name", flat=True)


def _claim(name: str, every: dt.timedelta, now: dt.datetime) -> int:
    due = Q(due_at__lte=now) | Q(due_at__gt=now + every + AHEAD)
    return DueJob.objects.filter(due, name=name).update(due_at=now + every)


def run(job: Job, now: dt.datetime) -> int:
    try:
        did = job.run(now)
    except Exception:
        log.exception("job %s did not finish", job.name)
        metrics.count_job(job.name, 0, fine=False)
        return 0
    metrics.count_job(job.name, did, fine=True)
    return did
