"""What mail servers send back to our mailbox: that a letter could not be brought (RFC 3464), or that its reader complained (RFC 5965).

A report is believed when it carries the Message-ID of a letter of ours, which nobody knows but who had the letter. Nothing of it
is kept or logged, and nobody is answered.
"""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import Message
from enum import Enum
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from goodword.post.delivery import give_up
from goodword.post.models import OutboxLetter
from goodword.post.outbox import BOUNCES, suppress
from goodword.post.wording import ALL

MAILBOX_FULL = "5.2.2"  # may have room again: nothing is stopped for it
_STATUS = re.compile(r"5\.\d{1,3}\.\d{1,3}")
_NAME = re.compile(r"^Message-ID:\s*<([A-Za-z0-9_-]{22})@([^>\s]+)>", re.IGNORECASE | re.MULTILINE)


class ReturnReason(Enum):
    """What a report says of a letter."""

    GONE = "there is no such mailbox"
    NOT_BROUGHT = "it could not be brought"
    UNWANTED = "its reader complained"


def is_report(message: Message) -> bool:
    """Whether a mail is a report of a mail server about another one."""
    return message.get_content_type() == "multipart/report"


def handle(mail: bytes) -> int:
    """Take one report; return 1 if it was about a letter of ours and changed something, else 0."""
    message: Message = message_from_bytes(mail, policy=policy.compat32)
    said, key = reason_of(message), key_of(message)
    letter = OutboxLetter.objects.filter(key=key).first() if said and key else None
    if letter is None or said is None or letter.dropped_at is not None:
        return 0
    if said is ReturnReason.UNWANTED:
        for kind in ALL:
            suppress(letter.address, kind)
        return 1
    if said is ReturnReason.GONE:
        suppress(letter.address, BOUNCES)
    OutboxLetter.objects.filter(pk=letter.pk).update(sent_at=None)
    give_up(letter, timezone.now())
    return 1


def reason_of(message: Message) -> ReturnReason | None:
    """Return what a report says; None for one that says that a letter is late, or arrived, or nothing we know."""
    for part in message.walk():
        kind = part.get_content_type()
        if kind == "message/feedback-report":
            return ReturnReason.UNWANTED if "feedback-type: abuse" in _text(part).lower() else None
        if kind == "message/delivery-status":
            return _of_delivery(_text(part).lower())
    return None


def _of_delivery(text: str) -> ReturnReason | None:
    if not re.search(r"^action:\s*failed", text, re.MULTILINE):
        return None
    status = re.search(r"^status:\s*(\S+)", text, re.MULTILINE)
    final = bool(status and _STATUS.fullmatch(status[1]) and status[1] != MAILBOX_FULL)
    return ReturnReason.GONE if final else ReturnReason.NOT_BROUGHT


def key_of(message: Message) -> str:
    """Return the key of the letter a report is about, out of the headers it gives back; nothing where there is none of ours."""
    for part in message.walk():
        if part.get_content_type() in ("message/rfc822", "text/rfc822-headers", "message/global-headers"):
            found = _NAME.search(_text(part))
            if found and found[2].lower() == urlsplit(settings.BASE_URL).hostname:
                return found[1]
    return ""


def _text(part: Message) -> str:
    """Return the raw text of a part, those within it too."""
    inner = part.get_payload()
    if isinstance(inner, list):
        return "\n".join(str(one) for one in inner)
    raw = part.get_payload(decode=True)
    return raw.decode("utf-8", "replace") if isinstance(raw, bytes) else str(inner)
