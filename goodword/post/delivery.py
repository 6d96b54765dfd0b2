"""Taking letters out of the outbox: claim, ask again whether it may go, send, and say so. At least once, never lost."""

from __future__ import annotations

import datetime as dt
import logging
import time
import uuid
from collections.abc import Callable
from contextlib import suppress
from email.utils import formataddr
from smtplib import SMTPException, SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.database.compiled import compiled
from goodword.ground.text import tidy_line
from goodword.post import gathering, stopping, timing
from goodword.post.letters import kind_of
from goodword.post.models import OutboxLetter
from goodword.post.outbox import is_suppressed, values_of
from goodword.ui.languages import speaking, tag

LEASE = dt.timedelta(minutes=2)
GIVE_UP = dt.timedelta(days=3)
log = logging.getLogger("goodword.post")
_language_of: Callable[[str], str] = lambda address: ""  # noqa: E731


def languages_from(language_of: Callable[[str], str]) -> None:
    """Say who knows in which language an address is read: a callback, as people are above the post."""
    global _language_of
    _language_of = language_of


class Connection:
    """One conversation with the mail server for several letters. One that breaks off is begun anew with the next letter."""

    def __init__(self) -> None:
        self._server: BaseEmailBackend | None = None

    def send(self, mail: EmailMultiAlternatives) -> None:
        """Send a message. Raises whatever the mail server makes of it."""
        if self._server is None:
            server = get_connection()
            server.open()
            self._server = server
        mail.connection = self._server
        mail.send()

    def end(self) -> None:
        """End the conversation, if there is one."""
        server, self._server = self._server, None
        if server is not None:
            with suppress(OSError, SMTPException):
                server.close()


def deliver_due(most: int = 50, *, lane: int | None = None, seconds: float = 60.0) -> int:
    """Send up to `most` letters that are due, urgent ones first, or those of one lane; begin none after so many `seconds`.

    Returns how many went. One that cannot go is tried again later, ever rarer.
    """
    until = time.monotonic() + seconds
    connection = Connection()
    try:
        return sum(_deliver(pk, connection) for pk in _due(most, lane, now=timezone.now()) if time.monotonic() < until)
    finally:
        connection.end()


@compiled
def _due(most: int, lane: int | None, *, now: dt.datetime) -> QuerySet[OutboxLetter, uuid.UUID]:
    due = Q(sent_at=None, dropped_at=None, due_at__lte=now) & (Q(claimed_until=None) | Q(claimed_until__lt=now))
    if lane is not None:
        due &= Q(lane=lane)
    return OutboxLetter.objects.filter(due).order_by("lane", "due_at", "id").values_list("pk", flat=True)[:most]


def _deliver(pk: uuid.UUID, connection: Connection) -> int:
    letter = _claim(pk)
    if letter is None:
        return 0
    if begin := timing.send_not_before(letter, timezone.now()):
        OutboxLetter.objects.filter(pk=letter.pk).update(due_at=begin, claimed_until=None)
        return 0
    together = [letter]
    try:
        made = ready(letter)
        if made is not None and gathering.gathers(letter):
            made, together = _gather(letter, made)
        if made is not None:
            connection.send(made)
    except Exception as trouble:  # whatever one letter cannot do must not hold up the others
        connection.end()
        for one in together:
            _try_later(one, trouble)
        return 0
    if made is not None:
        for one in together:
            _settle(one, sent_at=timezone.now())
    return 0 if made is None else len(together)


def _gather(
    letter: OutboxLetter, made: EmailMultiAlternatives
) -> tuple[EmailMultiAlternatives | None, list[OutboxLetter]]:
    """Return the one letter that says all that has gathered for its reader, and the letters it stands for.

    None where they stopped it: then all of them are dropped. One that cannot be made is tried again by itself.
    """
    together, parts, now = [letter], [made], timezone.now()
    for one in gathering.others(letter, now, _claim):
        try:
            part = ready(one)
        except Exception as trouble:
            _try_later(one, trouble)
            continue
        if part is not None:
            together.append(one)
            parts.append(part)
    if is_suppressed(letter.address, gathering.KIND):
        for one in together:
            _settle(one, dropped_at=now)
        return None, together
    return (message(gathering.as_one(letter, parts)) if len(parts) > 1 else made), together


