"""How whoever a lead is about can be reached from here: rung, texted, written to. Reads only."""

from __future__ import annotations

from django.utils.translation import gettext as _

from goodword.ground.reach import Contact
from goodword.leads.drawer_models import LeadContact
from goodword.leads.models import Lead, LeadPerson
from goodword.relationships.models import Seat


def own_contact(seat: Seat, lead: Lead) -> dict[str, str]:
    """Return who it is, as our side keeps it; empty if it does not."""
    kept = LeadContact.objects.visible_to(seat).filter(lead=lead).first()
    return {"name": kept.name.unseal(seat), "reach": kept.reach.unseal(seat)} if kept else {}


def ways_to(seat: Seat, lead: Lead, person: LeadPerson | None) -> list[tuple[str, str]]:
    """Return how they can be rung or written to from here, as (link, what it says): the name on the table, or our drawer's.

    A message begins with a question and no more; what is said in it is the sender's.
    """
    ours = own_contact(seat, lead) if lead.side_id == seat.side_id and not person else {}
    contact = Contact("", person.reach if person else ours.get("reach", ""))
    links = []
    for dialled, written in contact.to_ring(seat.person.country if seat.person else ""):
        links += [(f"tel:{dialled}", _("Ring %(number)s") % {"number": written}), (f"sms:{dialled}", _("Text them"))]
    return links + ([(f"mailto:{contact.address}", _("Write to them"))] if contact.address else [])
