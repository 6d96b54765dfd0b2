"""Taking letters out of the outbox: claim, ask again whether it may go, send, and say so. At least once, never lost."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from email.utils import formataddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.template.loader import render_to_string
from django.utils import timezone

from goodword.ground.text import tidy_line
from goodword.post import stopping
from goodword.post.letters import kind_of
from goodword.post.models import OutboxLetter
from goodword.post.outbox import is_suppressed, values_of

LEASE = dt.timedelta(minutes=2)
GIVE_UP = dt.timedelta(days=3)
log = logging.getLogger("goodword.post")


def deliver_due(most: int = 50) -> int:
    """Send up to `most` letters that are due. Return how many went. One that cannot go is tried again later, ever rarer."""
    now = timezone.now()
    due = Q(sent_at=None, dropped_at=None, due_at__lte=now) & (Q(claimed_until=None) | Q(claimed_until__lt=now))
    return sum(
        _deliver(pk) for pk in OutboxLetter.objects.filter(due).order_by("due_at").values_list("pk", flat=True)[:most]
    )


def _deliver(pk: uuid.UUID) -> int:
    letter = _claim(pk)
    if letter is None:
        return 0
    kind = kind_of(letter.kind)
    if not kind.may_send(letter.relationship_id, letter.person_id) or is_suppressed(letter.address, letter.kind):
        _settle(letter, dropped_at=timezone.now())
        return 0
    try:
        if kind.fill and kind.fill(letter.person_id, values_of(letter)) is None:
            _settle(letter, dropped_at=timezone.now())
            return 0
        message(letter).send()
    except Exception as trouble:  # whatever one letter cannot do must not hold up the others
        _try_later(letter, trouble)
        return 0
    _settle(letter, sent_at=timezone.now())
    return 1


def _claim(pk: uuid.UUID) -> OutboxLetter | None:
    """Return the letter if this worker is the one to send it: a conditional update, so many workers are safe."""
    now = timezone.now()
    free = OutboxLetter.objects.filter(
        Q(claimed_until=None) | Q(claimed_until__lt=now), pk=pk, sent_at=None, dropped_at=None
    )
    return OutboxLetter.objects.get(pk=pk) if free.update(claimed_until=now + LEASE) else None


def _settle(letter: OutboxLetter, **what: dt.datetime) -> None:
    OutboxLetter.objects.filter(pk=letter.pk).update(content=b"", claimed_until=None, **what)


def _try_later(letter: OutboxLetter, trouble: Exception) -> None:
    now = timezone.now()
    if now - letter.made_at > GIVE_UP:
        _settle(letter, dropped_at=now)
        log.error("letter %s of kind %s given up after three days", letter.key, letter.kind)
        return
    wait = min(dt.timedelta(seconds=20 * 2 ** min(letter.attempts, 8)), dt.timedelta(hours=1))
    OutboxLetter.objects.filter(pk=letter.pk).update(
        attempts=letter.attempts + 1, due_at=now + wait, claimed_until=None
    )
    log.warning(
        "letter %s of kind %s could not go (%s); next try in %s", letter.key, letter.kind, type(trouble).__name__, wait
    )


def message(letter: OutboxLetter) -> EmailMultiAlternatives:
    """Return the e-mail of a letter: text and HTML, a stable Message-ID, a way to stop where its kind has one."""
    kind, values = kind_of(letter.kind), values_of(letter)
    values |= (kind.fill(letter.person_id, values) or {}) if kind.fill else {}
    context = {**values, "stop_url": stopping.stop_url(letter) if kind.can_stop else ""}
    subject = tidy_line(kind.subject(values))[:150]
    sender = tidy_line(str(values.get("from_name", ""))).replace('"', "")
    mail = EmailMultiAlternatives(
        subject,
        render_to_string(f"{kind.pages}.txt", {**context, "subject": subject}).strip() + "\n",
        formataddr((f"{sender} via Goodword" if sender else "Goodword", settings.DEFAULT_FROM_EMAIL)),
        [letter.address],
        reply_to=[values["reply_to"]] if values.get("reply_to") else None,
        headers={
            "Message-ID": f"<{letter.key}@{urlsplit(settings.BASE_URL).hostname}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    mail.attach_alternative(render_to_string(f"{kind.pages}.html", {**context, "subject": subject}), "text/html")
    if kind.calendar:
        carry(mail, kind.calendar(values))
    if kind.can_stop:
        mail.extra_headers |= {
            "List-Unsubscribe": f"<{context['stop_url']}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    return mail


def carry(mail: EmailMultiAlternatives, calendar: str) -> None:
    """Let a message carry an iTIP object: as the alternative calendars act on, and as a file for those that only open files."""
    method = next(line.removeprefix("METHOD:").strip() for line in calendar.splitlines() if line.startswith("METHOD:"))
    mail.attach_alternative(calendar, f"text/calendar; method={method}")
    mail.attach("invite.ics", calendar.encode(), "application/ics")
