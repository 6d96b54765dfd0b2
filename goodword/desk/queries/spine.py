"""The front page of a relationship in step five: leads by name, the next date, what to say, news; the rest is one fold away."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from goodword.database.compiled import compiled
from goodword.followups.queries import pages as followups
from goodword.followups.wording import rhythm_words
from goodword.leads import wording
from goodword.leads.lines import LeadLine
from goodword.leads.queries import on_its_way
from goodword.leads.queries.on_its_way import Gift
from goodword.leads.rules import OPEN
from goodword.leads.waiting import names_in_drawers, next_act
from goodword.relationships.models import Seat
from goodword.relationships.waits import page_of
from goodword.teaching.queries import pages as teaching
from goodword.ui.languages import gettext as _

MOST = 8
QUIET_FOR = dt.timedelta(days=120)


@dataclass(frozen=True, slots=True)
class OpenLead:
    """A lead on its way: how it is called, who gave it and how it stands, and the page where one goes on with it; `hold` is the
    page where one can still take back what one has just confirmed about it. One that has not left is nobody's gift yet.
    """

    name: str
    whose: str
    stands: str
    page: str
    button: str
    hold: str = ""
    given: bool = True


def open_leads(seat: Seat) -> list[OpenLead]:
    """Return the leads of this relationship that are on their way, those that wait for this seat first, named as our side knows them."""
    rows = _open_lines(person=seat.person_id, relationship=seat.relationship_id, since=timezone.now() - QUIET_FOR)
    ours = [line.lead_key for line in rows if line.direction == "gave"]
    names = names_in_drawers([seat], ours) if ours else {}
    giving = on_its_way.gifts_at([seat]) if not rows or rows[0].gives else []
    found = [_gift(seat, gift) for gift in giving]
    found += [_open_lead(seat, line, names.get(line.lead_key) or line.shown) for line in rows]
    return sorted(found, key=lambda lead: not (lead.button or lead.hold))


@compiled
def _open_lines(*, person: uuid.UUID, relationship: uuid.UUID, since: dt.datetime) -> QuerySet[LeadLine, Any]:
    lines = LeadLine.objects.filter(person_id=person, relationship_id=relationship, state__in=OPEN)
    lately = lines.exclude(group__in=("work", "nothing")).filter(Q(moved_at__gt=since) | ~Q(waiting=""))
    return on_its_way.with_holds(lately).order_by("-moved_at", "id")[:MOST]


def _gift(seat: Seat, gift: Gift) -> OpenLead:
    page = page_of(seat, "held", gift.key)
    return OpenLead(gift.name, "ours", wording.on_its_way(), page, "", page, given=False)


def _open_lead(seat: Seat, line: Any, shown: str) -> OpenLead:
    act = next_act("" if line.hold else line.waiting)
    return OpenLead(
        shown or wording.nobody(),
        "ours" if line.direction == "gave" else "theirs",
        wording.on_its_way() if line.hold else wording.now_words(line),
        page_of(seat, act.route, line.lead_key),
        act.button,
        page_of(seat, "held", line.hold) if line.hold else "",
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
    """Return when the two talk next: what is planned, or else their rhythm in words and the day it comes round to, or came."""
    if planned:
        return {"planned": planned, "rhythm": "", "owed": None, "past": False}
    turn = followups.rhythm(seat)
    owed = followups.next_follow_up(seat, now) if turn else None
    return {
        "planned": None,
        "rhythm": rhythm_words(turn) if turn else "",
        "owed": owed,
        "past": owed is not None and timezone.localdate(owed) < timezone.localdate(now),
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
