"""How far an archive is: told while it is made, read by the page that waits for it."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable

from django.utils import timezone

from goodword.account.models import ArchiveProgress
from goodword.people.models import Person

EVERY = 0.5  # seconds between two words
STUCK = dt.timedelta(minutes=1)


def telling(person: Person) -> Callable[[int, int], None]:
    """Return what is told how many relationships are in the archive, of how many. At most two writes a second."""
    said = -EVERY

    def tell(done: int, of: int) -> None:
        nonlocal said
        now = timezone.now()
        if done == of or time.monotonic() - said >= EVERY:
            said = time.monotonic()
            ended = now if done == of else None
            ArchiveProgress.objects.update_or_create(
                person=person, defaults={"done": done, "of": of, "moved_at": now, "ended_at": ended}
            )

    return tell


def of(person: Person, now: dt.datetime) -> ArchiveProgress | None:
    """Return how far the archive is that was fetched last; nothing for one that broke off or came long ago."""
    row = ArchiveProgress.objects.filter(person=person).first()
    if row is None or now - row.moved_at > (dt.timedelta(hours=1) if row.ended_at else STUCK):
        return None
    return row
