"""Letters about teaching: that there is something to read. Never what it says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from goodword.post.letters import LetterKind, register
from goodword.relationships.mailing import address_of, has_open_seat, to_other_side
from goodword.relationships.models import Seat
from goodword.teaching.models import TeachingVersion


def send_teaching(seat: Seat, version: TeachingVersion) -> None:
    """Tell the other side that there is something to read, or that it was brought up to date (D3)."""
    to_other_side(
        seat,
        "taught",
        once=f"taught:{version.key}",
        name=seat.side.first_name,
        again=version.number > 1,
        link=address_of(seat, "teaching"),
    )


def _teaching_subject(values: Mapping[str, Any]) -> str:
    if values["again"]:
        return _("%(name)s has brought something up to date") % values
    return _("%(name)s has written down what you could say") % values


def register_letters() -> None:
    """Register the letters of this room."""
    register(
        LetterKind(
            "taught",
            "teaching/letters/taught",
            _teaching_subject,
            frozenset({"name", "again", "link"}),
            has_open_seat,
        )
    )
