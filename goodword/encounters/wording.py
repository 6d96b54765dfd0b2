"""How encounters are said: kinds, times in the reader's zone, and whose half it is."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy
from django.utils.translation import ngettext

from goodword.encounters.models import Encounter
from goodword.encounters.rules import EncounterKind
from goodword.ground import moments
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.ui import languages

KINDS = {
    EncounterKind.MEETING: lazy("In person"),
    EncounterKind.PHONE: lazy("Telephone"),
    EncounterKind.VIDEO: lazy("Video"),
    EncounterKind.VISIT: lazy("A visit to their work"),
    EncounterKind.COLLEAGUE: lazy("With a colleague"),
    EncounterKind.EMAIL: lazy("E-mail"),
    EncounterKind.LETTER: lazy("Letter"),
}
NOUNS = {
    EncounterKind.MEETING: lazy("Meeting"),
    EncounterKind.PHONE: lazy("Telephone call"),
    EncounterKind.VIDEO: lazy("Video call"),
    EncounterKind.VISIT: lazy("Visit"),
    EncounterKind.COLLEAGUE: lazy("Meeting with a colleague"),
    EncounterKind.EMAIL: lazy("E-mail"),
    EncounterKind.LETTER: lazy("Letter"),
}
STEPS = {
    Step.EXPLORE: lazy("exploring"),
    Step.FIRST_BRIEFING: lazy("first briefing"),
    Step.SECOND_BRIEFING: lazy("second briefing"),
    Step.AGREE: lazy("agree and teach"),
    Step.ADVOCATE: lazy("advocating"),
}


def zone_name(seat: Seat, encounter: Encounter | None = None) -> str:
    """Return the zone this seat reads times in. A mirror has no person, so it reads in the encounter's own."""
    if seat.person_id is not None:
        return seat.person.zone
    return encounter.zone if encounter else moments.DEFAULT_ZONE


def moment_words(moment: dt.datetime, zone: str) -> SafeString:
    """Return weekday, day and time in a zone, named: Thursday 11 June, 10:00 BST."""
    local = moment.astimezone(moments.zone(zone))
    with_year = local.year != moments.now().astimezone(moments.zone(zone)).year
    shown = languages.moment(local, year=with_year)
    return format_html('<time datetime="{}">{}</time>', local.isoformat(timespec="minutes"), shown)


def plain_moment(moment: dt.datetime, zone: str) -> str:
    """Return the same without markup, for letters and subjects."""
    return languages.moment(moment.astimezone(moments.zone(zone)))


def in_both_zones(moment: dt.datetime, zone: str, there: str) -> SafeString:
    """Return a moment in the reader's zone, and in the zone it was planned in where the clocks there differ."""
    own, other = moment.astimezone(moments.zone(zone)), moment.astimezone(moments.zone(there))
    said = moment_words(moment, zone)
    if own.utcoffset() == other.utcoffset():
        return said
    clock = _("%(weekday)s %(time)s %(zone)s there") % {
        "weekday": languages.weekday(other.date()),
        "time": languages.clock(other),
        "zone": other.tzname(),
    }
    return format_html("{} ({})", said, clock)


def length_words(minutes: int) -> str:
    """Return a length in words: an hour, an hour and a half, 45 minutes."""
    known = {30: _("half an hour"), 60: _("an hour"), 90: _("an hour and a half"), 120: _("two hours")}
    return known.get(minutes) or ngettext("%(minutes)s minute", "%(minutes)s minutes", minutes) % {"minutes": minutes}


def with_whom(encounter: Encounter, seat: Seat) -> str:
    """Return what it is, with the other's name: Telephone call with Ben."""
    names = {"name": seat.other.first_name}
    said = {
        EncounterKind.MEETING: _("Meeting with %(name)s"),
        EncounterKind.PHONE: _("Telephone call with %(name)s"),
        EncounterKind.VIDEO: _("Video call with %(name)s"),
        EncounterKind.VISIT: _("Visit with %(name)s"),
        EncounterKind.COLLEAGUE: _("Meeting with %(name)s and a colleague"),
        EncounterKind.EMAIL: _("E-mails with %(name)s"),
        EncounterKind.LETTER: _("Letters with %(name)s"),
    }
    return said[encounter.what] % names


def state_of(encounter: Encounter, now: dt.datetime) -> str:
    """Return where it stands: off, held, asking (no time yet), planned, or past (its time has gone by)."""
    if encounter.called_off_at:
        return "off"
    if encounter.held_at:
        return "held"
    if encounter.planned_at is None:
        return "asking"
    return "past" if encounter.planned_at < now else "planned"


def half_words(half: str, seat: Seat) -> tuple[str, str]:
    """Return whose an agenda item is, as (class, name) for a reader."""
    if half == "both":
        return "both", _("Both")
    ours = half == seat.role
    return ("ours", seat.side.first_name) if ours else ("theirs", seat.other.first_name)


def item_words(text: str) -> str:
    """Return an agenda item's text; the playbook's own are translated."""
    return _(text) if text else ""


def agenda_line(minutes: int, name: str, text: str) -> str:
    """Return one thing of an agenda as letters and calendars have it; a follow-up is looser, and has no minutes."""
    if not minutes:
        return item_words(text)
    words = {"minutes": minutes, "text": item_words(text), "name": name}
    return (_("%(minutes)s min, %(name)s: %(text)s") if name else _("%(minutes)s min: %(text)s")) % words


def line_of(encounter: Encounter, seat: Seat) -> dict[str, Any]:
    """Return an encounter as every list shows it."""
    now, zone = moments.now(), zone_name(seat, encounter)
    state = state_of(encounter, now)
    when = in_both_zones(encounter.planned_at, zone, encounter.zone) if encounter.planned_at else ""
    return {
        "it": encounter,
        "state": state,
        "title": with_whom(encounter, seat),
        "kind": NOUNS[encounter.what],
        "when": when,
        "near": encounter.planned_at is not None and abs(encounter.planned_at - now) < dt.timedelta(hours=24),
        "day": encounter.happened_on,
        "length": length_words(encounter.minutes),
        "step": STEPS[Step(encounter.step)],
    }
