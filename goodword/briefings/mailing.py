"""Letters of the briefings: that something waits on the table, never what it says (D2, T4)."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from goodword.briefings.models import PlaybackRound
from goodword.post.letters import LetterKind, register
from goodword.relationships.mailing import address_of, has_open_seat, to_other_side
from goodword.relationships.models import Seat


def tell_of_questions(seat: Seat, now: dt.datetime) -> None:
    """Tell the speaker that there are questions, at most once a day."""
    once = f"questions:{seat.relationship_id}:{seat.side_id}:{now:%Y-%m-%d}"
    to_other_side(
        seat, "questions_asked", once=once, name=seat.side.first_name, link=address_of(seat, "briefing-answers")
    )


def tell_of_playback(seat: Seat, row: PlaybackRound) -> None:
    """Tell the speaker that they have been played back and asked to confirm."""
    link = address_of(seat, "playback")
    to_other_side(seat, "played_back", once=f"played:{row.pk}", name=seat.side.first_name, link=link)


def tell_of_reading(seat: Seat, row: PlaybackRound) -> None:
    """Tell the listener that the speaker has read it. What they made of it is on the page."""
    link = address_of(seat, "playback")
    to_other_side(seat, "playback_answered", once=f"heard:{row.pk}", name=seat.side.first_name, link=link)


def register_letters() -> None:
    """Register the letters of the briefings."""
    subjects = {
        "questions_asked": lambda v: _("%(name)s would like to ask you something") % v,
        "played_back": lambda v: _("%(name)s has said back what you told") % v,
        "playback_answered": lambda v: _("%(name)s has read what you said back") % v,
    }
    for name, subject in subjects.items():
        register(LetterKind(name, f"briefings/letters/{name}", subject, frozenset({"name", "link"}), has_open_seat))
