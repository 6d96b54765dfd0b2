"""Slips on the page of all leads: what one's side wrote down of leads to and from people who are not in Goodword."""

from __future__ import annotations

from functools import reduce
from operator import or_

from django.utils.translation import gettext as _

from goodword.alone.models import Slip
from goodword.alone.rules import Direction
from goodword.leads.queries.listing import SlipLine
from goodword.playbook.shelf import playbook
from goodword.relationships.models import Seat
from goodword.relationships.waits import page_of

PEOPLE, SLIPS = 40, 60  # whom one has had to do with last, and how many of the leads with them stand on one page


def slips_of(seats: list[Seat]) -> list[SlipLine]:
    """Return the leads on slips of these seats, which keep alone: those nothing was told of first, then the newest. One query."""
    here = {seat.side_id: seat for seat in seats[:PEOPLE]}
    rows = reduce(or_, (Slip.objects.owned_by(seat) for seat in here.values()))
    newest = sorted(rows.order_by("-created_at", "-id")[:SLIPS], key=lambda one: one.told_at is not None)
    return [_line(slip, here[slip.side_id]) for slip in newest]


def _line(slip: Slip, seat: Seat) -> SlipLine:
    outcome = slip.outcome.unseal(seat)
    return SlipLine(
        whom=slip.whom.unseal(seat),
        partner=seat.other.first_name,
        gave=slip.direction.unseal(seat) == Direction.GIVEN,
        on=slip.created_at,
        outcome=_(playbook().outcome(outcome).label) if outcome else "",
        page=page_of(seat, "slip", slip.key),
        drawer=seat.drawer,
    )
