"""The front page of a relationship in step five: leads by name, the next date, what to say, news; the rest is one fold away."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.database.compiled import compiled
from goodword.followups import queries as followups
from goodword.followups.wording import rhythm_words
from goodword.leads import wording
from goodword.leads.lines import LeadLine
from goodword.leads.rules import OPEN
from goodword.leads.waiting import names_kept, next_act
from goodword.relationships.models import Seat
from goodword.relationships.waits import page_of
from goodword.teaching import queries as teaching

MOST = 8
QUIET_FOR = dt.timedelta(days=120)


@dataclass(frozen=True, slots=True)
class OpenLead:
    """A lead on its way: how it is called, who gave it and how it stands, and the page where one goes on with it."""

    name: str
    whose: str
    stands: str
    page: str
    button: str


def open_leads(seat: Seat) -> list[OpenLead]:
    """Return the leads of this relationship that are on their way, those that wait for this seat first, named as our side knows them."""
    rows = _open_lines(person=seat.person_id, relationship=seat.relationship_id, since=timezone.now() - QUIET_FOR)
    ours = [line.lead_key for line in rows if line.direction == "gave"]
    names = names_kept([seat], ours) if ours else {}
    found = [_open_lead(seat, line, names.get(line.lead_key) or line.shown) for line in rows]
    return sorted(found, key=lambda lead: not lead.button)


@compiled
def _open_lines(*, person: uuid.UUID, relationship: uuid.UUID, since: dt.datetime) -> QuerySet[LeadLine]:
    lines = LeadLine.objects.filter(person_id=person, relationship_id=relationship, state__in=OPEN)
    lately = Q(moved_at__gt=since) | ~Q(waiting="")
    return lines.exclude(group__in=("work", "nothing")).filter(lately).order_by("-moved_at", "id")[:MOST]


def _open_lead(seat: Seat, line: LeadLine, shown: str) -> OpenLead:
    act = next_act(line.waiting)
    return OpenLead(
        shown or wording.nobody(),
        "ours" if line.direction == "gave" else "theirs",
        wording.now_words(line),
        page_of(seat, act.route, line.lead_key),
        act.button,
    )


def what_to_say(seat: Seat) -> list[tuple[str, str, bool]]:
    """Return the three lines one needs at the right moment, as (heading, text, whether it is said aloud)."""
    taught = teaching.theirs(seat)
    if taught is None:
        return []
    lines = [
        (_("Think of them when"), taught.text_of("moment") or taught.text_of("sector"), False),
        (_("In one breath"), taught.text_of("short_words"), True),
        (_("One question"), taught.text_of("question_to_ask"), True),
    ]
    return [line for line in lines if line[1]]


def next_talk(seat: Seat, planned: Any, now: dt.datetime) -> dict[str, Any]:
    """Return when the two talk next: what is planned, or else their rhythm in words and the day it comes round to."""
    if planned:
        return {"planned": planned, "rhythm": "", "owed": None}
    turn = followups.rhythm(seat)
    return {
        "planned": None,
        "rhythm": rhythm_words(turn) if turn else "",
        "owed": followups.next_follow_up(seat, now) if turn else None,
    }


def everything_else(seat: Seat) -> list[tuple[str, str]]:
    """Return the links behind the fold as (address, text), in the order of the story."""
    name = {"name": seat.other.first_name}
    entries = [
        ("story", _("How you got here")),
        ("agreement", _("The agreement")),
        ("reservations", _("Reservations")),
        ("briefing", _("What you told each other")),
        ("criteria", _("What you look for in an advocate")),
        ("review", _("How it is going both ways")),
        ("updates", _("What has changed with either of you")),
        ("teaching-ours", _("What %(name)s says for you") % name),
        ("their-profile", _("%(name)s’s profile") % name),
        ("encounters", _("When you met, and when you meet")),
        ("colleagues", _("Who else belongs to this")),
        ("what-they-see", _("What %(name)s sees") % name),
        ("pause", _("Pause for a while")),
        ("let-go", _("Let go kindly")),
    ]
    return [(page_of(seat, route), text) for route, text in entries]


def spine(seat: Seat, planned: Any) -> dict[str, Any]:
    """Return what the front page shows in step five beside what waits."""
    return {
        "open_leads": open_leads(seat),
        "say": what_to_say(seat),
        "talk": next_talk(seat, planned, timezone.now()),
        "links": everything_else(seat),
    }
