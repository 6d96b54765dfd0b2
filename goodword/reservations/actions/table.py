"""Dealing with what is on the table. Either side may speak; only its owner's side says what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from goodword.ground.refusals import Refusal
from goodword.relationships.acting import Act, acting
from goodword.relationships.models import Seat
from goodword.relationships.verbs import Verb
from goodword.reservations import rules
from goodword.reservations.models import Remark, TableReservation
from goodword.reservations.rules import State, TalkTurn

VERBS = {
    TalkTurn.SPEAK: Verb.RESERVATION_REMARKED,
    TalkTurn.SETTLE: Verb.RESERVATION_SETTLED,
    TalkTurn.LIVE_WITH: Verb.RESERVATION_LIVED_WITH,
    TalkTurn.BREAK: Verb.DEAL_BREAKER_CALLED,
    TalkTurn.WITHDRAW: Verb.DEAL_BREAKER_WITHDRAWN,
    TalkTurn.REOPEN: Verb.RESERVATION_REOPENED,
}
OfferClause = Callable[[Seat, str, str], object]
_offer_clause: list[OfferClause] = []


def clauses_go_to(offer: OfferClause) -> None:
    """Say who takes in a clause that a reservation turned into: `offer(seat, text, reservation key)`, in one act."""
    _offer_clause[:] = [offer]


def speak(seat: Seat, row: TableReservation, text: str) -> TableReservation:
    """Add a word to the talk about it. One that was open is in discussion from now on."""
    with acting(seat) as act:
        return _turn(seat, act, row, TalkTurn.SPEAK, text)


def settle(
    seat: Seat,
    row: TableReservation,
    *,
    turn: TalkTurn,
    ways: Sequence[str],
    how: str,
    reopens_if: str,
    promised_for: dt.date | None,
) -> TableReservation:
    """Say that it is settled or can be lived with, what it turned into, what would reopen it. Owner's side only.

    One that became a clause is offered to the agreement, in the words of `how`.
    """
    with acting(seat) as act:
        row = _turn(seat, act, row, turn, how)
        row.ways, row.how, row.reopens_if, row.promised_for = list(ways), how, reopens_if, promised_for
        row.save(update_fields=["ways", "how", "reopens_if", "promised_for"])
        if "clause" in ways and how:
            for offer in _offer_clause:
                offer(seat, how, row.key)
    return row


def call_breaker(seat: Seat, row: TableReservation) -> TableReservation:
    """Say that it stands in the way of everything: gates stay closed until its owner's side withdraws it."""
    with acting(seat) as act:
        return _turn(seat, act, row, TalkTurn.BREAK)


def withdraw_breaker(seat: Seat, row: TableReservation) -> TableReservation:
    """Say that it no longer stands in the way of everything. Owner's side only."""
    with acting(seat) as act:
        return _turn(seat, act, row, TalkTurn.WITHDRAW)


def reopen(seat: Seat, row: TableReservation) -> TableReservation:
    """Take it up again. Owner's side only."""
    with acting(seat) as act:
        return _turn(seat, act, row, TalkTurn.REOPEN)


def _turn(seat: Seat, act: Act, row: TableReservation, turn: TalkTurn, text: str = "") -> TableReservation:
    """Take a turn, or raise Refusal where the rules do not allow it as things stand now."""
    row = TableReservation.objects.visible_to(seat).get(pk=row.pk)
    owner = row.side_id == seat.side_id
    if not owner and turn is not TalkTurn.SPEAK:
        raise Refusal(_("Only %(name)s’s side can say that.") % {"name": seat.other.first_name})
    state = rules.after(State(row.state), turn, owner=owner)
    if state is None:
        raise Refusal(_("Things have moved on here. Have another look at where it stands."))
    if state != row.state:
        row.state, row.state_at = state, act.now
        row.save(update_fields=["state", "state_at"])
    Remark.objects.write(seat, reservation=row, turn=turn, text=text, created_at=act.now)
    act.announce(VERBS[turn], row)
    return row
