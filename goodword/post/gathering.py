"""One letter a day: all that has gathered for a reader goes as one, each part as its own letter would have said it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Sequence

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db.models import Q
from django.urls import reverse

from goodword.post.models import OutboxLetter
from goodword.post.outbox import seal
from goodword.post.timing import can_wait, hours_of

KIND = "digest"
MOST = 40  # parts of one letter; what is more comes in another
Ready = Callable[[OutboxLetter], EmailMultiAlternatives | None]
Claim = Callable[[uuid.UUID], OutboxLetter | None]


def gathers(letter: OutboxLetter) -> bool:
    """Whether this letter is one for whoever has letters gathered."""
    hours = hours_of(letter.address) if can_wait(letter) else None
    return hours is not None and hours.gathered_at is not None


def others(letter: OutboxLetter, now: dt.datetime, claim: Claim) -> list[OutboxLetter]:
    """Claim and return what else is due for the same reader and can come with it, oldest first."""
    free = Q(claimed_until=None) | Q(claimed_until__lt=now)
    waiting = OutboxLetter.objects.filter(
        free, address=letter.address, sent_at=None, dropped_at=None, due_at__lte=now
    ).exclude(pk=letter.pk)
    found = [one for one in waiting.order_by("due_at", "id")[:MOST] if can_wait(one)]
    return [claimed for one in found if (claimed := claim(one.pk))]


def as_one(first: OutboxLetter, parts: Sequence[EmailMultiAlternatives]) -> OutboxLetter:
    """Return the letter that says what these say, under the name of the first: it is not kept, they are."""
    made = OutboxLetter(kind=KIND, key=first.key, address=first.address, person_id=first.person_id)
    sections = [{"title": str(part.subject), "text": _without_stop(str(part.body))} for part in parts]
    return seal(made, {"sections": sections})


def _without_stop(text: str) -> str:
    """Return the text of a letter without the way to stop its kind: the one letter has its own."""
    ways = f"{settings.BASE_URL}{reverse('stop-letters', args=['x'])}".removesuffix("x")
    return "\n\n".join(one.strip() for one in text.strip().split("\n\n") if ways not in one)
