"""Which recurring jobs there are: one line each, offered by the rooms."""

from __future__ import annotations

import datetime as dt

from django.contrib.sessions.models import Session
from django.db.models import Q

from goodword.encounters.actions import reminders, replies
from goodword.leads.actions import forgetting
from goodword.leads.mailing import digest, reminding
from goodword.ops import files, upgrading
from goodword.ops.jobs import register
from goodword.people import devices, limits, submissions
from goodword.people.models import SignInKey
from goodword.post.models import OutboxLetter
from goodword.relationships import holding, starting, waiting
from goodword.reservations.actions import releasing

MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)
RETENTION = dt.timedelta(days=30)


def register_jobs() -> None:
    """Register every recurring job."""
    register("reservations.release", releasing.release_due)  # windows are half a minute: looked at every second
    register("relationships.release", holding.release_due)  # windows are half a minute: looked at every second
    register("relationships.settle", waiting.settle_due)  # somebody may look: every second
    register("encounters.remind", reminders.put_due, 5 * MINUTE)
    register("encounters.replies", replies.read_due, MINUTE)
    register("leads.remind", reminding.remind_due, 15 * MINUTE)
    register("leads.gather", digest.gather_due, 5 * MINUTE)
    register("leads.forget", forgetting.forget_due, HOUR)
    register("leads.lapse", forgetting.lapse_due, HOUR)
    register("relationships.forget_offers", starting.forget_offers, HOUR)
    register("post.forget", forget_letters, HOUR)
    register("ops.forget_copies", upgrading.forget_copies, HOUR)
    register("ops.sweep_files", files.sweep, HOUR)
    register("people.forget_keys", forget_keys, HOUR)
    register("people.forget_sessions", forget_sessions, HOUR)
    register("people.forget_rate_counters", limits.forget_old, HOUR)
    register("people.forget_submissions", submissions.forget_old, HOUR)
    register("people.forget_browsers", devices.forget_old, HOUR)


def forget_letters(now: dt.datetime) -> int:
    """Delete letters that went, or were dropped, a month ago. Their content was emptied at once; this is the rest.

    Of a letter made once for an occasion the row stays, without whom it went to: it keeps the occasion from making another.
    """
    gone = OutboxLetter.objects.filter(Q(sent_at__lt=now - RETENTION) | Q(dropped_at__lt=now - RETENTION))
    gone.exclude(once=None).exclude(address="").update(address="")
    return gone.filter(once=None).delete()[0]


def forget_keys(now: dt.datetime) -> int:
    """Delete sign-in keys that ended a day ago."""
    return SignInKey.objects.filter(expires_at__lt=now - dt.timedelta(days=1)).delete()[0]


def forget_sessions(now: dt.datetime) -> int:
    """Delete sessions that have run out."""
    return Session.objects.filter(expire_date__lt=now).delete()[0]
