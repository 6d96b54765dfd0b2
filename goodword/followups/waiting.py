"""What this room waits for from a seat: news to read (M38), and the next date when the rhythm asks for it (M34)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone

from goodword.followups.queries import pages
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.relationships.waits import Kind, Later, Wait, page_of


def waiting(seat: Seat, now: dt.datetime) -> Iterator[Wait | Later]:
    """Return the other side's news that nobody here has read, and whether it is time to look for the next date."""
    if seat.at is not Step.ADVOCATE or seat.paused:
        return
    for update in pages.unread_updates(seat):
        yield Wait(Kind.READ_UPDATE, page_of(seat, "updates"), since=update.created_at, key=update.key)
    due = pages.follow_up_search_start(seat, now)
    if due is None:
        return
    if due <= timezone.localdate(now):
        yield Wait(Kind.FOLLOW_UP, page_of(seat, "follow-up"), by=pages.next_follow_up(seat, now))
    else:
        yield Later(timezone.make_aware(dt.datetime.combine(due, dt.time())))
