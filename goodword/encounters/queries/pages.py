"""Reads of this room: for its own pages, and for the gates, the follow-ups and the desk."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Max, Min, Q, QuerySet
from django.utils import timezone

from goodword.database.compiled import compiled
from goodword.encounters import calendar_entries, wording
from goodword.encounters.actions import agenda, attending, times
from goodword.encounters.calendar_entries import CalendarEntry
from goodword.encounters.models import (
    Conclusion,
    ConclusionConfirmation,
    Encounter,
    JointNote,
    OfferedTime,
    OwnNote,
    Promise,
    SideNote,
    Thanks,
)
from goodword.encounters.rules import EncounterKind
from goodword.people.models import Person
from goodword.relationships import invitations
from goodword.relationships.meetings import Meeting
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step

FRESH = dt.timedelta(days=14)
JUST_BEGUN = dt.timedelta(hours=2)  # so long an encounter is still ahead after its hour
PAGE = 25


def visible_encounters(seat: Seat) -> QuerySet[Encounter]:
    """Return the encounters this seat sees, without those of which a copy was put on the table."""
    return Encounter.objects.visible_to(seat).filter(tabled_as=None)


def _past_in_step(seat: Seat) -> QuerySet[Encounter]:
    """Return what both see was held in this step; while one side keeps it alone, what that side says was."""
    rows = Encounter.objects.owned_by(seat) if seat.keeps_alone else Encounter.objects.on_table(seat)
    return rows.filter(held_at__isnull=False, called_off_at=None, step=seat.relationship.step)


def has_met_in_step(seat: Seat) -> bool:
    """Whether an encounter both see was held in the step the relationship is in, or recorded for it (gate table)."""
    return _past_in_step(seat).exists()


def last_meeting_since(seat: Seat, since: dt.datetime) -> dt.datetime | None:
    """Return when the last encounter of this step since a moment was said to be held, if one was."""
    return meeting_times(seat, since)[1]


def meeting_times(seat: Seat, since: dt.datetime) -> tuple[dt.datetime | None, dt.datetime | None]:
    """Return when the first and the last encounter of this step since a moment were said to be held. One query."""
    found = _past_in_step(seat).filter(held_at__gte=since).aggregate(first=Min("held_at"), last=Max("held_at"))
    return found["first"], found["last"]


def latest_encounter(seat: Seat) -> Encounter | None:
    """Return the encounter held last, whatever its kind."""
    return _past(seat).first()


def latest_encounter_here(seat: Seat) -> Encounter | None:
    """Return the encounter held last of those that count for the step the relationship is in."""
    return _past_in_step(seat).order_by("-happened_on", "-held_at").first()


def latest_record(seat: Seat, since: dt.datetime) -> Encounter | None:
    """Return the last of those encounters that were said to be held since a moment, on whatever day they were."""
    return _past(seat).filter(held_at__gte=since).first()


def _past(seat: Seat) -> QuerySet[Encounter]:
    held = visible_encounters(seat).filter(held_at__isnull=False, called_off_at=None)
    return held.order_by("-happened_on", "-held_at")


def last_meeting(seat: Seat) -> Meeting | None:
    """Return when and where our side says the two met last, in person; None where they have not."""
    held = visible_encounters(seat).filter(
        held_at__isnull=False, called_off_at=None, kind__in=(EncounterKind.MEETING, EncounterKind.VISIT)
    )
    last = held.order_by("-happened_on", "-held_at").first()
    return Meeting(last.happened_on, last.place) if last and last.happened_on else None


def next_encounter(seat: Seat) -> Encounter | None:
    """Return the next encounter with a time that nobody has said was held: its time may have gone by."""
    planned = visible_encounters(seat).filter(planned_at__isnull=False, held_at=None, called_off_at=None)
    return planned.order_by("planned_at").first()


def times_waiting(seat: Seat) -> Encounter | None:
    """Return an encounter for which the other side has offered times, and it is ours to choose."""
    waiting = OfferedTime.objects.visible_to(seat).filter(side_id=seat.other_id, picked_at=None, withdrawn_at=None)
    open_ones = waiting.filter(encounter__called_off_at=None, encounter__planned_at=None, encounter__held_at=None)
    found = open_ones.select_related("encounter").order_by("-created_at").first()
    return found.encounter if found else None


def time_on_offer(seat: Seat) -> OfferedTime | None:
    """Return the last time that our own side has on offer and that is still to come, with its encounter: they choose."""
    ours = OfferedTime.objects.owned_by(seat).filter(picked_at=None, withdrawn_at=None, starts_at__gt=timezone.now())
    open_ones = ours.filter(encounter__called_off_at=None, encounter__planned_at=None, encounter__held_at=None)
    return open_ones.select_related("encounter").order_by("-starts_at").first()


def to_confirm(seat: Seat) -> Encounter | None:
    """Return an encounter whose newest words on what was agreed are the other side's and not confirmed by ours yet."""
    newest: dict[object, Conclusion] = {}
    for one in Conclusion.objects.visible_to(seat).select_related("encounter").order_by("number"):
        newest[one.encounter_id] = one
    done = set(
        ConclusionConfirmation.objects.visible_to(seat)
        .filter(side_id=seat.side_id)
        .values_list("conclusion_id", flat=True)
    )
    waiting = [one for one in newest.values() if one.side_id != seat.side_id and one.pk not in done]
    return waiting[-1].encounter if waiting else None


