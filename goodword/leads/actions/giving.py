"""Giving: a lead, later its name, and taking one back. The giver's side of the room."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.agreements.queries import name_days, promise_days
from goodword.ground.keys import new_id
from goodword.ground.reach import Contact
from goodword.ground.refusals import Refusal
from goodword.leads import links, rules
from goodword.leads.lines import LeadFacts, facts_of
from goodword.leads.mailing import letters
from goodword.leads.models import (
    Lead,
    LeadConsent,
    LeadContact,
    LeadIdea,
    LeadIntroduction,
    LeadLetter,
    LeadMark,
    LeadPerson,
)
from goodword.relationships.acting import Act, acting
from goodword.relationships.models import Seat
from goodword.relationships.verbs import Verb

# What `give` takes, by the names it has on the form and while it is held back.
GIFT = ("why", "route", "name", "reach", "warmth")


@dataclass(frozen=True, slots=True)
class Consent:
    """What the contact agreed to: when, how, for what."""

    agreed_on: dt.date
    how: str = "in_person"
    purpose: str = "contact"


def give(
    seat: Seat,
    *,
    why: str,
    route: str,
    name: str = "",
    reach: str = "",
    consent: Consent | None = None,
    warmth: str = "",
    origin: Lead | None = None,
) -> Lead:
    """Give the other side a lead: why they fit crosses at once, name and way to reach only with `consent` (T41).

    Raises Refusal outside step advocate (M28), where the words give away what may not cross yet, where "introduce now"
    lacks name or agreement, and for somebody who asked to be forgotten.
    """
    with acting(seat) as act:
        _refuse_before_its_time(seat)
        contact = Contact(name, reach)
        _keep_names_back(seat, why, contact, route)
        _respect_the_forgotten(seat, contact)
        lead = _lead(seat, act, why=why, route=route, warmth=warmth, origin=origin)
        if route == "now":
            _put_name(seat, act, lead, name, reach, consent)
        elif name or reach:
            LeadContact.objects.write(seat, lead=lead, name=name, reach=reach, created_at=act.now)
        act.announce(Verb.LEAD_GIVEN, lead, known=LeadFacts(name, reach=reach) if route == "now" else LeadFacts())
        return lead


def refuse_what_may_not_be(seat: Seat, *, why: str, route: str, name: str, reach: str, agreed: bool) -> None:
    """Raise Refusal for a lead that `give` would not take: asked before it is kept for its half minute."""
    _refuse_before_its_time(seat)
    contact = Contact(name, reach)
    _keep_names_back(seat, why, contact, route)
    _respect_the_forgotten(seat, contact)
    if route == "now" and not (name and agreed):
        raise Refusal(_("Write their name, or choose to ask them first."), "name")


def refuse_naming(seat: Seat, lead: Lead, contact: Contact) -> None:
    """Raise Refusal for a name that `record_agreement` would not take."""
    _refuse_unless_ours_and_open(seat, lead)
    _refuse_if_named(seat, lead)
    _respect_the_forgotten(seat, contact)


def _refuse_before_its_time(seat: Seat) -> None:
    if seat.alone:
        raise Refusal(_("%(name)s has not joined yet.") % {"name": seat.other.first_name})
    if not rules.may_give(seat.at):
        later = _("Until then you can note whom you have in mind.")
        raise Refusal(_("Leads come once you have both confirmed that it goes ahead.") + " " + later)


def _keep_names_back(seat: Seat, why: str, contact: Contact, route: str) -> None:
    held_back = "" if route == "now" else rules.gives_away(why, contact, seat.person.country)
    if held_back == "name":
        raise Refusal(_("Leave their name out of this: it is read before they have agreed."), "why")
    if held_back == "reach":
        raise Refusal(_("Leave out how to reach them: this is read before they have agreed."), "why")


def _respect_the_forgotten(seat: Seat, contact: Contact) -> None:
    marks = links.marks_of(seat.relationship_id, contact, seat.person.country)
    if marks and LeadMark.objects.visible_to(seat).filter(mark__in=marks).exists():
        raise Refusal(_("They asked not to be passed on here. You can still hand them the card."), "reach")


def _lead(seat: Seat, act: Act, *, why: str, route: str, warmth: str, origin: Lead | None) -> Lead:
    lead_id = new_id()
    today = timezone.localdate(act.now)
    contact_by, word_by = rules.promise(route, route == "now", today, promise_days(seat))
    lapses_on = rules.working_days_after(today, name_days(seat)) if route == "ask" else None
    return Lead.objects.write(
        seat,
        id=lead_id,
        description=rules.first_sentence(why),
        why=why,
        route=route,
        warmth=warmth,
        origin=origin,
        moved_at=act.now,
        created_at=act.now,
        contact_by=contact_by,
        word_by=word_by,
        lapses_on=lapses_on,
        forget_at=act.now + rules.RETENTION,
        link_hash=links.link_hash(lead_id),
        own_link_hash=links.link_hash(lead_id, own=True),
    )


def _put_name(seat: Seat, act: Act, lead: Lead, name: str, reach: str, consent: Consent | None) -> None:
    if not name or consent is None:
        raise Refusal(_("Write their name, or choose to ask them first."), "name")
    agreed = LeadConsent.objects.write(
        seat, lead=lead, agreed_on=consent.agreed_on, how=consent.how, purpose=consent.purpose, created_at=act.now
    )
    LeadPerson.objects.write(seat, lead=lead, consent=agreed, name=name, reach=reach, created_at=act.now)
    LeadContact.objects.owned_by(seat).filter(lead=lead).delete()


def record_agreement(seat: Seat, lead: Lead, *, name: str, reach: str, consent: Consent) -> None:
    """Record that the contact agreed, and put name and way to reach on the table with it. The promise runs from today.

    Raises Refusal for a lead of the other side, one closed or already named, or somebody who asked to be forgotten.
    """
    with acting(seat) as act:
        lead.refresh_from_db()
        _refuse_unless_ours_and_open(seat, lead)
        _refuse_if_named(seat, lead)
        _respect_the_forgotten(seat, Contact(name, reach))
        _put_name(seat, act, lead, name, reach, consent)
        lead.contact_by, lead.word_by = rules.promise(lead.route, True, timezone.localdate(act.now), promise_days(seat))
        lead.moved_at, lead.forget_at, lead.lapses_on = act.now, act.now + rules.RETENTION, None
        lead.save(update_fields=["contact_by", "word_by", "moved_at", "forget_at", "lapses_on"])
        act.announce(Verb.LEAD_AGREED, lead, known=facts_of(lead))


def say_reach(seat: Seat, lead: Lead, *, reach: str) -> None:
    """Put on the table how somebody can be reached whose name lies there, in place of what lay there: until they were reported on.

    Raises Refusal for a lead of the other side, one that has closed, without a name, or reported on, somebody who asked to
    be forgotten, or where the address an introduction went to would go.
    """
    with acting(seat) as act:
        lead.refresh_from_db()
        person = refuse_saying_reach(seat, lead, reach)
        person.reach = reach
        person.save(update_fields=["reach"])
        act.announce(Verb.LEAD_REACH_SAID, lead, known=facts_of(lead))


def refuse_saying_reach(seat: Seat, lead: Lead, reach: str) -> LeadPerson:
    """Raise Refusal where `say_reach` would: asked before it is kept for its half minute. Return whom it is about."""
    _refuse_unless_ours_and_open(seat, lead)
    if lead.outcome:
        raise Refusal(_("%(name)s has spoken of them already. Say it when you talk.") % {"name": seat.other.first_name})
    person = LeadPerson.objects.owned_by(seat).filter(lead=lead).first()
    if person is None:
        raise Refusal(_("First comes the name, once they have agreed."))
    _keep_where_the_introduction_went(seat, lead, person, reach)
    _respect_the_forgotten(seat, Contact(person.name, reach))
    return person


def _keep_where_the_introduction_went(seat: Seat, lead: Lead, person: LeadPerson, reach: str) -> None:
    """Raise Refusal where the address we wrote to would go: whoever asks by that letter to be forgotten is known again by it."""
    if not LeadIntroduction.objects.visible_to(seat).filter(lead=lead, by="ours").exists():
        return
    address = Contact(person.name, person.reach).address
    if Contact(person.name, reach).address != address:
        raise Refusal(_("Your introduction went to %(address)s: leave it there, and add to it.") % {"address": address})


def keep_contact(seat: Seat, lead: Lead, *, name: str, reach: str) -> None:
    """Keep who it is in our side's drawer, in place of what lay there. Nobody else learns of it.

    Raises Refusal for a lead of the other side, one that has closed, one whose name is on the table already, or somebody
    who asked to be forgotten.
    """
    with acting(seat) as act:
        lead.refresh_from_db()
        _refuse_unless_ours_and_open(seat, lead)
        _refuse_if_named(seat, lead)
        _respect_the_forgotten(seat, Contact(name, reach))
        kept = LeadContact.objects.owned_by(seat).filter(lead=lead).first()
        if kept is None:
            LeadContact.objects.write(seat, lead=lead, name=name, reach=reach, created_at=act.now)
            return
        kept.name, kept.reach = name, reach
        kept.save(update_fields=["name", "reach"])


def _refuse_if_named(seat: Seat, lead: Lead) -> None:
    if LeadPerson.objects.visible_to(seat).filter(lead=lead).exists():
        raise Refusal(_("The name is on the table already."))


def withdraw(seat: Seat, lead: Lead) -> None:
    """Take a lead back before anything was reported: its name leaves the table. Refusal where that is too late."""
    with acting(seat) as act:
        lead.refresh_from_db()
        _refuse_unless_ours_and_open(seat, lead)
        if lead.outcome:
            raise Refusal(
                _("%(name)s has told you about this one already, so it stays.") % {"name": seat.other.first_name}
            )
        if LeadIntroduction.objects.visible_to(seat).filter(lead=lead).exists():
            raise Refusal(_("You have introduced them, so it stays."))
        LeadPerson.objects.owned_by(seat).filter(lead=lead).delete()
        LeadContact.objects.owned_by(seat).filter(lead=lead).delete()
        LeadLetter.objects.owned_by(seat).filter(lead=lead).delete()
        lead.state, lead.moved_at = "withdrawn", act.now
        lead.save(update_fields=["state", "moved_at"])
        letters.take_back(lead)
        act.announce(Verb.LEAD_WITHDRAWN, lead, known=facts_of(lead))


def _refuse_unless_ours_and_open(seat: Seat, lead: Lead) -> None:
    if lead.side_id != seat.side_id:
        raise Refusal(_("Only the side that gave a lead can do that."))
    if not lead.is_open:
        raise Refusal(_("This lead has closed."))


def note_idea(seat: Seat, words: str) -> None:
    """Note somebody to give one day, for our side alone. From the agreement step on (M29); Refusal before."""
    with acting(seat):
        if not rules.may_prepare(seat.at):
            raise Refusal(_("First leads come up with the agreement. There is nothing to prepare before."))
        LeadIdea.objects.write(seat, words=words)


def drop_idea(seat: Seat, idea: LeadIdea) -> None:
    """Strike an idea off our side's list."""
    with acting(seat):
        LeadIdea.objects.owned_by(seat).filter(pk=idea.pk).delete()
