"""A relationship's front page, its story, and what lies on the table between the two."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from goodword.agreements import queries as agreements
from goodword.alone.models import Continuation
from goodword.alone.queries import going_on
from goodword.alone.queries import pages as alone
from goodword.database.compiled import compiled
from goodword.desk.queries.items import WaitingItem, once
from goodword.desk.queries.spine import spine
from goodword.desk.queries.story import story_lines
from goodword.encounters.queries import pages as encounters
from goodword.gates.queries.pages import first_leads_to_come, ready_rows, step_name
from goodword.gates.readiness import readiness
from goodword.relationships import announcements, waiting
from goodword.relationships.journal import Event, given_up
from goodword.relationships.models import Seat
from goodword.relationships.steps import Role, Step, speaker
from goodword.relationships.waits import LEADS, Kind, Urgency, Wait
from goodword.reservations import queries as reservations
from goodword.ui.languages import gettext as _

STORY = 15
WHOLE_STORY = 500
BESIDES = frozenset({*LEADS, Kind.GIVE, Kind.MEET, Kind.FOLLOW_UP} - {Kind.LEAD_NEWS})  # these have places of their own


def front_page(seat: Seat) -> dict[str, Any]:
    """Return what a relationship's page shows. Works for a mirror too, which reads live and sees the table only."""
    waits = [] if seat.mirror else waiting.as_it_is(seat, timezone.now())
    items = [WaitingItem(seat.key, seat.other.person_name, seat.other.first_name, seat.drawer, wait) for wait in waits]
    first = next(iter(items), None)
    standing = readiness(seat).as_values() if seat.mirror else seat.standing
    for_us = once(item for item in items if _for_us(item.wait))
    meetings = encounters.recent(seat, 12)
    planned = next((m for m in meetings if m.planned_at and not m.held_at and not m.called_off_at), None)
    page = {
        "words": first.words if first else None,
        "first": first.wait if first else None,
        "notes": path_notes(seat),
        "rows": ready_rows(seat, standing) if standing else [],
        "standing": standing,
        "planned": planned,
        "items": for_us,
        "also": [item for item in for_us if item is not first],
        "first_leads": first_leads_to_come(seat),
        "step_name": step_name(seat.at),
        "rooms": rooms(seat),
        "from_before": alone.from_before(seat),
        "given_up": not seat.open and given_up(seat),
        "before": before(seat),
        "advocating": seat.at is Step.ADVOCATE and seat.open and not seat.mirror,
    }
    return page | (spine(seat, planned) if page["advocating"] else {"timeline": timeline(seat, meetings)})


def before(seat: Seat) -> Seat | None:
    """Return this person's seat in the relationship that came before, where they went on alone from it. One query at most."""
    may_be = seat.relationship.alone_since is not None and seat.role is Role.PROPOSER
    return going_on.elsewhere(seat, Continuation.BEFORE) if may_be else None


def _for_us(wait: Wait) -> bool:
    return wait.urgency < Urgency.OTHERS and wait.kind not in BESIDES


def story_page(seat: Seat) -> dict[str, Any]:
    """Return the whole story of a relationship, newest first, a page at a time."""
    return {"timeline": timeline(seat, encounters.recent(seat, 200), WHOLE_STORY)}


def path_notes(seat: Seat) -> list[str]:
    """Return the five short notes under the path, in the reader's words."""
    name = seat.other.first_name
    tells = {True: _("you tell, %(name)s asks"), False: _("%(name)s tells, you ask")}
    first = Role(seat.relationship.first_speaker)
    notes = [
        _("about an hour, half each"),
        tells[speaker(Step.FIRST_BRIEFING, first) == seat.role] % {"name": name},
        tells[speaker(Step.SECOND_BRIEFING, first) == seat.role] % {"name": name},
        _("how, and what to say"),
        _("names, both ways"),
    ]
    return [_("both said go on") if step < seat.at else note for step, note in zip(Step, notes, strict=True)]


def timeline(seat: Seat, meetings: list[Any], most: int = STORY) -> list[dict[str, Any]]:
    """Return the story so far, newest first: journal lines both sides read, in this reader's voice. Two queries at most."""
    return story_lines(seat, _events(seat, most), meetings)


@compiled
def _events(seat: Seat, most: int) -> QuerySet[Event, tuple[Any, ...]]:
    events = Event.objects.visible_to(seat).filter(verb__in=announcements.lines()).order_by("-created_at", "-id")
    return events.values_list("verb", "subject", "side_id", "created_at")[:most]


def rooms(seat: Seat) -> list[tuple[str, str]]:
    """Return the rooms of this relationship as (route, name), in the order of the story."""
    known = [
        ("their-profile", _("Profile"), Step.EXPLORE),
        ("encounters", _("Encounters"), Step.EXPLORE),
        ("reservations", _("Reservations"), Step.EXPLORE),
        ("briefing", _("Briefings"), Step.FIRST_BRIEFING),
        ("criteria", _("Your criteria"), Step.EXPLORE),
        ("agreement", _("Agreement"), Step.AGREE),
        ("teaching", _("Teaching"), Step.AGREE),
        ("relationship-leads", _("Leads"), Step.ADVOCATE),
        ("follow-up", _("Follow-up"), Step.ADVOCATE),
        ("updates", _("Updates"), Step.ADVOCATE),
        ("colleagues", _("People"), Step.EXPLORE),
    ]
    return [
        (route, name) for route, name, step in known if seat.at >= step and not (seat.mirror and route == "criteria")
    ]


def table_page(seat: Seat) -> dict[str, Any]:
    """Return what lies on the table between the two: for a phone that is handed over (T14)."""
    return {
        "notes": path_notes(seat),
        "planned": encounters.next_encounter(seat),
        "timeline": timeline(seat, encounters.recent(seat, 12)),
        "tabled": reservations.context(seat)["table"],
        "ways": reservations.ways(),
        "agreement": agreements.in_force(seat),
    }
