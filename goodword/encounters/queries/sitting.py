"""What stands on the table while an encounter is held: the clock, the item, the signs. The same on every phone."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.encounters import rules, wording
from goodword.encounters.actions.agenda import items_of, slots_of
from goodword.encounters.models import AgendaItem, ClockMark, Encounter, JointNote
from goodword.encounters.queries import next_dates
from goodword.encounters.rules import Reading
from goodword.ground import moments
from goodword.relationships.models import Seat
from goodword.relationships.steps import Role, Step
from goodword.ui.clock import dial


def context(seat: Seat, encounter: Encounter, now: dt.datetime) -> dict[str, Any]:
    """Return everything the table shows now. Four queries. Nothing from a drawer: the phone lies between two people."""
    items = items_of(seat, encounter)
    marks = list(ClockMark.objects.visible_to(seat).filter(encounter=encounter))
    first = next((mark.half for mark in marks if mark.verb == "start"), "") or _begins(items)
    seconds = rules.parts_of(Step(encounter.step), encounter.minutes, slots_of(items), first)
    reading = rules.read([mark.as_mark() for mark in marks], *seconds, now)
    reading.first = reading.first or first
    ordered = [items[i] for i in rules.in_order([item.half for item in items], first)]
    at = _at(reading, [item.half for item in ordered])
    ending = reading.sign in ("five", "over") or 0 < len(items) <= at
    return {
        "seat": seat,
        "it": encounter,
        "reading": reading,
        "looser": Step(encounter.step) is Step.ADVOCATE and reading.started_at is None,
        "preview": is_preview(seat, encounter, reading, now),
        "clock": clock(seat, encounter, reading),
        "agenda": _agenda(seat, ordered, at),
        "joint": list(JointNote.objects.visible_to(seat).filter(encounter=encounter).order_by("created_at")),
        "starters": starters(seat, first),
        "parting": _parting(seat, next_dates.next_date(seat, encounter, now)) if ending else None,
    }


def _at(reading: Reading, halves: list[str]) -> int:
    """Return which item it is: once the clock has turned, at least the first of the second half."""
    second = Role(reading.first).other if reading.in_second and reading.first else None
    return max(reading.item, next((at for at, half in enumerate(halves) if half == second), 0))


def is_preview(seat: Seat, encounter: Encounter, reading: Reading, now: dt.datetime) -> bool:
    """Whether the table is looked at before its day: what will lie on it, and no clock to start by mistake."""
    if encounter.planned_at is None or reading.started_at is not None:
        return False
    zone = moments.zone(wording.zone_name(seat, encounter))
    return encounter.planned_at.astimezone(zone).date() > now.astimezone(zone).date()


def _begins(items: list[AgendaItem]) -> str:
    halves = rules.halves_of(slots_of(items))
    return halves[0] if halves else Role.INVITED


def starters(seat: Seat, first: str) -> list[tuple[str, str]]:
    """Return the two ways to start the clock, as (role, label); the side the agenda begins with stands first."""
    labels = {
        seat.role.value: _("Start with your half"),
        seat.role.other.value: _("Start with %(name)s’s half") % {"name": seat.other.first_name},
    }
    return sorted(labels.items(), key=lambda one: one[0] != first)


def half_name(seat: Seat, role: str) -> str:
    """Return 'your half' as this reader sees it."""
    return _("your half") if role == seat.role else _("%(name)s’s half") % {"name": seat.other.first_name}


def clock(seat: Seat, encounter: Encounter, reading: Reading) -> dict[str, Any]:
    """Return the clock's face and the words beside it."""
    ours_first = reading.first == seat.role
    face = dial(reading.first_seconds, reading.second_seconds, reading.elapsed, "ours" if ours_first else "theirs")
    speaking = Role(reading.first).other if reading.in_second else Role(reading.first)
    whose = "ours" if speaking == seat.role else "theirs"
    left = face.minutes_left
    return {
        "face": face,
        "left": left,
        "whose": whose,
        "half": half_name(seat, speaking),
        "spoken": ngettext("%(left)s minute left in %(half)s", "%(left)s minutes left in %(half)s", left)
        % {"left": left, "half": half_name(seat, speaking)},
        "halves": [_half(seat, encounter, reading, role) for role in (Role(reading.first).other, Role(reading.first))],
        "sign": sign(seat, reading),
        "give_to": "" if speaking == seat.role else seat.other.first_name,  # nobody for oneself
        "other_half": half_name(seat, Role(reading.first).other),
    }


def _half(seat: Seat, encounter: Encounter, reading: Reading, role: Role) -> dict[str, Any]:
    """Return one half's length, and since or from when it runs, in the reader's zone."""
    is_first = role == reading.first
    seconds = reading.first_seconds if is_first else reading.second_seconds
    begun = reading.started_at if is_first else reading.turned_at
    words = ngettext("%(minutes)s min", "%(minutes)s min", round(seconds / 60)) % {"minutes": round(seconds / 60)}
    zone = moments.zone(wording.zone_name(seat, encounter))
    if begun:
        words = _("%(length)s, since %(time)s") % {"length": words, "time": f"{begun.astimezone(zone):%H:%M}"}
    elif reading.running:
        ahead = moments.now() + dt.timedelta(seconds=reading.first_seconds - reading.elapsed)
        words = _("%(length)s, from %(time)s") % {"length": words, "time": f"{ahead.astimezone(zone):%H:%M}"}
    name = _("Your half") if role == seat.role else half_name(seat, role)
    return {"whose": "ours" if role == seat.role else "theirs", "name": name, "words": words}


def sign(seat: Seat, reading: Reading) -> str:
    """Return the gentle sign: at half-time, five minutes before the end, and at the end."""
    second = Role(reading.first).other
    if reading.sign == "half":
        return (
            _("Half-time. Over to you.")
            if second == seat.role
            else _("Half-time. Over to %(name)s.") % {"name": seat.other.first_name}
        )
    if reading.sign == "five":
        return _("About five minutes left. A good moment for what comes next.")
    return _("The time is up. Nobody minds if you are not.") if reading.sign == "over" else ""


def _parting(seat: Seat, next_date: next_dates.NextDate) -> dict[str, Any]:
    """Return the next date in this reader's zone, and the page on which it is fixed (M34)."""
    zone = wording.zone_name(seat)
    moments_said = {
        name: wording.moment_words(moment, zone) if moment else ""
        for name, moment in (("planned", next_date.planned), ("proposed", next_date.proposed))
    }
    return {**moments_said, "route": "follow-up" if seat.at is Step.ADVOCATE else "encounter-offer"}


def _agenda(seat: Seat, items: list[AgendaItem], at: int) -> dict[str, Any]:
    said = [
        {
            "number": n,
            "text": wording.item_words(item.text),
            "hint": wording.item_words(item.hint),
            "half": wording.half_words(item.half, seat),
            "done": n - 1 < at,
            "now": n - 1 == at,
        }
        for n, item in enumerate(items, 1)
    ]
    return {
        "items": said,
        "now": said[at] if at < len(said) else None,
        "next": said[at + 1] if at + 1 < len(said) else None,
        "at": at,
    }


def numbers(reading: Reading) -> dict[str, Any]:
    """Return what a page needs to let the clock tick between two answers, or without a connection."""
    return {
        "running": reading.running,
        "elapsed": round(reading.elapsed, 1),
        "first": reading.first_seconds,
        "total": reading.total,
        "stopped": reading.stopped,
    }
