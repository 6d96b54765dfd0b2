"""Introducing: a letter drafted from the words taught, put right by the giver, and sent by them or by us, once they agreed.

Nothing is sent undrafted: what leaves is the draft its author has just read, and only while the agreement stands (T41).
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _

from goodword.ground.names import salutation_name
from goodword.ground.reach import Contact
from goodword.ground.refusals import Refusal
from goodword.leads import links
from goodword.leads.mailing import letters
from goodword.leads.models import Lead, LeadConsent, LeadIntroduction, LeadLetter, LeadPerson
from goodword.post import outbox
from goodword.relationships.acting import acting
from goodword.relationships.mailing import address_of, to_other_side
from goodword.relationships.models import Seat
from goodword.relationships.verbs import Verb
from goodword.teaching.queries import pages as teaching
from goodword.teaching.rules.content import REACH

LONGEST_MAILTO = 1800  # what every mail program still takes over


def first_draft(seat: Seat, person: LeadPerson) -> str:
    """Return a letter to begin with: what was agreed to, the words the other side taught us as theirs, and how they said they may
    be reached.

    Where the two agreed on an approach that removes the need for those words, they are left out (M33).
    """
    taught, other = teaching.theirs(seat), seat.other
    words, reach = (
        (taught.text_of("short_words") or taught.text_of("long_words"), taught.text_of(REACH)) if taught else ("", "")
    )
    if teaching.needs_no_words(seat):
        words = ""
    partner = f"{other.person_name} ({other.business_name})" if other.business_name else other.person_name
    agreed = (
        _("You said I may introduce you to %(partner)s.")
        if LeadConsent.objects.visible_to(seat).filter(pk=person.consent_id, purpose="introduce").exists()
        else _("You said that %(partner)s may get in touch with you.")
    )
    return "\n\n".join(
        [
            _("Dear %(name)s,") % {"name": salutation_name(person.name)},
            agreed % {"partner": partner},
            *(
                [_("%(name)s’s own words for it: “%(words)s”") % {"name": other.first_name, "words": words}]
                if words
                else []
            ),
            *([_("How to reach %(name)s: %(reach)s") % {"name": other.first_name, "reach": reach}] if reach else []),
            _("%(name)s reads this as well. The rest I leave to the two of you.") % {"name": other.first_name},
            seat.side.person_name,
        ]
    )


def own_draft(seat: Seat, lead: Lead) -> str:
    """Return the draft this person keeps of an introduction; empty if there is none."""
    kept = LeadLetter.objects.owned_by(seat).filter(lead=lead).first()
    return kept.text.unseal(seat) if kept else ""


def may_introduce(seat: Seat, lead: Lead, person: LeadPerson | None) -> bool:
    """Whether this side may write an introduction: its own lead, still open, the person named with their agreement."""
    return bool(lead.side_id == seat.side_id and seat.open and lead.is_open and person and person.consent_id)


def draft(seat: Seat, lead: Lead, text: str) -> None:
    """Keep a draft that only its author reads. Refusal unless the person named has agreed, or once it has been sent."""
    with acting(seat, only_me=True):
        lead.refresh_from_db()
        person_to_introduce(seat, lead)
        kept = LeadLetter.objects.owned_by(seat).filter(lead=lead).first()
        if kept is None:
            LeadLetter.objects.write(seat, lead=lead, text=text)
            return
        kept.text = text
        kept.save(update_fields=["text"])


def refuse_introducing(seat: Seat, lead: Lead, text: str, by: str) -> None:
    """Raise Refusal for an introduction that `introduce` would not make: asked before it is held back for its half minute."""
    person = person_to_introduce(seat, lead)
    if not text:
        raise Refusal(_("Write the introduction first, and read it once more."))
    if by == "ours" and outbox.is_suppressed(_address(person), "introduction"):
        raise Refusal(_("We may not write to this address. Send it from your own mail program."))


def introduce(seat: Seat, lead: Lead, text: str, by: str) -> LeadIntroduction:
    """Put the introduction that was read on the table, and the drawer's draft away. One that is "ours" to send goes to the
    person and to the other side, each on their own; one sent by the giver's "own" mail program is only shown.

    Raises Refusal without agreement, without an address we may write to, and the second time.
    """
    with acting(seat) as act:
        lead.refresh_from_db()
        person = person_to_introduce(seat, lead)
        said = LeadIntroduction.objects.write(seat, lead=lead, text=text, by=by, created_at=act.now)
        LeadLetter.objects.owned_by(seat).filter(lead=lead).delete()
        if by == "ours":
            _send(seat, lead, _address(person), said)
        act.announce(Verb.LEAD_INTRODUCED, lead)
        return said


def _send(seat: Seat, lead: Lead, address: str, said: LeadIntroduction) -> None:
    values: dict[str, Any] = {"from_name": seat.side.person_name, "text": said.text}
    once, link = letters.once(lead, "introduction", said.key), links.link_to(lead, own=True)
    gone = outbox.put(
        "introduction",
        address,
        relationship_id=seat.relationship_id,
        once=once,
        values={**values, "reply_to": seat.person.email, "held": link},
    )
    if gone is None:
        raise Refusal(_("We may not write to this address. Send it from your own mail program."))
    to_other_side(seat, "introduction-copy", once=once, link=address_of(seat, "lead", lead.key), **values)


def _address(person: LeadPerson) -> str:
    address = Contact(person.name, person.reach).address
    if not address:
        raise Refusal(_("There is no e-mail address with this lead. Send it from your own mail program."))
    return address


def person_to_introduce(seat: Seat, lead: Lead) -> LeadPerson:
    """Return the person an introduction is for. Refusal unless this side may write one, or where they were introduced already."""
    person = LeadPerson.objects.visible_to(seat).filter(lead=lead).first()
    if lead.side_id != seat.side_id:
        raise Refusal(_("Only the side that gave a lead can do that."))
    if not may_introduce(seat, lead, person) or person is None:
        raise Refusal(_("An introduction comes once they have agreed, and while the lead is open."))
    if LeadIntroduction.objects.visible_to(seat).filter(lead=lead).exists():
        raise Refusal(_("They have been introduced already."))
    return person


def mailto(address: str, subject: str, text: str) -> str:
    """Return a link that opens one's own mail program with the letter in it (RFC 6068); empty where it would be too long."""
    body = text.replace("\r\n", "\n").replace("\n", "\r\n")
    link = f"mailto:{quote(address, safe='@')}?subject={quote(subject)}&body={quote(body)}"
    return link if len(link) <= LONGEST_MAILTO else ""
