"""The journal in words: each verb as both sides read it, in the reader's voice, with the page of what it is about."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from goodword.encounters.models import Encounter
from goodword.leads.models import LeadPerson
from goodword.relationships.announcements import lines
from goodword.relationships.models import Seat
from goodword.relationships.verbs import Verb
from goodword.relationships.waits import page_of
from goodword.ui.words import number

Row = tuple[str, str, UUID, dt.datetime]  # verb, key of what it is about, side, moment

ENCOUNTER_VERBS = frozenset({Verb.ENCOUNTER_HELD, Verb.ENCOUNTER_RECORDED})
LEADS = frozenset({Verb.LEAD_GIVEN, Verb.LEAD_ACCEPTED, Verb.LEAD_SENT_BACK, Verb.LEAD_REPORTED})
# What a verb is about has a page of its own; where the two sides' differ, ours stands first.
PAGES: dict[str, tuple[str, str]] = {
    "question": ("briefing", "briefing"),
    "played": ("briefing", "briefing"),
    "playback": ("briefing", "briefing"),
    "put": ("reservations", "reservations"),
    "reservation": ("reservations", "reservations"),
    "deal": ("reservations", "reservations"),
    "agreement": ("agreement", "agreement"),
    "taught": ("teaching-ours", "teaching"),
    "comfort": ("teaching", "teaching-ours"),
    "profile": ("our-profile", "their-profile"),
    "rhythm": ("rhythm", "rhythm"),
    "update": ("updates", "updates"),
    "review": ("review", "review"),
}


def story_lines(seat: Seat, rows: list[Row], meetings: Iterable[Encounter]) -> list[dict[str, Any]]:
    """Return the lines of the story. What was done several times in one go is one line. One query, where there are leads."""
    places = {meeting.key: meeting for meeting in meetings}
    about = {subject for verb, subject, _side, _at in rows if verb in LEADS}
    people = LeadPerson.objects.visible_to(seat).filter(lead__key__in=about) if about else LeadPerson.objects.none()
    named = dict(people.values_list("lead__key", "name"))
    every = [_line(seat, row, places, named) for row in rows]
    return [
        _as_one(list(some)) for _key, some in groupby(every, lambda line: (line["text"], line["about"], line["day"]))
    ]


def _line(seat: Seat, row: Row, places: Mapping[str, Encounter], named: Mapping[str, str]) -> dict[str, Any]:
    """Return one line: by whom ('ours', 'theirs', 'both'), text, whom it names, when, where, and the page of it."""
    verb, subject, side_id, at = row
    line, ours, meeting = lines()[Verb(verb)], side_id == seat.side_id, places.get(subject)
    when = meeting.happened_on if meeting and meeting.happened_on and verb in ENCOUNTER_VERBS else at
    about = _page(seat, Verb(verb), subject, ours, meeting)
    return {
        "lane": "both" if line.both else "ours" if ours else "theirs",
        "text": str(line.ours if ours else line.theirs) % {"name": seat.other.first_name},
        "named": named.get(subject, "") if verb in LEADS else "",
        "at": when,
        "day": when.date() if isinstance(when, dt.datetime) else when,
        "place": meeting.place if meeting else "",
        "about": about,
        "href": "" if seat.mirror else about,
    }


def _page(seat: Seat, verb: Verb, subject: str, ours: bool, meeting: Encounter | None) -> str:
    if meeting is not None:
        return page_of(seat, "encounter", meeting.key)
    if verb in LEADS and subject:
        return page_of(seat, "lead", subject)
    routes = PAGES.get(verb.value.partition("_")[0])
    return reverse(routes[0 if ours else 1], args=[seat.relationship_key]) if routes else ""


def _as_one(some: list[dict[str, Any]]) -> dict[str, Any]:
    if len(some) == 1:
        return some[0]
    return some[0] | {"text": _("%(line)s, %(count)s times") % {"line": some[0]["text"], "count": number(len(some))}}
