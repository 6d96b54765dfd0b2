"""What the list of leads across relationships shows: one row per person and lead, only facts that person may see.

Written in the same transaction as the lead itself, and on a cluster in the same place, so that the list stays one query.
"""

from __future__ import annotations

import datetime as dt
from typing import ClassVar

from django.conf import settings
from django.db import models

from goodword.ground.keys import new_id
from goodword.ground.text import tidy_line
from goodword.leads import rules
from goodword.leads.models import Lead, LeadAnswer, LeadPerson, LeadReport
from goodword.relationships.models import Relationship, Seat


class LeadLine(models.Model):
    """One lead as one person's list shows it."""

    scope: ClassVar[str] = "relationship"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", db_index=False)
    relationship = models.ForeignKey(Relationship, on_delete=models.CASCADE, related_name="+", db_index=False)
    relationship_key = models.CharField(max_length=22)
    lead_key = models.CharField(max_length=22)
    direction = models.CharField(max_length=4, choices=[("gave", "gave"), ("got", "got")], db_column="way")
    shown = models.CharField(max_length=200, blank=True)
    partner = models.CharField(max_length=200)
    search_text = models.CharField(max_length=420, blank=True)
    state = models.CharField(max_length=10)
    outcome = models.CharField(max_length=12, blank=True)
    group = models.CharField(max_length=8)
    last_line = models.CharField(max_length=200, blank=True, db_column="word")  # of its last report
    waiting = models.CharField(max_length=10, blank=True)
    word_by = models.DateField(null=True)
    given_at = models.DateTimeField()
    moved_at = models.DateTimeField()

    # Reminders, which this person alone knows of.
    remind_from = models.DateField(null=True)
    reminded = models.PositiveSmallIntegerField(default=0)
    reminded_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "lead_key"], name="one_line_each")]
        indexes = [
            models.Index(fields=["person", "-moved_at", "id"], name="line_by_move"),
            models.Index(fields=["person", "direction", "-moved_at", "id"], name="line_by_way"),
            models.Index(fields=["person", "group", "-moved_at", "id"], name="line_by_group"),
            models.Index(fields=["person", "relationship_key", "-moved_at", "id"], name="line_by_partner"),
            models.Index(fields=["person", "-given_at", "id"], name="line_by_giving"),
            models.Index(fields=["person", "partner", "-moved_at", "id"], name="line_by_partner_name"),
            models.Index(fields=["person", "waiting", "relationship", "word_by"], name="line_waiting"),
            models.Index(fields=["remind_from"], condition=models.Q(remind_from__isnull=False), name="line_to_remind"),
            models.Index(fields=["relationship", "lead_key"], name="line_by_lead"),
        ]


FACTS = [
    "relationship_key",
    "direction",
    "shown",
    "partner",
    "search_text",
    "state",
    "outcome",
    "group",
    "last_line",
    "waiting",
    "word_by",
    "moved_at",
    "remind_from",
]


def write(lead: Lead, facts: LeadFacts | None = None) -> None:
    """Write the lines of one lead for everybody seated on both sides. Call within the act that changed it."""
    here = Seat.objects.filter(relationship_id=lead.relationship_id, left_at=None).select_related(
        "relationship", "side", "other"
    )
    facts, seats = facts or facts_of(lead), list(here)
    if facts.keeper not in {seat.person_id for seat in seats}:
        facts.keeper = None  # whoever looked after it has given up their seat: it falls to those who are left
    _upsert([line_for(lead, seat, facts) for seat in seats])


def write_for(seat: Seat) -> None:
    """Write the lines of all leads of a relationship for somebody who has just taken a seat."""
    for lead in Lead.objects.visible_to(seat):
        _upsert([line_for(lead, seat, facts_of(lead))])


def clear_for(seat: Seat) -> None:
    """Take away the lines of somebody who has given up their seat; what they looked after falls to those who are left."""
    drop_for(seat)
    theirs = LeadAnswer.objects.unscoped().filter(relationship_id=seat.relationship_id, author_id=seat.person_id)
    for lead in Lead.objects.unscoped().filter(relationship_id=seat.relationship_id, pk__in=theirs.values("lead_id")):
        if lead.is_open:
            write(lead)


def drop_for(seat: Seat) -> None:
    """Take away the lines of the last one to sit on a side: there is nobody left to whom anything falls."""
    LeadLine.objects.filter(person_id=seat.person_id, relationship_id=seat.relationship_id).delete()


def wait_for_nothing(relationship: Relationship) -> None:
    """Let no line of a relationship that ends wait for anything any more (M5)."""
    LeadLine.objects.filter(relationship_id=relationship.pk).update(waiting="", remind_from=None)


def _upsert(rows: list[LeadLine]) -> None:
    LeadLine.objects.bulk_create(rows, update_conflicts=True, unique_fields=["person", "lead_key"], update_fields=FACTS)


class LeadFacts:
    """What both sides know of a lead beyond its row: name, the line of its last report, who looks after it, how they are reached."""

    def __init__(self, name: str = "", last_line: str = "", keeper: object = None, reach: str = "") -> None:
        self.name, self.last_line, self.keeper, self.reach = name, last_line, keeper, reach


def facts_of(lead: Lead, reports: list[LeadReport] | None = None) -> LeadFacts:
    """Return what lies on the table about a lead. Both sides learn of it, so the house may read it for them.

    `reports` are those that stand, where the caller has just read them.
    """
    person = LeadPerson.objects.unscoped().filter(relationship_id=lead.relationship_id, lead=lead).first()
    answer = (
        LeadAnswer.objects.unscoped()
        .filter(relationship_id=lead.relationship_id, lead=lead)
        .order_by("created_at")
        .last()
    )
    if reports is None:
        said = LeadReport.objects.unscoped().filter(relationship_id=lead.relationship_id, lead=lead)
        reports = rules.standing(said.order_by("created_at", "id"))
    last = reports[-1:]
    name, reach = (person.name, person.reach) if person else ("", "")
    return LeadFacts(name, last[0].line if last else "", answer.author_id if answer else None, reach)


def line_for(lead: Lead, seat: Seat, facts: LeadFacts) -> LeadLine:
    """Return the line of a lead as one seat sees it. Before the contact agreed, both sides read the description."""
    received = lead.side_id != seat.side_id
    shown = tidy_line(facts.name or lead.description)[:200]
    partner = seat.other.person_name
    waiting = (
        ""
        if lead.erased_at or seat.relationship.ended_at  # what has ended waits for nothing (M5)
        else rules.waits_for(lead.state, lead.outcome, lead.route, bool(facts.name), received=received)
    )
    mine = facts.keeper in (None, seat.person_id)
    return LeadLine(
        person_id=seat.person_id,
        relationship_id=lead.relationship_id,
        relationship_key=seat.relationship_key,
        lead_key=lead.key,
        direction="got" if received else "gave",
        shown=shown,
        partner=partner,
        search_text=f"{shown} {partner}".casefold()[:420],
        state=lead.state,
        outcome=lead.outcome,
        group=rules.group(lead.state, lead.outcome),
        last_line=tidy_line(facts.last_line)[:200],
        waiting=waiting,
        word_by=lead.word_by,
        given_at=lead.created_at,
        moved_at=lead.moved_at,
        remind_from=_remind_from(lead, waiting, mine=mine),
    )


def _remind_from(lead: Lead, waiting: str, *, mine: bool) -> dt.date | None:
    return lead.word_by if waiting in ("answer", "word") and mine else None
