"""The demo world has been lived in: nine months of working days up to today, and no two pairs alike."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter, defaultdict

import pytest
from django.utils import timezone

from goodword.encounters.models import Encounter
from goodword.followups.queries.slipping import slipping
from goodword.leads.models import Lead, LeadPerson, LeadReport
from goodword.ops import demo
from goodword.ops.demo.people import DOMAIN
from goodword.people.models import Person
from goodword.post.models import OutboxLetter
from goodword.profiles.models import ShownProfile
from goodword.relationships.journal import Event
from goodword.relationships.models import Invitation, Relationship, Seat
from goodword.reservations.models import TableReservation
from goodword.teaching.models import ApproachAcceptance, TeachingLine

pytestmark = pytest.mark.django_db
MONTHS = 9


def test_the_demo_world_has_been_lived_in() -> None:
    told = list(demo.build())
    assert len(told) == len(set(told)) >= 15
    spans_nine_months_of_working_days()
    each_pair_has_leads_of_its_own_that_end_differently()
    holds_what_a_year_brings()
    before = counted()
    assert list(demo.build()) == []
    assert counted() == before
    assert not OutboxLetter.objects.filter(sent_at=None, dropped_at=None).exists()


def counted() -> list[int]:
    """How many of everything there are."""
    return [model._base_manager.count() for model in (Relationship, Seat, Person, Event)]


def spans_nine_months_of_working_days() -> None:
    now = timezone.now()
    days = defaultdict[uuid.UUID, Counter[dt.date]](Counter)
    for key, at in Event.objects.unscoped().values_list("relationship_id", "created_at"):
        assert at <= now
        days[key][timezone.localdate(at)] += 1
    every = [day for counts in days.values() for day in counts]
    assert all(day.weekday() < 5 for day in every)
    assert now.date() - min(every) >= dt.timedelta(days=30 * MONTHS - 5)
    assert now.date() - max(every) <= dt.timedelta(days=5)
    talked = [counts for counts in days.values() if sum(counts.values()) > 3]
    assert len(talked) >= 12
    assert all(len(counts) > 2 for counts in talked), "somebody's events fall on one day or two"
    met = Encounter.objects.unscoped().exclude(happened_on=None).values_list("happened_on", flat=True)
    assert all(day.weekday() < 5 for day in met)


def each_pair_has_leads_of_its_own_that_end_differently() -> None:
    names = list(LeadPerson.objects.unscoped().values_list("name", flat=True))
    assert len(names) == len(set(names)) >= 12
    reasons = list(Lead.objects.unscoped().values_list("why", flat=True))
    assert len(reasons) == len(set(reasons))
    ends = set(LeadReport.objects.unscoped().values_list("outcome", flat=True))
    assert ends >= {"spoke", "meeting", "proposal", "client", "no_answer", "not_a_fit"}
    assert Lead.objects.unscoped().filter(state="sent_back").exists()


def holds_what_a_year_brings() -> None:
    assert TableReservation.objects.unscoped().filter(state="settled").exists()
    assert TableReservation.objects.unscoped().filter(state="open").exists()
    assert Invitation.objects.filter(answer="no").exists()
    assert Relationship.objects.exclude(ended_at=None).count() >= 2
    assert ShownProfile.objects.unscoped().count() >= 10
    assert TeachingLine.objects.unscoped().filter(part="route").exists()
    assert ApproachAcceptance.objects.unscoped().exists()
    ruth = Person.objects.get(email=f"ruth@{DOMAIN}")
    assert [one.seat.other_name for one in slipping(ruth, timezone.now())] == ["Helen Garside"]
