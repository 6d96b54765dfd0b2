"""The letter of this room: that there is news. Never the news itself (T4)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from goodword.followups.models import Update
from goodword.post.letters import LetterKind, register
from goodword.relationships.mailing import address_of, has_open_seat, to_other_side
from goodword.relationships.models import Seat


def send_update(seat: Seat, update: Update) -> None:
    """Tell the other side that there is news, and where to read it."""
    to_other_side(
        seat, "update", once=f"update:{update.key}", name=seat.side.first_name, link=address_of(seat, "updates")
    )


def _subject(values: Mapping[str, Any]) -> str:
    return _("%(name)s has news for you") % values


def register_letters() -> None:
    """Register the letter of this room."""
    register(LetterKind("update", "followups/letters/update", _subject, frozenset({"name", "link"}), has_open_seat))
