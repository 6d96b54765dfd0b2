"""Who can come at the time planned: said on the page or by a calendar, one act and one fact both sides see."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils.translation import gettext as _

from goodword.encounters.calendar_entries import on_table
from goodword.encounters.mailing import letters
from goodword.encounters.models import Attendance, Encounter
from goodword.encounters.rules import Coming
from goodword.encounters.wording import moment_words, zone_name
from goodword.ground import moments, names
from goodword.ground.refusals import Refusal
from goodword.relationships.acting import Act, acting
from goodword.relationships.models import Seat
from goodword.relationships.verbs import Verb


def attend(
    seat: Seat,
    encounter: Encounter,
    said: Coming,
    *,
    at: dt.datetime | None = None,
    sequence: int | None = None,
    proposes: dt.datetime | None = None,
) -> bool:
    """Say whether this person can come, and when they would rather. A no calls nothing off: the other side is told, and
    either moves it or not.

    A calendar's answer says `at` which moment it was given, to the second, and which `sequence` of the plan it is about; one
    about an older plan, or given before one that is known, changes nothing (RFC 5546, 2.1.5). Of two with the same moment the
    later to come counts. Returns whether what both see changed. Raises Refusal where nothing is planned, or its time has gone by.
    """
    with acting(seat) as act:
        now = _ahead(act, encounter)
        moment = min(at or act.now, act.now)  # a calendar whose clock is ahead does not outdo what is said later
        if sequence is not None and sequence < now.sequence:
            return False
        known = Attendance.objects.owned_by(seat).filter(encounter=now, author_id=seat.person_id).first()
        if known and known.sequence == now.sequence and known.said_at.replace(microsecond=0) > moment:
            return False
        proposes = proposes if proposes != now.planned_at else None
        changed = keep(act, now, said, moment, known, proposes)
        if changed:
            act.announce(Verb(f"attendance_{said}"), now, moment=moment, proposes=proposes)
        return changed


def _ahead(act: Act, encounter: Encounter) -> Encounter:
    seen = Encounter.objects.visible_to(act.seat).filter(pk=encounter.pk, tabled_as=None)
    now: Encounter = seen.select_related("relationship").get()
    if not on_table(now) or now.settled or now.planned_at is None or now.planned_at < act.now:
        raise Refusal(_("Nothing is planned here that is still to come."))
    return now


def keep(
    act: Act,
    encounter: Encounter,
    said: Coming,
    moment: dt.datetime,
    known: Attendance | None,
    proposes: dt.datetime | None = None,
) -> bool:
    """Write down what this person says of the plan as it is now, in place of what they said before. Returns whether it
    is news."""
    if known is None:
        about = {"encounter": encounter, "sequence": encounter.sequence, "created_at": act.now}
        Attendance.objects.write(act.seat, said=said, said_at=moment, proposes=proposes, **about)
        return True
    news = (known.said, known.sequence, known.proposes) != (said, encounter.sequence, proposes)
    known.said, known.said_at, known.sequence, known.proposes = said, moment, encounter.sequence, proposes
    known.save(update_fields=["said", "said_at", "sequence", "proposes"])
    return news


def takes_it_on(act: Act, encounter: Encounter) -> None:
    """Whoever plans, moves or picks a time says by that act that they can come."""
    if not act.seat.alone:
        known = Attendance.objects.owned_by(act.seat).filter(encounter=encounter, author_id=act.seat.person_id).first()
        keep(act, encounter, Coming.YES, act.now, known)


def of_the_plan(rows: QuerySet[Attendance]) -> QuerySet[Attendance]:
    """Narrow attendances to those about the plan as it is now, of people who still have a seat."""
    seated = Seat.objects.filter(
        relationship_id=OuterRef("relationship_id"), person_id=OuterRef("author_id"), left_at=None
    )
    return (
        rows.filter(Exists(seated), sequence=F("encounter__sequence"))
        .select_related("author", "side")
        .order_by("created_at")
    )


def attendance_of(seat: Seat, encounter: Encounter) -> list[dict[str, Any]]:
    """Return what people say of the plan as it is now, with whose it is. One query."""
    rows = list(of_the_plan(Attendance.objects.visible_to(seat).filter(encounter=encounter)))
    calls = [letters.name_for_others(row.author, row.side) for row in rows]
    called = names.apart([row.author.name or row.side.person_name for row in rows], calls)
    return [
        {
            "said": row.said,
            "ours": row.side_id == seat.side_id,
            "own": row.author_id == seat.person_id,
            "name": name,
            "proposes": row.proposes and moment_words(row.proposes, zone_name(seat, encounter)),
            "to": row.proposes and row.proposes.astimezone(dt.UTC).strftime("%Y%m%dT%H%MZ"),
        }
        for row, name in zip(rows, called, strict=True)
    ]


def encounter_to_move(seat: Seat) -> Encounter | None:
    """Return the next encounter ahead that wants another time: none of the other side can make it, or one proposed another.
    One query."""
    theirs = Attendance.objects.visible_to(seat).filter(
        side_id=seat.other_id,
        encounter__planned_at__gte=moments.now(),
        encounter__held_at=None,
        encounter__called_off_at=None,
    )
    said: dict[Encounter, set[str]] = {}
    proposed: set[Encounter] = set()
    for row in of_the_plan(theirs).select_related("encounter").order_by("encounter__planned_at"):
        said.setdefault(row.encounter, set()).add(row.said)
        if row.proposes:
            proposed.add(row.encounter)
    return next((one for one, words in said.items() if words == {Coming.NO} or one in proposed), None)
