"""Encounters for calendars: iTIP invitations (RFC 5546), a file to add, and a feed. Joint facts only (T6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from email.utils import parseaddr
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from goodword.encounters.diary import DiaryEntry
from goodword.encounters.rules import Kind
from goodword.encounters.wording import NOUNS
from goodword.ground import moments

MAKER = "-//Goodword//Encounters//EN"


def uid_of(key: str) -> str:
    """Return the stable UID of an encounter, made from its random key."""
    return f"{key}@{urlsplit(settings.BASE_URL).hostname}"


def facts(entry: DiaryEntry) -> dict[str, Any]:
    """Return what a calendar may know of an encounter, as plain values that a letter can carry."""
    return {
        "uid": uid_of(entry.key),
        "sequence": entry.sequence,
        "starts": entry.planned_at.astimezone(dt.UTC).isoformat(),
        "minutes": entry.minutes,
        "zone": entry.zone,
        "place": entry.place,
        "summary": _("%(kind)s: %(one)s and %(other)s") % {
            "kind": NOUNS[Kind(entry.kind)], "one": entry.own_name, "other": entry.other_name},
        "link": settings.BASE_URL + reverse("encounter", args=[entry.relationship_key, entry.key]),
        "stamp": entry.changed_at.astimezone(dt.UTC).isoformat(),
    }  # fmt: skip


def event(values: Mapping[str, Any], *, in_zone: bool) -> Event:
    """Return one VEVENT. `in_zone` writes local times with their zone, as invitations show them; else UTC."""
    starts = dt.datetime.fromisoformat(values["starts"])
    if in_zone:
        starts = starts.astimezone(moments.zone(values["zone"]))
    ends = (starts.astimezone(dt.UTC) + dt.timedelta(minutes=values["minutes"])).astimezone(starts.tzinfo)
    one = Event()
    one.add("uid", values["uid"])
    one.add("dtstamp", dt.datetime.fromisoformat(values["stamp"]))
    one.add("dtstart", starts)
    one.add("dtend", ends)
    one.add("summary", values["summary"])
    one.add("sequence", values["sequence"])
    one.add("description", values["link"])
    if values["place"]:
        one.add("location", values["place"])
    return one


def _sheet(method: str) -> Calendar:
    sheet = Calendar()
    sheet.add("prodid", MAKER)
    sheet.add("version", "2.0")
    sheet.add("method", method)
    return sheet


def _address(address: str, name: str) -> vCalAddress:
    who = vCalAddress(f"mailto:{address}")
    if name:
        who.params["cn"] = vText(name)
    return who


def _to_one(values: Mapping[str, Any], method: str, status: str) -> str:
    one = event(values["calendar"], in_zone=True)
    one.add("status", status)
    one.add("organizer", _address(parseaddr(settings.DEFAULT_FROM_EMAIL)[1], "Goodword"), encode=False)
    # Everybody gets a letter of their own: no attendee list tells one side's colleagues the other's addresses.
    guest = _address(values["attendee"], values["attendee_name"])
    guest.params |= {"role": vText("REQ-PARTICIPANT"), "partstat": vText("NEEDS-ACTION"), "rsvp": vText("FALSE")}
    one.add("attendee", guest, encode=False)
    sheet = _sheet(method)
    sheet.add_component(one)
    sheet.add_missing_timezones()
    return str(sheet.to_ical().decode())


def request(values: Mapping[str, Any]) -> str:
    """Return the invitation or update a letter carries (METHOD:REQUEST)."""
    return _to_one(values, "REQUEST", "CONFIRMED")


def cancel(values: Mapping[str, Any]) -> str:
    """Return what takes it out of a calendar again (METHOD:CANCEL)."""
    return _to_one(values, "CANCEL", "CANCELLED")


def file(entry: DiaryEntry) -> bytes:
    """Return one encounter as a file to add by hand."""
    sheet = _sheet("PUBLISH")
    sheet.add_component(event(facts(entry), in_zone=True))
    sheet.add_missing_timezones()
    return bytes(sheet.to_ical())


def feed(entries: Iterable[DiaryEntry]) -> bytes:
    """Return a diary as a calendar to subscribe to. Times are UTC, which every calendar shows in its own zone."""
    sheet = _sheet("PUBLISH")
    sheet.add("x-wr-calname", "Goodword")
    sheet.add("refresh-interval", dt.timedelta(hours=1), parameters={"value": "DURATION"})
    for entry in entries:
        sheet.add_component(event(facts(entry), in_zone=False))
    return bytes(sheet.to_ical())
