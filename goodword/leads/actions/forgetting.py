"""The person a lead names: stopping it, forgetting them, and the clock that forgets anyway (T42, T43)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

from django.db import transaction

from goodword.ground.reach import Contact
from goodword.leads import lines, links, rules
from goodword.leads.mailing import letters
from goodword.leads.models import (
    Lead,
    LeadAnswer,
    LeadContact,
    LeadIntroduction,
    LeadLetter,
    LeadMark,
    LeadMoney,
    LeadNote,
    LeadPerson,
    LeadReport,
    LeadWorth,
)
from goodword.people import deletions
from goodword.relationships import holding
from goodword.relationships.acting import acting, acting_unseated
from goodword.relationships.models import Relationship, Seat, Side
from goodword.relationships.verbs import Verb
from goodword.relationships.waiting import withdraw_news

KIND = "lead"  # its kind on the deletion list


def forget(seat: Seat, lead: Lead) -> None:
    """Forget the person, at the wish of either side; also after an end. Doing it again changes nothing."""
    with acting(seat, after_the_end=True) as act:
        lead.refresh_from_db()
        if lead.erased_at is None:
            _mark(lead)
            _erase(lead, act.now)
            act.announce(Verb.LEAD_FORGOTTEN, lead)


def forget_me(lead: Lead, *, own: bool = True) -> None:
    """Forget the person at their own wish. `own` says that they come by their own letter's link, not by one that a side holds:
    then every lead here with them goes too. The hash of how they were reached is kept, to know them again.
    """

    def forgetting(now: dt.datetime) -> None:
        for each in _same_person(lead, own=own):
            if _shows(each, lead):
                _mark(each)
                _erase(each, now)
                letters.tell_everybody(each, "lead-forgotten", "forgotten")
            else:
                _forget_in_the_drawer(each)

    _from_the_link(lead, forgetting)


def stop_me(lead: Lead, *, own: bool = True) -> None:
    """Leave the person alone at their own wish: the lead closes, both sides are told; by their `own` link, all that name them.

    The hash of how they were reached is kept, so that no new lead names them next week.
    """

    def stopping(now: dt.datetime) -> None:
        for each in _same_person(lead, own=own):
            if not _shows(each, lead):
                _forget_in_the_drawer(each)
                continue
            _mark(each)
            if each.is_open or (each.pk == lead.pk and each.state != "stopped"):
                letters.take_back(each)
                each.state, each.moved_at = "stopped", now
                each.save(update_fields=["state", "moved_at"])
                lines.write(each)
                letters.tell_everybody(each, "lead-stopped", "stopped")

    if own or lead.state != "stopped":
        _from_the_link(lead, stopping)


def _shows(lead: Lead, about: Lead) -> bool:
    """Whether it may show at once that a lead is about the person who comes by the link of another: both sides know whom it is
    about, or it was given by the same side. What lies in the other side's drawer alone may not.
    """
    named = LeadPerson.objects.unscoped().filter(relationship_id=lead.relationship_id, lead=lead)
    return lead.side_id == about.side_id or named.exists()


def _forget_in_the_drawer(lead: Lead) -> None:
    """Forget somebody who is named in the other side's drawer alone: all that its side keeps about them goes, and the lead can be
    given no name any more. What lies on the table names nobody and stays as it is, until the lead ends as it would have:
    otherwise the other side would learn from it that this was the same person.
    """
    _mark(lead)
    here = {"relationship_id": lead.relationship_id, "lead": lead}
    for drawer in (LeadContact, LeadLetter, LeadNote, LeadMoney):
        drawer.objects.unscoped().filter(**here, side_id=lead.side_id).delete()
    holding.forget(lead.relationship_id, lead.key)


def _from_the_link(lead: Lead, what: Callable[[dt.datetime], None]) -> None:
    """Run an act of the person named, who has no seat, under the relationship's lock; nothing once forgotten."""
    with acting_unseated(lead.relationship_id) as act:
        lead.refresh_from_db()
        if lead.erased_at is None:
            what(act.now)
        else:
            act.change_nothing()