def recent(seat: Seat, most: int) -> list[Encounter]:
    """Return the newest encounters this seat sees, of any state, newest first. One query."""
    return _recent(seat, most)


@compiled
def _recent(seat: Seat, most: int) -> QuerySet[Encounter]:
    return visible_encounters(seat).order_by("-created_at")[:most]


def open_promises(seat: Seat) -> list[Promise]:
    """Return what both said they would do and neither has kept nor been released from, soonest first. One query."""
    rows = Promise.objects.visible_to(seat).filter(kept_at=None, released_at=None).select_related("encounter")
    return sorted(rows, key=lambda row: (row.due_on is None, row.due_on or dt.date.max, row.created_at))


def upcoming_for(person: Person, most: int) -> list[CalendarEntry]:
    """Return a person's next encounters across all relationships, soonest first: planned_at, other_name,
    relationship_key, key. One query."""
    return _upcoming(most, person=person.pk, since=timezone.now() - JUST_BEGUN)


def all_upcoming(person: Person, number: str) -> dict[str, Any]:
    """Return a page of all that is ahead of a person: `meetings`, `page_number` and `pages`. Two queries."""
    since = timezone.now() - JUST_BEGUN
    ahead = Paginator(_ahead(person, since).order_by("planned_at", "id"), PAGE).get_page(number)
    return {"meetings": list(ahead), "page_number": ahead.number, "pages": ahead.paginator.num_pages}


def _ahead(person: Person | uuid.UUID, since: dt.datetime) -> QuerySet[CalendarEntry]:
    return calendar_entries.entries(person).filter(held=False, planned_at__gte=since)


@compiled
def _upcoming(most: int, *, person: uuid.UUID, since: dt.datetime) -> QuerySet[CalendarEntry]:
    return _ahead(person, since)[:most]


# ── Pages ──


def front(seat: Seat) -> dict[str, Any]:
    """Return what stands at the head of the encounters page: what is ahead, and what may be done about it."""
    lines = [
        wording.line_of(one, seat)
        for one in visible_encounters(seat).filter(held_at=None, called_off_at=None).order_by("planned_at")
    ]
    letter = invitations.of(seat) if seat.at is Step.EXPLORE and not seat.alone else None
    met = (
        letter
        if letter and letter.met_on and not visible_encounters(seat).filter(happened_on=letter.met_on).exists()
        else None
    )
    untold = (
        visible_encounters(seat).filter(created_at__lt=seat.relationship.shared_since)
        if seat.relationship.shared_since and not seat.mirror
        else []
    )
    return {"ahead": lines, "met": met, "untold": [wording.line_of(one, seat) for one in untold]}


