"""Letters of this room: about what is on the table, never about a drawer, and never with anybody's words (T4)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _

from goodword.post.letters import LetterKind, register
from goodword.relationships.mailing import address_of, has_open_seat, to_other_side, to_own_side
from goodword.relationships.models import Seat
from goodword.reservations.models import CheckRequest, Reveal, TableReservation


def send_on_the_table(seat: Seat, row: TableReservation) -> None:
    """Tell the other side that something lies on the table, once it does."""
    link = address_of(seat, "tabled", row.key)
    to_other_side(seat, "on-the-table", once=f"tabled:{row.key}", name=seat.side.first_name, link=link)


def send_talk(seat: Seat, row: TableReservation, now: dt.datetime) -> None:
    """Tell the other side that the talk went on: once a day for each, however many words are exchanged."""
    once = f"talk:{row.key}:{seat.side.role}:{now:%j}"
    to_other_side(seat, "table-talk", once=once, name=seat.side.first_name, link=address_of(seat, "tabled", row.key))


def send_question(seat: Seat, asked: CheckRequest) -> None:
    """Pass on that the other side asks, gently (M13)."""
    link = address_of(seat, "reservations")
    to_other_side(seat, "reservations-asked", once=f"asked:{asked.key}", name=seat.side.first_name, link=link)


def send_together(seat: Seat, reveal: Reveal) -> None:
    """Pass on the proposal to write first and reveal together."""
    link = address_of(seat, "together")
    to_other_side(seat, "together", once=f"together:{reveal.key}", name=seat.side.first_name, link=link)


def send_opening(seat: Seat, reveal: Reveal) -> None:
    """Tell both sides that the envelopes are open."""
    link = address_of(seat, "together")
    to_other_side(seat, "together-opened", once=f"opened:{reveal.key}", name=seat.side.first_name, link=link)
    to_own_side(seat, "together-opened", once=f"opened:{reveal.key}", name=seat.other.first_name, link=link)


def _kind(name: str, subject: Any) -> None:
    register(LetterKind(name, f"reservations/letters/{name}", subject, frozenset({"name", "link"}), has_open_seat))


def register_letters() -> None:
    """Register the letters of this room."""
    _kind("on-the-table", lambda v: _("%(name)s has put something on the table") % v)
    _kind("table-talk", lambda v: _("A word from %(name)s") % v)
    _kind("reservations-asked", lambda v: _("A question from %(name)s") % v)
    _kind("together", lambda v: _("%(name)s suggests that you both write first") % v)
    _kind("together-opened", lambda v: _("What you and %(name)s wrote is open") % v)