def _contacts_here(relationship_id: uuid.UUID) -> dict[uuid.UUID, Contact]:
    """Return everybody here, by lead, on the table or still in a giver's drawer."""
    here = {"relationship_id": relationship_id, "lead__erased_at": None}
    sides = {seat.side_id: seat for seat in Seat.objects.filter(relationship_id=relationship_id)}
    found: dict[uuid.UUID, Contact] = {}
    for kept in LeadContact.objects.unscoped().filter(**here):
        found[kept.lead_id] = Contact(kept.name.unseal(sides[kept.side_id]), kept.reach.unseal(sides[kept.side_id]))
    for person in LeadPerson.objects.unscoped().filter(**here):
        found[person.lead_id] = Contact(person.name, person.reach)
    return found


def _same_person(lead: Lead, *, own: bool) -> list[Lead]:
    """Return this lead, and, where the person comes by their own link, the others of its relationship with them: reached the
    same way, and called alike. By a link that a side holds too, an act is about this lead alone.

    A number alone would not do: people of one firm share it.
    """
    if not own:
        return [lead]
    held = _contacts_here(lead.relationship_id)
    named = held.get(lead.pk, Contact(""))
    others = Lead.objects.unscoped().select_related("author").filter(pk__in=held, relationship_id=lead.relationship_id)
    keys = named.match_keys(lead.author.country)
    return [
        lead,
        *(
            each
            for each in others.exclude(pk=lead.pk)
            if keys & held[each.pk].match_keys(each.author.country) and rules.alike(named.name, held[each.pk].name)
        ),
    ]


def _mark(lead: Lead) -> None:
    """Keep how the person is known again: for the side that gave them, and for both where both know them by name.

    A side that was never told of them learns nothing from a refusal.
    """
    contact = _contacts_here(lead.relationship_id).get(lead.pk, Contact(""))
    named = LeadPerson.objects.unscoped().filter(relationship_id=lead.relationship_id, lead=lead).exists()
    sides = Side.objects.filter(relationship_id=lead.relationship_id)
    for side in sides if named else sides.filter(pk=lead.side_id):
        for mark in links.marks_of(lead.relationship_id, contact, lead.author.country):
            place = {"relationship_id": lead.relationship_id, "side_id": side.pk, "mark": mark}
            if not LeadMark.objects.unscoped().filter(**place).exists():
                LeadMark(author_id=lead.author_id, **place).save(force_insert=True)


def _erase(lead: Lead, now: dt.datetime) -> None:
    """Empty every place of this room that may hold something about the person, queued letters included.

    What stays is that there was a lead, when, and what came of it: nobody can be known from that.
    """
    here = {"relationship_id": lead.relationship_id, "lead": lead}
    for locked in (LeadPerson, LeadContact, LeadNote, LeadMoney, LeadWorth, LeadLetter, LeadIntroduction):
        locked.objects.unscoped().filter(**here).delete()
    holding.forget(lead.relationship_id, lead.key)
    withdraw_news(lead.relationship_id, lead.key)
    LeadReport.objects.unscoped().filter(**here).update(line="", why_it_worked="", learned="")
    LeadAnswer.objects.unscoped().filter(**here).update(line="")
    for words in Lead.WORDS:
        setattr(lead, words, "")
    lead.erased_at = lead.moved_at = now
    lead.save(update_fields=[*Lead.WORDS, "erased_at", "moved_at"])
    deletions.note(KIND, lead.pk)
    letters.take_back(lead)
    letters.forget_address(lead)
    lines.write(lead)