def context_of(seat: Seat, encounter: Encounter) -> dict[str, Any]:
    """Return what an encounter's page shows. Works for a mirror, which sees the table only."""
    line = wording.line_of(encounter, seat)
    over = line["state"] in ("held", "past")
    return {
        "seat": seat,
        "line": line,
        "it": encounter,
        "items": agenda_of(seat, encounter),
        "itself": agenda.writes_itself(encounter),
        "coming": attending.attendance_of(seat, encounter) if line["state"] == "planned" else [],
        "offered": times_on_offer(seat, encounter) if line["state"] == "asking" else [],
        "agreed": conclusions(seat, encounter) if over else None,
        "joint": list(JointNote.objects.visible_to(seat).filter(encounter=encounter).order_by("created_at"))
        if over
        else [],
        "thanks": thanks_of(seat, encounter) if line["state"] == "held" else [],
        "fresh": encounter.held_at is not None and encounter.held_at > timezone.now() - FRESH,
        "promises": promises_of(seat, encounter) if over else [promise_words(one, seat) for one in open_promises(seat)],
        "own": own_notes(seat, encounter),
        "joint_here": calendar_entries.on_table(encounter) or encounter.relationship.shared_since is None,
    }


def agenda_of(seat: Seat, encounter: Encounter) -> list[dict[str, Any]]:
    """Return an agenda with its words and whose each item is."""
    return [
        {
            "it": item,
            "text": wording.item_words(item.text),
            "hint": wording.item_words(item.hint),
            "half": wording.half_words(item.half, seat),
        }
        for item in agenda.items_of(seat, encounter)
    ]


def times_on_offer(seat: Seat, encounter: Encounter) -> list[dict[str, Any]]:
    """Return the times on offer, in the reader's zone; beside each what else is in the reader's own diary then.

    A seat that only shows has no diary: somebody else may be looking at it.
    """
    rows = times.live(seat, encounter)
    own = (
        {} if seat.mirror else calendar_entries.clashes(seat.person, [row.starts_at for row in rows], encounter.minutes)
    )
    zone = wording.zone_name(seat, encounter)
    return [
        {
            "it": row,
            "ours": row.side_id == seat.side_id,
            "when": wording.in_both_zones(row.starts_at, zone, row.zone),
            "clash": own.get(row.starts_at),
        }
        for row in rows
    ]


def conclusions(seat: Seat, encounter: Encounter) -> dict[str, Any] | None:
    """Return what was agreed: the newest version, who wrote it, whether the other confirmed it, and the versions
    before."""
    versions = list(Conclusion.objects.visible_to(seat).filter(encounter=encounter).order_by("-number"))
    if not versions:
        return None
    confirmed = (
        ConclusionConfirmation.objects.visible_to(seat)
        .filter(conclusion=versions[0])
        .exclude(side_id=versions[0].side_id)
        .exists()
    )
    return {
        "newest": versions[0],
        "ours": versions[0].side_id == seat.side_id,
        "confirmed": confirmed,
        "before": versions[1:],
    }


def thanks_of(seat: Seat, encounter: Encounter) -> list[dict[str, Any]]:
    """Return the lines of thanks said after an encounter, one a side at most, with whose each is."""
    rows = Thanks.objects.visible_to(seat).filter(encounter=encounter).order_by("created_at")
    return [{"it": row, "ours": row.side_id == seat.side_id} for row in rows]


def promise_words(one: Promise, seat: Seat) -> dict[str, Any]:
    """Return a promise with whose it is, as this seat sees it."""
    return {"it": one, "ours": one.role == seat.role, "open": one.kept_at is None and one.released_at is None}


def promises_of(seat: Seat, encounter: Encounter) -> list[dict[str, Any]]:
    """Return the promises made at an encounter."""
    rows = Promise.objects.visible_to(seat).filter(encounter=encounter).order_by("created_at")
    return [promise_words(one, seat) for one in rows]


def own_notes(seat: Seat, encounter: Encounter) -> list[dict[str, Any]]:
    """Return what this seat wrote for itself or its side about an encounter, also about the one it is a copy of.

    Two queries.
    """
    about = Q(encounter=encounter) | Q(encounter__tabled_as=encounter)
    mine = [{"it": one, "who": "me"} for one in OwnNote.objects.visible_to(seat).filter(about)]
    ours = [{"it": one, "who": "side"} for one in SideNote.objects.visible_to(seat).filter(about)]
    return sorted([*mine, *ours], key=lambda note: note["it"].created_at)
