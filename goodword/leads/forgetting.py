"""The person a lead names: stopping it, forgetting them, and the clock that forgets anyway (T42, T43)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from goodword.leads import lines, links, mailing, rules
from goodword.leads.drawers import LeadContact, LeadLetter, LeadMark, LeadMoney, LeadNote
from goodword.leads.models import Lead, LeadAnswer, LeadIntroduction, LeadPerson, LeadReport, LeadWorth
from goodword.relationships import projection
from goodword.relationships.acting import acting
from goodword.relationships.models import Relationship, Seat


def forget(seat: Seat, lead: Lead) -> None:
    """Forget the person, at the wish of either side; also after an end. Doing it again changes nothing."""
    with acting(seat, after_the_end=True) as act:
        lead.refresh_from_db()
        if lead.erased_at is None:
            _mark(lead)
            _erase(lead, act.now)
            act.tell("lead_forgotten", lead.key)
            mailing.tell_everybody(lead, "lead-forgotten", "forgotten")


def forget_me(lead: Lead) -> None:
    """Forget the person at their own wish, in every lead here that names them, on the table or in a drawer.

    The hash of how they were reached is kept, to know them again.
    """

    def forgetting(now: dt.datetime) -> None:
        for each in _same_person(lead):
            _mark(each)
            _erase(each, now)
            mailing.tell_everybody(each, "lead-forgotten", "forgotten")

    _from_the_link(lead, forgetting)


def stop_me(lead: Lead) -> None:
    """Leave the person alone at their own wish: every lead here that names them closes, both sides are told.

    The hash of how they were reached is kept, so that no new lead names them next week.
    """

    def stopping(now: dt.datetime) -> None:
        for each in _same_person(lead):
            _mark(each)
            if each.is_open or each.pk == lead.pk:
                mailing.take_back(each)
                each.state, each.moved_at = "stopped", now
                each.save(update_fields=["state", "moved_at"])
                lines.lay(each)
                mailing.tell_everybody(each, "lead-stopped", "stopped")

    if lead.state != "stopped":
        _from_the_link(lead, stopping)


def _from_the_link(lead: Lead, what: Callable[[dt.datetime], None]) -> None:
    """Run an act of the person named, who has no seat, under the relationship's lock; nothing once forgotten."""
    with transaction.atomic():
        relationship = Relationship.objects.select_for_update().get(pk=lead.relationship_id)
        lead.refresh_from_db()
        if lead.erased_at is None:
            now = timezone.now()
            what(now)
            projection.refresh(relationship, None, now)


def _held(relationship_id: uuid.UUID) -> dict[uuid.UUID, tuple[str, str]]:
    """Return name and way to reach of everybody here, by lead, on the table or still in a giver's drawer."""
    here = {"relationship_id": relationship_id, "lead__erased_at": None}
    sides = {seat.side_id: seat for seat in Seat.objects.filter(relationship_id=relationship_id)}
    found: dict[uuid.UUID, tuple[str, str]] = {}
    for kept in LeadContact.objects.for_the_house().filter(**here):
        found[kept.lead_id] = kept.name.unseal(sides[kept.side_id]), kept.reach.unseal(sides[kept.side_id])
    for person in LeadPerson.objects.for_the_house().filter(**here):
        found[person.lead_id] = person.name, person.reach
    return found


def _same_person(lead: Lead) -> list[Lead]:
    """Return this lead, and the others of its relationship with the same person: reached the same way, and called alike.

    A number alone would not do: people of one firm share it.
    """
    held = _held(lead.relationship_id)
    name, reach = held.get(lead.pk, ("", ""))
    marks = links.marks_of(lead.relationship_id, reach)
    others = [
        key
        for key, (called, reached) in held.items()
        if rules.gives_away(called, name, "") and marks & links.marks_of(lead.relationship_id, reached)
    ]
    found = Lead.objects.for_the_house().filter(relationship_id=lead.relationship_id, pk__in=others).exclude(pk=lead.pk)
    return [lead, *found]


def _mark(lead: Lead) -> None:
    for mark in links.marks_of(lead.relationship_id, _held(lead.relationship_id).get(lead.pk, ("", ""))[1]):
        place = {"relationship_id": lead.relationship_id, "side_id": lead.side_id, "mark": mark}
        if not LeadMark.objects.for_the_house().filter(**place).exists():
            LeadMark(author_id=lead.author_id, **place).save(force_insert=True)


