"""Reminding the receiver of a word they promised: privately, kindly, at most twice (M36)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from goodword.ground.moments import zone
from goodword.leads import rules
from goodword.leads.lines import LeadLine, facts_of
from goodword.leads.mailing import letters
from goodword.leads.models import Lead
from goodword.post import outbox
from goodword.relationships.mailing import address_of
from goodword.relationships.models import Seat


def remind_due(now: dt.datetime, most: int = 1000) -> int:
    """Write to whoever promised a word whose day has passed, in their own daylight. Return how many letters were put.

    Touches nothing but that person's own line, which nobody else can see. None in ended or paused relationships.
    """
    latest = now.date() + dt.timedelta(days=1)  # the furthest zone may already be a day ahead
    due = LeadLine.objects.filter(remind_from__lt=latest, reminded__lt=rules.REMINDERS).select_related("person")
    due = due.filter(relationship__ended_at=None, relationship__paused_at=None).order_by("reminded", "remind_from")
    return sum(_remind(line, now) for line in due[:most])


def _remind(line: LeadLine, now: dt.datetime) -> int:
    local = now.astimezone(zone(line.person.zone))
    if line.remind_from is None or not rules.may_remind(line.remind_from, local, line.reminded, line.reminded_on):
        return 0
    with transaction.atomic():
        still = LeadLine.objects.filter(pk=line.pk, reminded=line.reminded, remind_from=line.remind_from)
        if not still.update(reminded=line.reminded + 1, reminded_on=local.date()):
            return 0
        seat = (
            Seat.objects.filter(person_id=line.person_id, relationship_id=line.relationship_id, left_at=None)
            .select_related("other")
            .first()
        )
        if seat is None:
            return 0
        lead = Lead.objects.visible_to(seat).get(key=line.lead_key)
        outbox.put(
            "lead-word",
            line.person.email,
            relationship_id=line.relationship_id,
            person_id=line.person_id,
            once=letters.once(lead, "word", line.reminded + 1, line.person_id),
            values={
                "name": seat.other.first_name,
                "who": letters.shared_lead_words(lead, facts_of(lead)),
                "link": address_of(seat, "lead", lead.key),
                "report": address_of(seat, "lead-report", lead.key),
            },
        )
        return 1