def ready(letter: OutboxLetter) -> EmailMultiAlternatives | None:
    """Return the e-mail of a letter that may go; otherwise drop it and return None. Raises what its making raises."""
    kind, now = kind_of(letter.kind), timezone.now()
    if not kind.may_send(letter.relationship_id, letter.person_id):
        _settle(letter, dropped_at=now)
        return None
    values = values_of(letter)
    if kind.may_be_stopped(values) and is_suppressed(letter.address, letter.kind):
        give_up(letter, now)
        return None
    if kind.fill and kind.fill(letter.person_id, values) is None:
        _settle(letter, dropped_at=now)
        return None
    return message(letter)


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
    if now - letter.made_at > GIVE_UP or _is_permanent(trouble):
        give_up(letter, now)
        return
    wait = min(dt.timedelta(seconds=20 * 2 ** min(letter.attempts, 8)), dt.timedelta(hours=1))
    OutboxLetter.objects.filter(pk=letter.pk).update(
        attempts=letter.attempts + 1, due_at=now + wait, claimed_until=None
    )
    log.warning(
        "letter %s of kind %s could not go (%s); next try in %s", letter.key, letter.kind, type(trouble).__name__, wait
    )


def _is_permanent(trouble: Exception) -> bool:
    """Whether the mail server says that there is no such mailbox: a code of its 500s (RFC 5321, 4.2.1)."""
    if not isinstance(trouble, SMTPRecipientsRefused) or not trouble.recipients:
        return False
    return all(500 <= code < 600 for code, _said in trouble.recipients.values())


def give_up(letter: OutboxLetter, now: dt.datetime) -> None:
    """Drop a letter that could not be brought, and say so to the room it is of."""
    _settle(letter, dropped_at=now)
    log.warning("letter %s of kind %s given up", letter.key, letter.kind)
    given_up = kind_of(letter.kind).given_up
    if given_up:
        given_up(letter.relationship_id)


def message(letter: OutboxLetter) -> EmailMultiAlternatives:
    """Return the e-mail of a letter in its reader's language: text and HTML, a stable Message-ID, a way to stop it."""
    with speaking(_language_of(letter.address) or letter.language):
        return _message(letter)


def _message(letter: OutboxLetter) -> EmailMultiAlternatives:
    kind, values = kind_of(letter.kind), values_of(letter)
    values |= (kind.fill(letter.person_id, values) or {}) if kind.fill else {}
    context = {**values, "stop_url": stopping.stop_url(letter) if kind.may_be_stopped(values) else ""}
    subject = tidy_line(kind.subject(values))[:150]
    sender = tidy_line(str(values.get("from_name", ""))).replace('"', "")
    shown_from = formataddr(
        (_("%(name)s via Goodword") % {"name": sender} if sender else "Goodword", settings.DEFAULT_FROM_EMAIL)
    )
    mail = EmailMultiAlternatives(
        subject,
        render_to_string(f"{kind.pages}.txt", {**context, "subject": subject}).strip() + "\n",
        settings.MAILBOX.address if settings.MAILBOX else shown_from,  # where it is returned to
        [letter.address],
        reply_to=[values["reply_to"]] if values.get("reply_to") else None,
        headers=_headers(letter, shown_from, str(context["stop_url"])),
    )
    mail.attach_alternative(render_to_string(f"{kind.pages}.html", {**context, "subject": subject}), "text/html")
    if kind.calendar:
        carry(mail, kind.calendar(values))
    return mail


def _headers(letter: OutboxLetter, shown_from: str, stop_url: str) -> dict[str, str]:
    """Return what stands above a letter: its one name, whom it is from, and the way to stop it by one click (RFC 8058)."""
    stop = {"List-Unsubscribe": f"<{stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return {
        "Message-ID": f"<{letter.key}@{urlsplit(settings.BASE_URL).hostname}>",
        "From": shown_from,
        "Auto-Submitted": "auto-generated",
        "Content-Language": tag(),
        **(stop if stop_url else {}),
    }


def carry(mail: EmailMultiAlternatives, calendar: str) -> None:
    """Let a message carry an iTIP object: as the alternative calendars act on, and as a file for those that only open files."""
    method = next(line.removeprefix("METHOD:").strip() for line in calendar.splitlines() if line.startswith("METHOD:"))
    mail.attach_alternative(calendar, f"text/calendar; method={method}")
    mail.attach("invite.ics", calendar.encode(), "application/ics")