def _erase(lead: Lead, now: dt.datetime) -> None:
    """Empty every place of this room that may hold something about the person, queued letters included.

    What stays is that there was a lead, when, and what came of it: nobody can be known from that.
    """
    here = {"relationship_id": lead.relationship_id, "lead": lead}
    for locked in (LeadPerson, LeadContact, LeadNote, LeadMoney, LeadWorth, LeadLetter, LeadIntroduction):
        locked.objects.for_the_house().filter(**here).delete()
    LeadReport.objects.for_the_house().filter(**here).update(line="", why_it_worked="", learned="")
    LeadAnswer.objects.for_the_house().filter(**here).update(line="")
    lead.description = lead.why = ""
    lead.erased_at = lead.moved_at = now
    lead.save(update_fields=["description", "why", "erased_at", "moved_at"])
    mailing.take_back(lead)
    mailing.forget_address(lead)
    lines.lay(lead)


def keep_longer(seat: Seat, lead: Lead) -> None:
    """Keep a lead for another year."""
    with acting(seat) as act:
        Lead.objects.visible_to(seat).filter(pk=lead.pk, erased_at=None).update(forget_at=act.now + rules.KEPT)
        act.tell("lead_kept", lead.key)


def forget_due(now: dt.datetime, most: int = 200) -> int:
    """Forget whoever was kept for as long as was said; write to both sides a month before. Return how many."""
    kept = Lead.objects.for_the_house().filter(erased_at=None)
    told = mailing.already_told("lead-keep", now - 2 * rules.KEPT_WARNING)
    for lead in kept.filter(forget_at__gt=now, forget_at__lte=now + rules.KEPT_WARNING).order_by("forget_at"):
        occasion = f"keep:{lead.forget_at.date()}"
        if mailing.once(lead, occasion) not in told:
            with transaction.atomic():
                mailing.tell_everybody(lead, "lead-keep", occasion)
    due = list(kept.filter(forget_at__lte=now).order_by("forget_at").values_list("pk", "relationship_id")[:most])
    return sum(_forget_if_still_due(pk, relationship_id, now) for pk, relationship_id in due)


def _forget_if_still_due(pk: uuid.UUID, relationship_id: uuid.UUID, now: dt.datetime) -> int:
    """Forget a lead, unless somebody has just kept it for another year."""
    with transaction.atomic():
        Relationship.objects.select_for_update().get(pk=relationship_id)
        still = Lead.objects.for_the_house().filter(relationship_id=relationship_id, erased_at=None, forget_at__lte=now)
        lead = still.filter(pk=pk).first()
        if lead is not None:
            _erase(lead, now)
        return int(lead is not None)


def lapse_due(now: dt.datetime, most: int = 200) -> int:
    """Let leads that waited for a name as long as was agreed lapse kindly. Return how many did."""
    waiting = Lead.objects.for_the_house().filter(lapses_on__lt=now.date()).order_by("lapses_on")
    found = 0
    for pk, relationship_id in list(waiting.values_list("pk", "relationship_id")[:most]):
        with transaction.atomic():
            Relationship.objects.select_for_update().get(pk=relationship_id)
            found += _lapse(Lead.objects.for_the_house().get(relationship_id=relationship_id, pk=pk), now)
    return found


def lapse_at_the_end(relationship: Relationship, now: dt.datetime) -> None:
    """Settle what is open when a relationship ends: what was offered and not taken up lapses, with the name it came with.

    What was accepted, or introduced already, is finished: it can still be reported on, and forgotten, after the end. Nobody
    waits for a word any more.
    """
    begun = LeadIntroduction.objects.for_the_house().filter(relationship_id=relationship.pk).values("lead")
    offered = Lead.objects.for_the_house().filter(relationship_id=relationship.pk, state="offered", outcome="", erased_at=None)
    for lead in offered.exclude(pk__in=begun):
        LeadPerson.objects.for_the_house().filter(relationship_id=relationship.pk, lead=lead).delete()
        _lapse(lead, now)
    lines.wait_for_nothing(relationship)


def _lapse(lead: Lead, now: dt.datetime) -> int:
    here = {"relationship_id": lead.relationship_id, "lead": lead}
    waits = lead.is_open and not lead.outcome and not LeadPerson.objects.for_the_house().filter(**here).exists()
    lead.lapses_on = None
    if waits:
        LeadContact.objects.for_the_house().filter(**here).delete()
        lead.state, lead.moved_at = "lapsed", now
    lead.save(update_fields=["state", "moved_at", "lapses_on"])
    if waits:
        lines.lay(lead)
    return int(waits)
