"""What of this room is held back for half a minute: news (M38)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from goodword.followups import actions
from goodword.followups.queries import drafts
from goodword.followups.queries.drafts import NewsDraft
from goodword.relationships import holding
from goodword.relationships.holding import PendingAct
from goodword.relationships.models import Seat


def draft_print(draft: NewsDraft) -> str:
    """Return a print of news as it is looked at: its words, what they touch, and who is to have them."""
    return holding.print_of(draft.seats[0], *_print_texts(draft))


def hold(draft: NewsDraft, seen: str) -> None:
    """Keep news for half a minute on its way to each. Raises Refusal unless it is the very news that was looked at."""
    holding.refuse_unless_seen(draft.seats[0], seen, *_print_texts(draft))
    with transaction.atomic():
        for seat in draft.seats:
            holding.hold(seat, "update", words=draft.text, what=draft.kind, text=draft.text, part=draft.part)


def leaving(seats: Sequence[Seat]) -> list[tuple[Seat, PendingAct]]:
    """Return one person's news that can still be taken back, with the seat it is held at; the last to leave is last."""
    return holding.leaving(seats, "update")


def _print_texts(draft: NewsDraft) -> list[str]:
    return [draft.kind, draft.text, draft.part, *sorted(seat.key for seat in draft.seats)]


def send(seat: Seat, facts: Mapping[str, Any]) -> None:
    """Let the news that was looked at go, and put its draft away unless it says something else by now."""
    actions.send_update(seat, kind=facts["what"], text=facts["text"], part=facts["part"])
    if seat.person is not None and drafts.so_far(seat.person).get("text") == facts["text"]:
        actions.drop_draft(seat.person)


RELEASES = {"update": send}
