"""The reminder of an encounter, a day before, once (M13's question stands beside it in the reservations' own)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from goodword.encounters import calendar_entries
from goodword.encounters.actions import agenda, attending
from goodword.encounters.mailing import letters
from goodword.encounters.models import Attendance, Encounter
from goodword.encounters.rules import Coming

AHEAD = dt.timedelta(hours=24)


def put_due(now: dt.datetime) -> int:
    """Put the reminders that are due into the outbox; return for how many encounters. For the worker.

    An encounter planned less than a day ahead was only just told of, and gets none. One that is moved is reminded of at
    its new time. The letter itself asks again before it leaves whether the relationship goes on.
    """
    soon = (
        Encounter.objects.unscoped()
        .select_related("relationship")
        .filter(
            planned_at__range=(now, now + AHEAD),
            held_at=None,
            called_off_at=None,
            reminded_at=None,
            tabled_as=None,
            relationship__ended_at=None,
        )
    )
    due = [one for one in soon if one.planned_at and one.plan_set_at and one.planned_at - one.plan_set_at > AHEAD]
    for encounter in due:
        with transaction.atomic():
            _remind(encounter, now)
    return len(due)


def _remind(encounter: Encounter, now: dt.datetime) -> None:
    if not Encounter.objects.unscoped().filter(pk=encounter.pk, reminded_at=None).update(reminded_at=now):
        return
    calendar_entries.keep(encounter)
    said = Attendance.objects.unscoped().filter(
        relationship_id=encounter.relationship_id, encounter=encounter, said=Coming.NO
    )
    cannot = {row.author_id: letters.name_for_others(row.author, row.side) for row in attending.of_the_plan(said)}
    for entry in letters.entries_of(encounter):
        items = letters.agenda_of(agenda.items_of(entry.seat, encounter))
        others = [name for person_id, name in cannot.items() if person_id != entry.person_id]
        letters.put(entry, "encounter-soon", f"soon{entry.planned_at:%Y%m%d%H%M}", items=items, cannot=others)
