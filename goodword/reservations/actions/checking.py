"""Reservation checks (M6), asking the other gently (M13, M19), and naming what has no name yet (M24, M29)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils.translation import gettext as _

from goodword.ground.refusals import Refusal
from goodword.relationships.acting import Act, acting
from goodword.relationships.models import Seat
from goodword.relationships.verbs import Verb
from goodword.reservations import queries
from goodword.reservations.actions.keeping import DRAWERS, first_drawer, forget_draft, keep
from goodword.reservations.models import (
    CheckNotice,
    CheckRequest,
    NamingIntention,
    ReservationCheck,
    Unease,
)
from goodword.reservations.queries import Private
from goodword.reservations.rules import CheckAnswer

PEACE = dt.timedelta(hours=12)  # a thing without a name is slept on before it comes back


def record_check(seat: Seat, answer: CheckAnswer, unease: int | None = None) -> ReservationCheck:
    """Record our side's check. The other side learns that it was done, never what was said: the rows are the same.

    Raises Refusal if something stands in the way and nothing is written: a check that names nothing deals with nothing (M6).
    """
    with acting(seat) as act:
        if answer is CheckAnswer.SOMETHING and not queries.own_open(seat):
            raise Refusal(_("Write it down first, in a few words. Only you see them."))
        check = ReservationCheck.objects.write(
            seat, answer=answer.value, step=act.relationship.step, created_at=act.now
        )
        CheckNotice.objects.write(seat, step=act.relationship.step, created_at=act.now)
        if answer is CheckAnswer.CANNOT_NAME:
            _intend(seat, act)
        if unease is not None:
            Unease.objects.write(seat, level=str(unease), created_at=act.now)
        act.announce(Verb.CHECK_DONE)
    return check


def keep_as_answer(seat: Seat, *, text: str, drawer: str) -> Private:
    """Keep a reservation for somebody who was asked whether anything stands in the way: to write it down is to answer (M6).

    The other side learns what it learns of any answer: that there is one.
    """
    with transaction.atomic():
        row = keep(seat, text=text, drawer=drawer)
        record_check(seat, CheckAnswer.SOMETHING)
    return row


def intend_to_name(seat: Seat) -> NamingIntention:
    """Note that something bothers us and has no name yet. Private: no check is recorded by it (M29)."""
    with acting(seat) as act:
        return _intend(seat, act)


def _intend(seat: Seat, act: Act) -> NamingIntention:
    """One intention at a time; saying it again lets it come back once more."""
    waiting = queries.intention(seat)
    if waiting is None:
        return NamingIntention.objects.write(seat, created_at=act.now, peace_until=act.now + PEACE)
    waiting.came_back_at, waiting.peace_until = None, act.now + PEACE
    waiting.save(update_fields=["came_back_at", "peace_until"])
    return waiting


def leave_in_peace(seat: Seat, intention: NamingIntention) -> None:
    """It came back and still has no name: it does not come back again by itself."""
    with acting(seat) as act:
        intention.came_back_at = act.now
        intention.save(update_fields=["came_back_at"])


def let_go_of_it(seat: Seat, intention: NamingIntention) -> None:
    """It has gone, or is let go of."""
    with acting(seat) as act:
        intention.let_go_at = act.now
        intention.save(update_fields=["let_go_at"])


def name_it(seat: Seat, intention: NamingIntention, text: str) -> Private:
    """It has a name now: keep it as a reservation."""
    with acting(seat) as act:
        intention.named_at = act.now
        intention.save(update_fields=["named_at"])
        forget_draft(seat, "naming")
        row: Private = DRAWERS[first_drawer(seat)].objects.write(seat, text=text, created_at=act.now)
    return row


def ask(seat: Seat, text: str) -> CheckRequest:
    """Ask the other side whether anything makes them hesitate, in words that help them speak. Refused while alone."""
    with acting(seat) as act:
        if act.relationship.shared_since is None:
            raise Refusal(
                _("%(name)s hasn’t joined yet. You can ask once they have.") % {"name": seat.other.first_name}
            )
        asked = CheckRequest.objects.write(seat, text=text, created_at=act.now)
        forget_draft(seat, "asking")
        act.announce(Verb.RESERVATIONS_ASKED, asked)
    return asked
