"""What goes on by itself: the clock, workers and their jobs, letters, backups."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import subprocess
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Max, Min

from goodword.ops import worker
from goodword.ops.backup import copying, making
from goodword.ops.doctor.findings import Finding, well, worth_a_look, wrong
from goodword.ops.models import FRESH, Beat, DueJob
from goodword.post.models import OutboxLetter

MINUTE, HOUR, DAY = dt.timedelta(minutes=1), dt.timedelta(hours=1), dt.timedelta(days=1)
FRESH_BACKUP = 2 * DAY


def clock_is_right(now: dt.datetime) -> list[Finding]:
    """Whether this machine's clock can be trusted: against the database server's, its own synchronisation, what was written."""
    if copying.is_postgres():
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            apart = abs(dt.datetime.now(dt.UTC) - cursor.fetchone()[0])
        if apart > dt.timedelta(seconds=5):
            return [
                wrong(
                    f"this clock and the database server's are {apart.total_seconds():.0f} s apart", "Set both by NTP."
                )
            ]
    last = OutboxLetter.objects.aggregate(last=Max("made_at"))["last"]
    if last and last > now + MINUTE:
        return [
            wrong(
                f"something was written at {last:%Y-%m-%d %H:%M} UTC, which is still to come", "Set the clock by NTP."
            )
        ]
    if _has_network_time() is False:
        return [worth_a_look("the clock is not set by NTP", "Run: timedatectl set-ntp true")]
    return [well(f"{now:%Y-%m-%d %H:%M} UTC")]


def _has_network_time() -> bool | None:
    """Whether the system says its clock is synchronised; None where it cannot be asked."""
    program = shutil.which("timedatectl")
    if program is None:
        return None
    asked = [program, "show", "--property=NTPSynchronized", "--value"]
    said = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=5).stdout.strip()  # noqa: S603
    return {"yes": True, "no": False}.get(said)


def workers_beat(now: dt.datetime) -> list[Finding]:
    """Whether a worker lives and gets round to its jobs."""
    if not worker.alive(now):
        last = Beat.objects.aggregate(last=Max("at"))["last"]
        since = f" since {last:%Y-%m-%d %H:%M} UTC" if last else ""
        return [
            wrong(
                f"no worker has beaten{since}: letters and reminders wait", "Start it: python3 run.py, or run.py worker"
            )
        ]
    late = list(DueJob.objects.filter(due_at__lt=now - 10 * MINUTE).order_by("due_at").values_list("name", flat=True))
    if late:
        return [wrong(f"{', '.join(late)} should have run by now", "See the log of the worker.")]
    return [well(f"{Beat.objects.filter(at__gt=now - FRESH, at__lt=now + FRESH).count()} alive, no job late")]


def letters_go(now: dt.datetime) -> list[Finding]:
    """Whether letters leave, and none was given up."""
    waiting = OutboxLetter.objects.filter(sent_at=None, dropped_at=None, due_at__lte=now)
    oldest = waiting.aggregate(oldest=Min("made_at"))["oldest"]
    tried = OutboxLetter.objects.filter(sent_at=None, dropped_at=None, attempts__gt=0).count()
    given_up = OutboxLetter.objects.filter(dropped_at__gt=now - DAY, attempts__gt=0).count()
    if oldest and oldest < now - HOUR:
        return [
            wrong(
                f"{waiting.count()} letters wait, the oldest since {oldest:%Y-%m-%d %H:%M} UTC",
                "See mail server below.",
            )
        ]
    if tried or given_up:
        return [worth_a_look(f"{tried} letters are tried again, {given_up} were given up within a day", "See the log.")]
    return [well(f"{waiting.count()} on their way")]


def backup_is_recent(now: dt.datetime) -> list[Finding]:
    """Whether a backup was made lately, and is still where it was put."""
    note = Path(settings.DATA) / making.LAST
    if not note.exists():
        return [
            wrong("no backup has been made by run.py backup", "Run it now, and every day: docs/operating.md, Backup")
        ]
    last = json.loads(note.read_text())
    made, path = dt.datetime.fromisoformat(last["at"]), Path(last["path"])
    words = f"the last is of {made:%Y-%m-%d %H:%M} UTC, {path}"
    if now - made > FRESH_BACKUP:
        return [wrong(words, "Make one every day: docs/operating.md, Backup")]
    if not path.exists():
        return [worth_a_look(f"{words}, and is not there any more", "If it was moved away, all is well.")]
    return [well(words)]
