"""Figures for a Prometheus, without a name of anybody in them: only where GOODWORD_METRICS_TOKEN is set.

Several processes count; prometheus-client keeps each one's figures in a file of the data folder's `metrics`, and whoever is asked
adds them up. What lies in the database is counted when it is asked for. They are for the operator's eyes alone: in a small house
the number of requests to a private page tells when somebody writes there (T11).
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Min, Q

from goodword.ops.models import Beat, DueJob
from goodword.post.models import OutboxLetter
from goodword.version import VERSION

FOLDER = "metrics"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)


def begin() -> None:
    """Forget what processes of an earlier start counted. For whoever starts them all."""
    shutil.rmtree(settings.DATA / FOLDER, ignore_errors=True)


def count_request(route: str, method: str, status: int, took: float) -> None:
    """Count an answered request."""
    if settings.METRICS_TOKEN:
        made = _counters()
        made["requests"].labels(route, method, f"{status // 100}xx").inc()
        made["seconds"].labels(method).observe(took)


def count_job(name: str, did: int, fine: bool) -> None:
    """Count a recurring job's run, and what it did."""
    if settings.METRICS_TOKEN and (did or not fine):
        _counters()["jobs"].labels(name, "done" if fine else "raised").inc(max(did, 1))


def count_letters(sent: int) -> None:
    """Count letters that went."""
    if settings.METRICS_TOKEN and sent:
        _counters()["letters"].inc(sent)


@cache
def _counters() -> dict[str, Any]:
    """Return what is counted, made at the first count: the library is loaded by those alone who want figures."""
    folder = settings.DATA / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)
    from prometheus_client import Counter, Histogram

    return {
        "requests": Counter("goodword_requests", "Requests answered", ["route", "method", "status"]),
        "seconds": Histogram("goodword_request_seconds", "Time to answer", ["method"], buckets=BUCKETS),
        "jobs": Counter("goodword_jobs", "Things done by recurring jobs", ["job", "outcome"]),
        "letters": Counter("goodword_letters_sent", "Letters handed to the mail server"),
    }


def read(now: dt.datetime) -> bytes:
    """Return all figures in Prometheus' text form."""
    _counters()
    from prometheus_client import CollectorRegistry, Gauge, generate_latest
    from prometheus_client.multiprocess import MultiProcessCollector

    counted, asked = CollectorRegistry(), CollectorRegistry()
    MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
    Gauge("goodword_info", "Version", ["version"], registry=asked).labels(VERSION).set(1)
    for name, (about, value) in _gauges(now).items():
        Gauge(name, about, registry=asked).set(value)
    return bytes(generate_latest(counted) + generate_latest(asked))


def _gauges(now: dt.datetime) -> dict[str, tuple[str, float]]:
    waiting = OutboxLetter.objects.filter(sent_at=None, dropped_at=None, due_at__lte=now)
    oldest = waiting.aggregate(oldest=Min("made_at"))["oldest"]
    late = DueJob.objects.aggregate(first=Min("due_at"))["first"]
    given_up = OutboxLetter.objects.filter(
        ~Q(dropped_at=None), attempts__gt=0, dropped_at__gt=now - dt.timedelta(days=1)
    )
    return {
        "goodword_letters_waiting": ("Letters that are due and have not gone", waiting.count()),
        "goodword_letters_oldest_seconds": ("How long the oldest of them has waited", _seconds(now, oldest)),
        "goodword_letters_given_up": ("Letters given up within a day", given_up.count()),
        "goodword_workers": ("Workers that have beaten within two minutes", _beating(now)),
        "goodword_jobs_late_seconds": ("How late the most overdue job is", _seconds(now, late)),
        "goodword_disk_free_bytes": ("Room left on the disk of the data folder", shutil.disk_usage(settings.DATA).free),
    }


def _beating(now: dt.datetime) -> int:
    return Beat.objects.filter(at__gt=now - dt.timedelta(minutes=2)).count()


def _seconds(now: dt.datetime, since: dt.datetime | None) -> float:
    return max((now - since).total_seconds(), 0) if since else 0