def forget_again(pk: uuid.UUID) -> int:
    """Forget a lead that is on the deletion list and came back with a backup. Return whether it had come back."""
    relationship_id = (
        Lead.objects.unscoped().filter(pk=pk, erased_at=None).values_list("relationship_id", flat=True).first()
    )
    if relationship_id is None:
        return 0
    with acting_unseated(relationship_id) as act:
        lead = Lead.objects.unscoped().get(relationship_id=relationship_id, pk=pk)
        _mark(lead)
        _erase(lead, act.now)
    return 1


def keep_longer(seat: Seat, lead: Lead) -> None:
    """Keep a lead for another year."""
    with acting(seat) as act:
        Lead.objects.visible_to(seat).filter(pk=lead.pk, erased_at=None).update(forget_at=act.now + rules.RETENTION)
        act.announce(Verb.LEAD_KEPT, lead)


def forget_due(now: dt.datetime, most: int = 200) -> int:
    """Forget whoever was kept for as long as was said; write to both sides a month before. Return how many."""
    kept = Lead.objects.unscoped().filter(erased_at=None)
    warnings = letters.occasions_since("lead-keep", now - 2 * rules.RETENTION_WARNING)
    for lead in kept.filter(forget_at__gt=now, forget_at__lte=now + rules.RETENTION_WARNING).order_by("forget_at"):
        occasion = f"keep:{lead.forget_at.date()}"
        if letters.once(lead, occasion) not in warnings:
            with transaction.atomic():
                letters.tell_everybody(lead, "lead-keep", occasion)
    due = list(kept.filter(forget_at__lte=now).order_by("forget_at").values_list("pk", "relationship_id")[:most])
    return sum(_forget_if_still_due(pk, relationship_id, now) for pk, relationship_id in due)


def _forget_if_still_due(pk: uuid.UUID, relationship_id: uuid.UUID, now: dt.datetime) -> int:
    """Forget a lead, unless somebody has just kept it for another year."""
    with acting_unseated(relationship_id) as act:
        still = Lead.objects.unscoped().filter(relationship_id=relationship_id, erased_at=None, forget_at__lte=now)
        lead = still.filter(pk=pk).first()
        if lead is None:
            act.change_nothing()
        else:
            _erase(lead, now)
        return int(lead is not None)


def lapse_due(now: dt.datetime, most: int = 200) -> int:
    """Let leads that waited for a name as long as was agreed lapse kindly. Return how many did."""
    waiting = Lead.objects.unscoped().filter(lapses_on__lt=now.date()).order_by("lapses_on")
    found = 0
    for pk, relationship_id in list(waiting.values_list("pk", "relationship_id")[:most]):
        with acting_unseated(relationship_id):
            found += _lapse(Lead.objects.unscoped().get(relationship_id=relationship_id, pk=pk), now)
    return found


def lapse_at_the_end(relationship: Relationship, now: dt.datetime) -> None:
    """Settle what is open when a relationship ends: what was offered and not taken up lapses, with the name it came with.

    What was accepted, or introduced already, is finished: it can still be reported on, and forgotten, after the end. Nobody
    waits for a word any more.
    """
    begun = LeadIntroduction.objects.unscoped().filter(relationship_id=relationship.pk).values("lead")
    offered = Lead.objects.unscoped().filter(
        relationship_id=relationship.pk, state="offered", outcome="", erased_at=None
    )
    for lead in offered.exclude(pk__in=begun):
        LeadPerson.objects.unscoped().filter(relationship_id=relationship.pk, lead=lead).delete()
        _lapse(lead, now)
    lines.wait_for_nothing(relationship)


def _lapse(lead: Lead, now: dt.datetime) -> int:
    here = {"relationship_id": lead.relationship_id, "lead": lead}
    waits = lead.is_open and not lead.outcome and not LeadPerson.objects.unscoped().filter(**here).exists()
    lead.lapses_on = None
    if waits:
        LeadContact.objects.unscoped().filter(**here).delete()
        lead.state, lead.moved_at = "lapsed", now
    lead.save(update_fields=["state", "moved_at", "lapses_on"])
    if waits:
        lines.write(lead)
    return int(waits)
