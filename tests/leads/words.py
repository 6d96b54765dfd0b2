"""Who waits for a word about a lead, asked of the shared table: for tests, which look at what pages and lists show beside it."""

from __future__ import annotations

from goodword.leads import rules
from goodword.leads.models import Lead
from goodword.leads.queries import pages
from goodword.relationships.models import Seat


def on_their_way(seat: Seat) -> list[Lead]:
    """Return the leads of both directions of which nothing has come yet, oldest first."""
    rows = Lead.objects.visible_to(seat).filter(state__in=rules.OPEN, outcome="", erased_at=None)
    return list(rows.order_by("created_at", "id"))


def waiting_for_my_word(seat: Seat) -> list[Lead]:
    """Return the leads given to us that wait for an answer or a first word, oldest first (M35)."""
    leads = [lead for lead in on_their_way(seat) if lead.side_id != seat.side_id]
    named = pages.names(seat, leads)
    return [
        lead for lead in leads if rules.waits_for(lead.state, lead.outcome, lead.route, lead.pk in named, received=True)
    ]


def no_word_yet(seat: Seat) -> list[Lead]:
    """Return the leads we gave of which we have heard nothing yet, oldest first."""
    return [lead for lead in on_their_way(seat) if lead.side_id == seat.side_id]
