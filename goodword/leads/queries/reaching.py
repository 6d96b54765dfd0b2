"""How whoever a lead is about can be reached from here: rung, texted, written to. Reads only."""

from __future__ import annotations

from django.utils.translation import gettext as _

from goodword.ground.reach import Contact
from goodword.leads.models import Lead, LeadContact, LeadPerson
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


def opening_words(seat: Seat, lead: Lead, *, named: bool) -> str:
    """Return what a message to them may begin with, sent with any program by whoever has a telephone that shares: no more
    than that the two are to speak; nothing of what was said about them.
    """
    if lead.side_id == seat.side_id:
        whom = ", ".join(part for part in (seat.other.person_name, seat.other.business_name) if part)
        return (_("You can expect a word from %(who)s.") if named else _("May I introduce you to %(who)s?")) % {
            "who": whom
        }
    return _("%(name)s thought that you and I should speak. When would it suit you?") % {"name": seat.other.person_name}
