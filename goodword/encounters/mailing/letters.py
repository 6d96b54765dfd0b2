"""Letters of this room: planned, moved, called off, somebody can't come, times to choose from, and the reminder a day before.

Joint facts only.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from goodword.encounters import rules
from goodword.encounters.calendar_entries import CalendarEntry
from goodword.encounters.mailing import calendar
from goodword.encounters.models import AgendaItem, Encounter
from goodword.encounters.wording import KINDS, agenda_line, length_words, plain_moment
from goodword.people.models import Person
from goodword.post import outbox
from goodword.post.letters import LetterKind, register
from goodword.relationships.mailing import address_of, has_open_seat, has_seat, put_to, to_other_side
from goodword.relationships.models import Seat, Side
from goodword.relationships.seats import whole

LINK_LIVES = 30 * 86_400
_signer = TimestampSigner(salt="goodword.encounters.actions.times")


def entries_of(encounter: Encounter) -> list[CalendarEntry]:
    """Return the diary entries of everybody an encounter concerns."""
    return list(
        CalendarEntry.objects.select_related("seat__other", "person").filter(
            encounter_id=encounter.pk, seat__relationship_id=encounter.relationship_id, seat__left_at=None
        )
    )


def name_for_others(person: Person, side: Side) -> str:
    """Return what the other side calls a person: by their own name, or their side's; never by a part of their address."""
    return person.first_name if person.called or person.name else side.first_name


def agenda_of(items: Iterable[AgendaItem]) -> list[tuple[int, str, str]]:
    """Return an agenda as plain values that a letter can carry: minutes, whose it is where it is one side's, text. Two queries."""
    rows = list(items)
    sides = Side.objects.filter(relationship_id=rows[0].relationship_id) if rows else Side.objects.none()
    names = {side.role: side.first_name for side in sides}
    return [(row.minutes, names.get(row.half, ""), row.text) for row in rows]


