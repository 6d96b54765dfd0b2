"""Introducing: a letter drafted from the words taught, put right by the giver, and sent by them or by us, once they agreed.

Nothing is sent undrafted: what leaves is the draft its author has just read, and only while the agreement stands (T41).
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any
from urllib.parse import quote

from django.utils.translation import gettext as _

from goodword.ground.refusals import Refusal
from goodword.ground.text import tidy_line
from goodword.leads import links, mailing, rules
from goodword.leads.drawers import LeadLetter
from goodword.leads.models import Lead, LeadIntroduction, LeadPerson
from goodword.post import outbox
from goodword.relationships.acting import Act, acting
from goodword.relationships.mailing import address_of, to_other_side
from goodword.relationships.models import Seat
from goodword.teaching import queries as teaching
from goodword.teaching.rules import REACH

LONGEST_MAILTO = 1800  # what every mail program still takes over


def first_draft(seat: Seat, person: LeadPerson) -> str:
    """Return a letter to begin with: the words the other side taught us, and how they said they may be reached.

    Where the two agreed on an approach that removes the need for those words, they are left out (M33).
    """
    taught, other = teaching.theirs(seat), seat.other
    words, reach = (taught.said("short_words") or taught.said("long_words"), taught.said(REACH)) if taught else ("", "")
    if teaching.needs_no_words(seat):
        words = ""
    partner = f"{other.person_name} ({other.business_name})" if other.business_name else other.person_name
    return "\n\n".join(
        [
            _("Dear %(name)s,") % {"name": tidy_line(person.name)},
            _("You said I may introduce you to %(partner)s.") % {"partner": partner},
            *([words] if words else []),
            *([_("How to reach %(name)s: %(reach)s") % {"name": other.first_name, "reach": reach}] if reach else []),
            _("%(name)s reads this as well. The rest I leave to the two of you.") % {"name": other.first_name},
            seat.side.person_name,
        ]
    )


def kept_draft(seat: Seat, lead: Lead) -> str:
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
        _agreed_person(seat, lead)
        kept = LeadLetter.objects.owned_by(seat).filter(lead=lead).first()
        if kept is None:
            LeadLetter.objects.write(seat, lead=lead, text=text)
            return
        kept.text = text
        kept.save(update_fields=["text"])


def send(seat: Seat, lead: Lead) -> None:
    """Send the draft to the person and to the other side, with answers going to its author; half a minute to take it back.

    Raises Refusal without a draft, without agreement or an e-mail address, and the second time.
    """
    with acting(seat) as act:
        lead.refresh_from_db()
        person = _agreed_person(seat, lead)
        address = mail_address(person.reach)
        if not address:
            raise Refusal(_("There is no e-mail address with this lead. Send it from your own mail program."))
        said = _put(seat, act, lead, "ours")
        values: dict[str, Any] = {"from_name": seat.side.person_name, "reply_to": seat.person.email, "text": said.text}
        due, once = act.now + rules.UNDO, mailing.once(lead, "introduction", said.key)
        gone = outbox.put("introduction", address, relationship_id=seat.relationship_id, due_at=due, once=once,
                   values={**values, "held": links.link_to(lead)})  # fmt: skip
        if gone is None:
            raise Refusal(_("We may not write to this address. Send it from your own mail program."))
        to_other_side(
            seat, "introduction-copy", once=once, due_at=due, link=address_of(seat, "lead", lead.key), **values
        )


def sent_myself(seat: Seat, lead: Lead) -> None:
    """Say that one has sent the draft by one's own mail program: both sides then see that, and what it said."""
    with acting(seat) as act:
        lead.refresh_from_db()
        _agreed_person(seat, lead)
        _put(seat, act, lead, "own")


def take_back(seat: Seat, lead: Lead) -> None:
    """Take an introduction back that has not left yet: it is a draft again. Refusal where it is too late."""
    with acting(seat) as act:
        row = LeadIntroduction.objects.owned_by(seat).filter(lead=lead).first()
        if row is None or not can_take_back(row, act.now):
            raise Refusal(_("The introduction has left already."))
        LeadLetter.objects.write(seat, lead=lead, text=row.text)
        row.delete()
        mailing.take_back(lead, "introduction")
        act.tell("lead_introduction_back", lead.key)


def can_take_back(row: LeadIntroduction, now: dt.datetime) -> bool:
    """Whether an introduction is still within its half minute."""
    return row.by == "ours" and now < row.created_at + rules.UNDO


def _agreed_person(seat: Seat, lead: Lead) -> LeadPerson:
    person = LeadPerson.objects.visible_to(seat).filter(lead=lead).first()
    if lead.side_id != seat.side_id:
        raise Refusal(_("Only the side that gave a lead can do that."))
    if not may_introduce(seat, lead, person) or person is None:
        raise Refusal(_("An introduction comes once they have agreed, and while the lead is open."))
    if LeadIntroduction.objects.visible_to(seat).filter(lead=lead).exists():
        raise Refusal(_("They have been introduced already."))
    return person


def _put(seat: Seat, act: Act, lead: Lead, by: str) -> LeadIntroduction:
    """Put the draft on the table as a copy, and the drawer's one away. Refusal without a draft."""
    text = kept_draft(seat, lead)
    if not text:
        raise Refusal(_("Write the introduction first, and read it once more."))
    said = LeadIntroduction.objects.write(seat, lead=lead, text=text, by=by, created_at=act.now)
    LeadLetter.objects.owned_by(seat).filter(lead=lead).delete()
    act.tell("lead_introduced", lead.key)
    return said


def mail_address(reach: str) -> str:
    """Return the first e-mail address in a way to reach somebody; empty if there is none."""
    found = re.search(r"[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>]+", reach)
    return found.group().rstrip(".") if found else ""


def mailto(address: str, subject: str, text: str) -> str:
    """Return a link that opens one's own mail program with the letter in it (RFC 6068); empty where it would be too long."""
    body = text.replace("\r\n", "\n").replace("\n", "\r\n")
    link = f"mailto:{quote(address, safe='@')}?subject={quote(subject)}&body={quote(body)}"
    return link if len(link) <= LONGEST_MAILTO else ""
