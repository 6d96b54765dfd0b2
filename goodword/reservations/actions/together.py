"""Write first, then reveal together. What is not chosen never leaves its drawer; the rest opens for both at once."""

from __future__ import annotations

import datetime as dt
import logging
import uuid
from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.database.compiled import compiled
from goodword.ground.refusals import Refusal
from goodword.relationships import holding
from goodword.relationships.acting import Act, acting
from goodword.relationships.models import Seat
from goodword.relationships.seats import whole
from goodword.relationships.verbs import Verb
from goodword.reservations import queries
from goodword.reservations.models import (
    PrivateReservation,
    Reveal,
    RevealEntry,
    RevealReadiness,
    SideReservation,
    TableReservation,
)
from goodword.reservations.queries import Private
from goodword.reservations.rules import WINDOW

log = logging.getLogger("goodword.reservations")


def propose(seat: Seat, hour: dt.datetime | None) -> Reveal:
    """Propose to write first and reveal together; with `hour`, the envelopes open then at the latest.

    Raises Refusal while alone, or for an hour that has been. If one is waiting already, that one is returned.
    """
    with acting(seat) as act:
        if act.relationship.shared_since is None:
            raise Refusal(
                _("%(name)s hasn’t joined yet. You can propose it once they have.") % {"name": seat.other.first_name}
            )
        if hour is not None and hour < act.now + WINDOW:
            raise Refusal(_("Choose an hour that is still to come"), "hour")
        live = queries.live_reveal(seat)
        if live is not None:
            return live
        new = Reveal.objects.write(seat, hour=hour, opens_at=hour, created_at=act.now)
        act.announce(Verb.REVEAL_PROPOSED, new)
    return new


def choice_print(seat: Seat, rows: Sequence[Private]) -> str:
    """Return a print of exactly these words, for the form that confirms them."""
    return holding.print_of(seat, *_words(seat, rows))


def _words(seat: Seat, rows: Sequence[Private]) -> list[str]:
    return [part for row in rows for part in (row.key, row.text.unseal(seat))]


def say_ready(seat: Seat, reveal: Reveal, rows: Sequence[Private], seen: str) -> RevealReadiness:
    """Put copies of the chosen ones into our envelope and say that we are ready. Choosing nothing is a full answer.

    Raises Refusal if it has been opened or called off, if our side is ready already, or if the words changed since.
    When both are ready, the envelopes open half a minute later: until then either can still take theirs back.
    """
    with acting(seat) as act:
        reveal = _waiting(seat, reveal, act.now)
        if RevealReadiness.objects.owned_by(seat).filter(reveal=reveal).exists():
            raise Refusal(_("Your side is ready already. To choose again, take it back first."))
        holding.refuse_unless_seen(seat, seen, *_words(seat, rows))
        for row in rows:
            RevealEntry.objects.write(
                seat, reveal=reveal, text=row.text.unseal(seat), source=row.key, created_at=act.now
            )
        ready = RevealReadiness.objects.write(seat, reveal=reveal, created_at=act.now)
        _set_opening(seat, reveal, act.now)
        act.announce(Verb.REVEAL_READY, reveal)
    return ready


def take_back(seat: Seat, reveal: Reveal) -> None:
    """Empty our envelope and say that we are not ready yet. Raises Refusal once it has been opened."""
    with acting(seat) as act:
        reveal = _waiting(seat, reveal, act.now)
        RevealEntry.objects.owned_by(seat).filter(reveal=reveal).delete()
        if RevealReadiness.objects.owned_by(seat).filter(reveal=reveal).delete()[0]:
            act.announce(Verb.REVEAL_NOT_READY, reveal)
        _set_opening(seat, reveal, act.now)


def call_off(seat: Seat, reveal: Reveal) -> None:
    """Call it off, for both: the envelopes are destroyed unopened. Raises Refusal once it has been opened."""
    with acting(seat) as act:
        reveal = _waiting(seat, reveal, act.now)
        reveal.called_off_at = act.now
        reveal.save(update_fields=["called_off_at"])
        RevealEntry.objects.unscoped().filter(reveal=reveal).delete()
        act.announce(Verb.REVEAL_CALLED_OFF, reveal)


def _waiting(seat: Seat, reveal: Reveal, now: dt.datetime) -> Reveal:
    """Return the reveal as it is now. Raise Refusal if it is no longer waiting, or its moment has come."""
    fresh = Reveal.objects.visible_to(seat).get(pk=reveal.pk)
    if fresh.opened_at or fresh.called_off_at or (fresh.opens_at and fresh.opens_at <= now):
        raise Refusal(_("This one has been opened or called off in the meantime."))
    return fresh


def _set_opening(seat: Seat, reveal: Reveal, now: dt.datetime) -> None:
    """The envelopes open half a minute after both are ready, or at the hour, and never within that half minute."""
    ready = RevealReadiness.objects.visible_to(seat).filter(reveal=reveal).values_list("side_id", flat=True)
    soon = now + WINDOW
    if {seat.side_id, seat.other_id} <= set(ready):
        reveal.opens_at = soon
    else:
        reveal.opens_at = max(reveal.hour, soon) if reveal.hour else None
    reveal.save(update_fields=["opens_at"])


def release_reveals(now: dt.datetime) -> int:
    """Open every pair of envelopes whose moment has come by `now`; return how many. Safe in many workers at once."""
    return sum(_release(*row, now) for row in _due(now=now))


@compiled
def _due(*, now: dt.datetime) -> QuerySet[Reveal, tuple[Any, Any]]:
    due = Reveal.objects.unscoped().filter(opens_at__lte=now, opened_at=None, called_off_at=None)
    return due.values_list("pk", "relationship_id")


def _release(pk: uuid.UUID, relationship_id: uuid.UUID, now: dt.datetime) -> bool:
    seats = whole(Seat.objects.all()).filter(relationship_id=relationship_id)
    seat = seats.filter(left_at=None).order_by("joined_at").first()
    try:
        if seat is None:
            raise Refusal("nobody has a seat any more")
        with acting(seat) as act:
            reveal = (
                Reveal.objects.visible_to(seat)
                .filter(pk=pk, opens_at__lte=now, opened_at=None, called_off_at=None)
                .first()
            )
            if reveal is not None:
                _open(seat, act, reveal, now)
            return reveal is not None
    except Refusal:
        Reveal.objects.unscoped().filter(pk=pk).update(called_off_at=timezone.now())
        RevealEntry.objects.unscoped().filter(reveal_id=pk).delete()
    except Exception as trouble:  # one that cannot be opened must not hold up the others
        log.error("envelopes could not be opened: %s", type(trouble).__name__)
    return False


def _open(seat: Seat, act: Act, reveal: Reveal, now: dt.datetime) -> None:
    """Open both envelopes in one transaction and lay what was in them on the table, for both to deal with."""
    reveal.opened_at = now
    reveal.save(update_fields=["opened_at"])
    entries = RevealEntry.objects.unscoped().filter(reveal=reveal)
    for drawer in (PrivateReservation, SideReservation):
        copied = drawer.objects.unscoped().filter(relationship_id=reveal.relationship_id)
        copied.filter(key__in=list(entries.values_list("source", flat=True))).update(to_table_at=now)
    entries.update(opened_at=now, source="")
    for entry in entries.order_by("created_at", "id"):
        TableReservation(
            relationship_id=entry.relationship_id,
            side_id=entry.side_id,
            author_id=entry.author_id,
            text=entry.text.unseal(seat),
            state_at=now,
            created_at=now,
        ).save(force_insert=True)
    act.announce(Verb.REVEAL_OPENED, reveal)