def _in_words(person_id: uuid.UUID | None, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a letter's values are in words, as it leaves: in its reader's language, times in their zone."""
    words: dict[str, Any] = {
        name: plain_moment(dt.datetime.fromisoformat(values[at]), values["zone"]) if values.get(at) else ""
        for name, at in (("when", "at"), ("rather", "rather_at"))
    }
    if "kind" in values:
        words |= {"how": str(KINDS[rules.EncounterKind(values["kind"])]), "length": length_words(values["minutes"])}
    words["times"] = [plain_moment(dt.datetime.fromisoformat(one), values["zone"]) for one in values.get("starts", ())]
    words["agenda"] = [agenda_line(*item) for item in values.get("items", ())]
    return words


def put(entry: CalendarEntry, kind: str, occasion: str, **more: Any) -> None:
    """Put a letter about an encounter to one person, in their own zone, once for its occasion."""
    values = {
        "name": entry.seat.other_called,
        "at": entry.planned_at.isoformat(),
        "zone": entry.person.zone,
        "kind": entry.kind,
        "minutes": entry.minutes,
        "place": entry.place,
        "link": settings.BASE_URL + reverse("encounter", args=[entry.relationship_key, entry.key]),
        **more,
    }
    outbox.put(
        kind,
        entry.person.email,
        values=values,
        relationship_id=entry.seat.relationship_id,
        person_id=entry.person_id,
        once=f"{occasion}:{entry.key}:{entry.person_id}",
    )


def send_plan(seat: Seat, encounter: Encounter, items: Iterable[AgendaItem]) -> None:
    """Send the plan, or its change, to everybody it concerns, with an invitation for their calendars. Whose it is has
    said yes by it."""
    agenda = agenda_of(items)
    for entry in entries_of(encounter):
        put(
            entry,
            "encounter-planned",
            f"plan{encounter.sequence}",
            items=agenda,
            moved=encounter.sequence > 0,
            said="ACCEPTED" if entry.person_id == seat.person_id else "",
            **_invitation(entry),
        )


def _invitation(entry: CalendarEntry) -> dict[str, Any]:
    """Return what an iTIP object for one person is made of."""
    return {
        "calendar": calendar.facts(entry),
        "attendee": entry.person.email,
        "attendee_name": entry.own_name,
        "answers_to": calendar.answers_go_to(entry),
    }


def send_off(entries: Iterable[CalendarEntry]) -> None:
    """Take an encounter out of everybody's calendar."""
    for entry in entries:
        entry.sequence += 1
        put(entry, "encounter-off", f"off{entry.sequence}", **_invitation(entry))


def send_absence(seat: Seat, encounter: Encounter, at: dt.datetime, proposes: dt.datetime | None = None) -> None:
    """Tell everybody on the other side that one of this side can't come, or would rather at another time. Once a day for one
    state of the plan and each time proposed."""
    occasion = f"{at:%Y%m%d}" + (f":{proposes:%Y%m%d%H%M}" if proposes else "")
    for one in _over_there(seat):
        values = {
            "name": name_for_others(seat.person, seat.side),
            "at": (encounter.planned_at or at).isoformat(),
            "rather_at": proposes.isoformat() if proposes else "",
            "zone": one.person.zone,
            "link": settings.BASE_URL + reverse("encounter", args=[one.relationship_key, encounter.key]),
        }
        once = f"declined{encounter.sequence}:{occasion}:{encounter.key}:{seat.person_id}"
        put_to(one, "encounter-declined", values, once=once)


def times_link(seat: Seat, encounter: Encounter) -> str:
    """Return the address at which one person of a side picks a time without signing in. It names them by random keys (T11)."""
    named = _signer.sign_object([seat.relationship_key, seat.person.key, encounter.key])
    return str(settings.BASE_URL + reverse("pick-by-link", args=[named]))


def seat_by_link(signed: str) -> tuple[Seat, str] | None:
    """Return the seat and the encounter's key such a link opens, or None: forged, old, left and ended look the same."""
    try:
        relationship, person, key = _signer.unsign_object(signed, max_age=LINK_LIVES)
    except (BadSignature, ValueError):
        return None
    seat = whole(Seat.objects.all(), "person").filter(
        relationship_key=relationship, person__key=person, left_at=None, relationship__ended_at=None
    )
    found = seat.first()
    return (found, key) if found else None


def send_times(seat: Seat, encounter: Encounter, starts: list[Any], occasion: str) -> None:
    """Send the times this side offers to everybody on the other."""
    for one in _over_there(seat):
        values = {
            "name": one.other.first_name,
            "kind": encounter.what.value,
            "minutes": encounter.minutes,
            "place": encounter.place,
            "link": times_link(one, encounter),
            "starts": [start.isoformat() for start in starts],
            "zone": one.person.zone,
        }
        put_to(one, "times-offered", values, once=f"times:{occasion}")


def send_thanks(seat: Seat, encounter: Encounter, text: str) -> None:
    """Send a side's line of thanks to everybody on the other."""
    to_other_side(
        seat,
        "encounter-thanks",
        once=f"thanks:{encounter.key}:{seat.side_id}",
        name=seat.side.first_name,
        text=text,
        link=address_of(seat, "encounter", encounter.key),
    )


def _over_there(seat: Seat) -> QuerySet[Seat]:
    return Seat.objects.select_related("person", "other").filter(
        relationship_id=seat.relationship_id, side_id=seat.other_id, left_at=None
    )


def _kind(name: str, subject: Any, takes: str, may_send: Any = has_open_seat, **more: Any) -> None:
    pages = f"encounters/letters/{name.replace('-', '_')}"
    register(LetterKind(name, pages, subject, frozenset(takes.split()), may_send, **{"fill": _in_words, **more}))


def _plan_sentence(values: Mapping[str, Any]) -> str:
    said = _("Moved: you and %(name)s, %(when)s") if values["moved"] else _("You and %(name)s, %(when)s")
    return said % values


def _absence_sentence(values: Mapping[str, Any]) -> str:
    said = _("%(name)s proposes %(rather)s") if values.get("rather") else _("%(name)s can’t make it: %(when)s")
    return said % values


def register_letters() -> None:
    """Register the letters of this room, and fill the diary of whoever takes a seat."""
    about, invite = "name at zone kind minutes place link", "calendar attendee attendee_name answers_to"
    # What lies in a calendar is always put right, whatever was stopped.
    _kind(
        "encounter-planned",
        _plan_sentence,
        f"{about} {invite} said items moved",
        calendar=calendar.request,
        always=lambda values: bool(values["moved"]),
    )
    _kind(
        "encounter-off",
        lambda v: _("Called off: you and %(name)s, %(when)s") % v,
        f"{about} {invite}",
        has_seat,
        calendar=calendar.cancel,
        always=lambda values: True,
    )
    _kind("encounter-soon", lambda v: _("Coming up: you and %(name)s, %(when)s") % v, f"{about} items cannot")
    _kind(
        "times-offered",
        lambda v: _("%(name)s offers you times to choose from") % v,
        "name kind minutes place link starts zone",
    )
    _kind("encounter-declined", _absence_sentence, "name at rather_at zone link")
    _kind("encounter-thanks", lambda v: _("%(name)s thanks you") % v, "name text link", fill=None)
