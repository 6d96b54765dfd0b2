"""Facts of the rooms below that a follow-up is made of. Shared facts only, always for one seat, one query each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from goodword.agreements.models import Acceptance
from goodword.database.compiled import compiled
from goodword.encounters.models import Encounter, Promise
from goodword.leads import rules as lead_rules
from goodword.leads.models import Lead, LeadPerson, LeadReport
from goodword.relationships.models import Seat
from goodword.reservations.models import TableReservation

RECENT = 60


@dataclass(frozen=True, slots=True)
class Contacts:
    """When the two last talked, since when things are new, and what is planned next."""

    last_on: dt.date | None = None
    since: dt.datetime | None = None
    planned: Encounter | None = None


def day_of(encounter: Encounter) -> dt.date | None:
    """Return the day a held encounter took place."""
    if encounter.held_at is None:
        return None
    if encounter.happened_on:
        return encounter.happened_on
    return timezone.localdate(min(encounter.planned_at or encounter.held_at, encounter.held_at))


def contacts(seat: Seat, now: dt.datetime) -> Contacts:
    """Return the contacts of a relationship. Any encounter held, of whatever kind, is a contact (M3, M34)."""
    return contacts_from(_past_or_ahead(seat, now=now), now)


@compiled
def _past_or_ahead(seat: Seat, *, now: dt.datetime) -> QuerySet[Encounter]:
    rows = Encounter.objects.visible_to(seat).filter(Q(held_at__isnull=False) | Q(planned_at__gt=now))
    return rows.filter(called_off_at=None, tabled_as=None).order_by("-created_at")[:RECENT]


def contacts_from(rows: list[Encounter], now: dt.datetime) -> Contacts:
    """Return the contacts in these rows."""
    held = [row for row in rows if row.held_at]
    ahead = [row for row in rows if not row.held_at and row.planned_at and row.planned_at > now]
    days = [day for row in held if (day := day_of(row))]
    return Contacts(
        max(days, default=None),
        max((row.held_at for row in held if row.held_at), default=None),
        min(ahead, key=lambda row: row.planned_at or now, default=None),
    )


def contact_days(seat: Seat) -> list[dt.date]:
    """Return every day on which the two talked."""
    rows = Encounter.objects.visible_to(seat).filter(held_at__isnull=False, called_off_at=None, tabled_as=None)
    return [day for row in rows if (day := day_of(row))]


def promises(seat: Seat, since: dt.datetime | None) -> list[Promise]:
    """Return what was promised and is still open, and what was kept since the two last talked."""
    return _promises(seat, since=since) if since else _promises(seat)


@compiled
def _promises(seat: Seat, *, since: dt.datetime | None = None) -> QuerySet[Promise]:
    kept = Q() if since is None else Q(kept_at__gte=since)
    rows = Promise.objects.visible_to(seat).filter(Q(kept_at=None) | kept, released_at=None)
    return rows.order_by("due_on", "created_at")


@compiled
def leads(seat: Seat) -> QuerySet[Any]:
    """Return every lead both ways, newest move first, each with the `name` on the table, or None."""
    name = LeadPerson.objects.visible_to(seat).filter(lead=OuterRef("pk")).values("name")[:1]
    return (
        Lead.objects.visible_to(seat).filter(erased_at=None).annotate(name=Subquery(name)).order_by("-moved_at", "pk")
    )


def reports(seat: Seat) -> dict[object, list[LeadReport]]:
    """Return the reports that stand, by lead, oldest first."""
    found: dict[object, list[LeadReport]] = {}
    for row in lead_rules.standing(_reports(seat)):
        found.setdefault(row.lead_id, []).append(row)
    return found


@compiled
def _reports(seat: Seat) -> QuerySet[LeadReport]:
    return LeadReport.objects.visible_to(seat).order_by("created_at", "id")


@compiled
def reservations(seat: Seat) -> QuerySet[TableReservation]:
    """Return what lies on the table of reservations, of either side."""
    return TableReservation.objects.visible_to(seat).order_by("created_at")


@dataclass(frozen=True, slots=True)
class AgreedTerms:
    """The agreement in force: since when, when it wants another look, how often and how long the two mean to meet."""

    on: dt.date | None = None
    review_on: dt.date | None = None
    rhythm: str = ""
    minutes: int = 0
    zone: str = ""  # of whoever worded it: both sides read the same time of day


@compiled
def _acceptances(seat: Seat) -> QuerySet[Acceptance]:
    return Acceptance.objects.visible_to(seat).select_related("version__author").order_by("-version__number")


def terms_in_force(seat: Seat) -> AgreedTerms:
    """Return since when the newest version both accepted is in force; nothing where there is none."""
    by_version: dict[object, list[Acceptance]] = {}
    for row in _acceptances(seat):
        by_version.setdefault(row.version_id, []).append(row)
    both = next((rows for rows in by_version.values() if len({row.side_id for row in rows}) == 2), None)
    if both is None:
        return AgreedTerms()
    version, minutes = both[0].version, both[0].version.words.get("meeting_minutes", "")
    return AgreedTerms(
        timezone.localdate(max(row.created_at for row in both)),
        version.review_on,
        version.words.get("rhythm", ""),
        int(minutes) if minutes.isdecimal() and len(minutes) < 4 else 0,
        version.author.zone,
    )
