"""Letters of this room: planned, moved, called off, somebody can't come, times to choose from, and the reminder a day before.

Joint facts only.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from goodword.encounters import calendar, diary, rules
from goodword.encounters.diary import DiaryEntry
from goodword.encounters.models import AgendaItem, Encounter
from goodword.encounters.wording import KINDS, item_said, length_said, plain_moment
from goodword.people.models import Person
from goodword.post import outbox
from goodword.post.letters import Kind, register
from goodword.relationships import comings
from goodword.relationships.mailing import address_of, open_and_seated, still_seated, to_other_side
from goodword.relationships.models import Seat, Side

LINK_LIVES = 30 * 86_400
_signer = TimestampSigner(salt="goodword.encounters.times")


def entries_of(encounter: Encounter) -> list[DiaryEntry]:
    """Return the diary entries of everybody an encounter concerns."""
    return list(
        DiaryEntry.objects.select_related("seat__other", "person").filter(
            encounter_id=encounter.pk, seat__relationship_id=encounter.relationship_id, seat__left_at=None
        )
    )


def called(person: Person, side: Side) -> str:
    """Return what the other side calls a person: by their own name, or their side's; never by a part of their address."""
    return person.name.split(" ")[0] or side.first_name


def agenda_said(items: Iterable[AgendaItem]) -> list[str]:
    """Return an agenda as lines for a letter."""
    return [_("%(minutes)s min: %(text)s") % {"minutes": item.minutes, "text": item_said(item.text)} for item in items]


def put(entry: DiaryEntry, kind: str, occasion: str, **more: Any) -> None:
    """Put a letter about an encounter to one person, in their own zone, once for its occasion."""
    values = {
        "name": entry.seat.other.first_name,
        "when": plain_moment(entry.planned_at, entry.person.zone),
        "how": str(KINDS[rules.Kind(entry.kind)]),
        "length": length_said(entry.minutes),
        "place": entry.place,
        "link": settings.BASE_URL + reverse("encounter", args=[entry.relationship_key, entry.key]),
        **more,
    }
    outbox.put(
        kind, entry.person.email, values=values, relationship_id=entry.seat.relationship_id, person_id=entry.person_id,
        once=f"{occasion}:{entry.key}:{entry.person_id}",
    )  # fmt: skip


def send_plan(seat: Seat, encounter: Encounter, items: Iterable[AgendaItem]) -> None:
    """Send the plan, or its change, to everybody it concerns, with an invitation for their calendars. Whose it is has
    said yes by it."""
    lines = agenda_said(items)
    for entry in entries_of(encounter):
        put(
            entry, "encounter-planned", f"plan{encounter.sequence}", agenda=lines, moved=encounter.sequence > 0,
            said="ACCEPTED" if entry.person_id == seat.person_id else "", **_invitation(entry),
        )  # fmt: skip


def _invitation(entry: DiaryEntry) -> dict[str, Any]:
    """Return what an iTIP object for one person is made of."""
    return {
        "calendar": calendar.facts(entry), "attendee": entry.person.email, "attendee_name": entry.own_name,
        "answers_to": calendar.answers_go_to(entry),
    }  # fmt: skip


def send_off(entries: Iterable[DiaryEntry]) -> None:
    """Take an encounter out of everybody's calendar."""
    for entry in entries:
        entry.sequence += 1
        put(entry, "encounter-off", f"off{entry.sequence}", **_invitation(entry))


def send_declined(seat: Seat, encounter: Encounter, at: dt.datetime) -> None:
    """Tell everybody on the other side that one of this side can't come. Once a day for one state of the plan."""
    for one in _over_there(seat):
        values = {
            "name": called(seat.person, seat.side), "when": plain_moment(encounter.planned_at or at, one.person.zone),
            "link": settings.BASE_URL + reverse("encounter", args=[one.relationship_key, encounter.key]),
        }  # fmt: skip
        outbox.put(
            "encounter-declined", one.person.email, values=values, relationship_id=seat.relationship_id,
            person_id=one.person_id,
            once=f"declined{encounter.sequence}:{at:%Y%m%d}:{encounter.key}:{seat.person_id}:{one.person_id}",
        )  # fmt: skip


def times_link(seat: Seat, encounter: Encounter) -> str:
    """Return the address at which one person of a side picks a time without signing in."""
    return str(settings.BASE_URL + reverse("pick-by-link", args=[_signer.sign_object([str(seat.pk), encounter.key])]))


def opened_by(signed: str) -> tuple[Seat, str] | None:
    """Return the seat and the encounter's key such a link opens, or None: forged, old, left and ended look the same."""
    try:
        pk, key = _signer.unsign_object(signed, max_age=LINK_LIVES)
    except (BadSignature, ValueError):
        return None
    seat = Seat.objects.select_related("relationship", "side", "other", "person").filter(
        pk=pk, left_at=None, relationship__ended_at=None
    )
    found = seat.first()
    return (found, key) if found else None


def send_times(seat: Seat, encounter: Encounter, starts: list[Any], occasion: str) -> None:
    """Send the times this side offers to everybody on the other."""
    for one in _over_there(seat):
        values = {
            "name": one.other.first_name, "how": str(KINDS[encounter.what]), "place": encounter.place,
            "length": length_said(encounter.minutes), "link": times_link(one, encounter),
            "times": [plain_moment(start, one.person.zone) for start in starts],
        }  # fmt: skip
        outbox.put(
            "times-offered", one.person.email, values=values, relationship_id=seat.relationship_id,
            person_id=one.person_id, once=f"times:{occasion}:{one.person_id}",
        )  # fmt: skip


def send_thanks(seat: Seat, encounter: Encounter, text: str) -> None:
    """Send a side's line of thanks to everybody on the other."""
    to_other_side(
        seat, "encounter-thanks", once=f"thanks:{encounter.key}:{seat.side_id}", name=seat.side.first_name, text=text,
        link=address_of(seat, "encounter", encounter.key),
    )  # fmt: skip


def _over_there(seat: Seat) -> QuerySet[Seat]:
    return Seat.objects.select_related("person", "other").filter(
        relationship_id=seat.relationship_id, side_id=seat.other_id, left_at=None
    )


def _kind(name: str, subject: Any, takes: str, may_send: Any = open_and_seated, calendar: Any = None) -> None:
    pages = f"encounters/letters/{name.replace('-', '_')}"
    register(Kind(name, pages, subject, frozenset(takes.split()), may_send, calendar=calendar))


def _planned(values: Mapping[str, Any]) -> str:
    said = _("Moved: you and %(name)s, %(when)s") if values["moved"] else _("You and %(name)s, %(when)s")
    return said % values


def open_room() -> None:
    """Register the letters of this room, and fill the diary of whoever takes a seat."""
    comings.tell(coming=diary.keep_for, going=diary.clear_for)
    about, invite = "name when how length place link", "calendar attendee attendee_name answers_to"
    _kind("encounter-planned", _planned, f"{about} {invite} said agenda moved", calendar=calendar.request)
    _kind(
        "encounter-off",
        lambda v: _("Called off: you and %(name)s, %(when)s") % v,
        f"{about} {invite}",
        still_seated,
        calendar.cancel,
    )
    _kind("encounter-soon", lambda v: _("Coming up: you and %(name)s, %(when)s") % v, f"{about} agenda cannot")
    _kind(
        "times-offered", lambda v: _("%(name)s offers you times to choose from") % v, "name how place length link times"
    )
    _kind("encounter-declined", lambda v: _("%(name)s can’t make it: %(when)s") % v, "name when link")
    _kind("encounter-thanks", lambda v: _("%(name)s thanks you") % v, "name text link")
