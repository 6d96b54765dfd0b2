"""Encounters for calendars: iTIP invitations (RFC 5546), a file to add, and a feed. Joint facts only (T6).

Every time is UTC: nothing of ours recurs, and a zone's rules are what calendars read in different ways.
"""

from __future__ import annotations

import base64
import datetime as dt
import hmac
from collections.abc import Iterable, Mapping
from email.utils import parseaddr
from functools import lru_cache
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from goodword.encounters.calendar_entries import CalendarEntry, FeedRow
from goodword.encounters.rules import EncounterKind
from goodword.encounters.wording import NOUNS, agenda_line
from goodword.ground.text import tidy_line

MAKER = "-//Goodword//Encounters//EN"
LONGEST_LINE = 75

Agenda = Iterable[tuple[int, str, str]]  # minutes, whose it is where it is one side's, words


def uid_of(key: str) -> str:
    """Return the stable UID of an encounter, made from its random key."""
    return f"{key}@{urlsplit(settings.BASE_URL).hostname}"


def secret_of(entry: CalendarEntry) -> str:
    """Return what binds an answer to its person: 80 bits that only their own invitation to this encounter carries.

    It stands in an address, so it is in lower case; it does not change while the encounter lasts, because calendars take
    an update from another organizer for something else.
    """
    name = f"calendar reply:{entry.key}:{entry.person_id}".encode()
    return base64.b32encode(hmac.digest(settings.SECRET_KEY.encode(), name, "sha256")[:10]).decode().lower()


def answers_go_to(entry: CalendarEntry) -> str:
    """Return the address this person's calendar answers to; empty where we read no mailbox, and ask for no answer."""
    return settings.MAILBOX.address_with(secret_of(entry)) if settings.MAILBOX else ""


def summary_of(kind: str, one: str, other: str) -> str:
    """Return what a calendar shows of an encounter of this kind between these two: Meeting: Ada Lane and Ben Moor."""
    return _("%(kind)s: %(one)s and %(other)s") % {"kind": NOUNS[EncounterKind(kind)], "one": one, "other": other}


def facts(entry: CalendarEntry) -> dict[str, Any]:
    """Return what a calendar may know of an encounter, as plain values that a letter can carry."""
    return {
        "uid": uid_of(entry.key),
        "sequence": entry.sequence,
        "starts": entry.planned_at.astimezone(dt.UTC).isoformat(),
        "minutes": entry.minutes,
        "place": entry.place,
        "between": (entry.kind, entry.own_name, entry.other_name),
        "link": settings.BASE_URL + reverse("encounter", args=[entry.relationship_key, entry.key]),
        "stamp": entry.changed_at.astimezone(dt.UTC).isoformat(),
    }


def event(values: Mapping[str, Any], items: Agenda = ()) -> Event:
    """Return one VEVENT with the agenda both read. Its times are UTC, which every calendar shows in its reader's own zone."""
    starts = dt.datetime.fromisoformat(values["starts"]).astimezone(dt.UTC)
    one = Event()
    one.add("uid", values["uid"])
    one.add("dtstamp", dt.datetime.fromisoformat(values["stamp"]))
    one.add("dtstart", starts)
    one.add("dtend", starts + dt.timedelta(minutes=values["minutes"]))
    one.add("summary", summary_of(*values["between"]))
    one.add("sequence", values["sequence"])
    one.add("description", description_of(values["link"], items))
    if values["place"]:
        one.add("location", values["place"])
    return one


def description_of(link: str, items: Agenda) -> str:
    """Return what an entry says: the agenda line by line, as the letter has it, and where it stands as it is now."""
    lines = [f"- {tidy_line(agenda_line(*item))}" for item in items]
    return "\n".join([*lines, "", _("As it stands now:"), link] if lines else [link])


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
    one = event(values["calendar"], values.get("items", ()))
    one.add("status", status)
    answers_to = values.get("answers_to", "")
    said = (answers_to and values.get("said")) or "NEEDS-ACTION"
    ours = answers_to or parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    one.add("organizer", _address(ours, "Goodword"), encode=False)
    # Everybody gets a letter of their own: no attendee list tells one side's colleagues the other's addresses.
    guest = _address(values["attendee"], values["attendee_name"])
    asked = "TRUE" if answers_to and said == "NEEDS-ACTION" else "FALSE"
    guest.params |= {"role": vText("REQ-PARTICIPANT"), "partstat": vText(said), "rsvp": vText(asked)}
    one.add("attendee", guest, encode=False)
    sheet = _sheet(method)
    sheet.add_component(one)
    return str(sheet.to_ical().decode())


def request(values: Mapping[str, Any]) -> str:
    """Return the invitation or update a letter carries (METHOD:REQUEST)."""
    return _to_one(values, "REQUEST", "CONFIRMED")


def cancel(values: Mapping[str, Any]) -> str:
    """Return what takes it out of a calendar again (METHOD:CANCEL)."""
    return _to_one(values, "CANCEL", "CANCELLED")


def file(entry: CalendarEntry, items: Agenda) -> bytes:
    """Return one encounter, with what `mailing.agenda_of` says of its agenda, as a file to add by hand."""
    sheet = _sheet("PUBLISH")
    sheet.add_component(event(facts(entry), items))
    return bytes(sheet.to_ical())


def feed(entries: Iterable[FeedRow]) -> bytes:
    """Return a diary as a calendar to subscribe to.

    Written line by line: a feed of two thousand is fetched every hour, and the library takes seconds over it.
    """
    lines = ["BEGIN:VCALENDAR", f"PRODID:{MAKER}", "VERSION:2.0", "METHOD:PUBLISH", "X-WR-CALNAME:Goodword"]
    lines.append("REFRESH-INTERVAL;VALUE=DURATION:PT1H")
    home = settings.BASE_URL + reverse("encounter", args=["-", "-"])
    for entry in entries:
        lines += _lines(entry, home.replace("/-", "/%s") % (entry.relationship_key, entry.key))
    return "".join(f"{_fold(line)}\r\n" for line in [*lines, "END:VCALENDAR"]).encode()


def _lines(entry: FeedRow, link: str) -> list[str]:
    starts = entry.planned_at.astimezone(dt.UTC)
    return [
        "BEGIN:VEVENT",
        f"UID:{uid_of(entry.key)}",
        f"DTSTAMP:{_utc(entry.changed_at.astimezone(dt.UTC))}",
        f"DTSTART:{_utc(starts)}",
        f"DTEND:{_utc(starts + dt.timedelta(minutes=entry.minutes))}",
        f"SUMMARY:{_escape(summary_of(entry.kind, entry.own_name, entry.other_name))}",
        f"SEQUENCE:{entry.sequence}",
        f"DESCRIPTION:{link}",
        *([f"LOCATION:{_escape(entry.place)}"] if entry.place else []),
        "END:VEVENT",
    ]


def _utc(moment: dt.datetime) -> str:
    return moment.strftime("%Y%m%dT%H%M%SZ")


@lru_cache(maxsize=256)
def _escape(text: str) -> str:
    """Return text as RFC 5545 writes it: no separator or line break of its own (T46)."""
    return tidy_line(text).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")


def _fold(line: str) -> str:
    """Return a content line folded at 75 octets, never within a character."""
    if line.isascii():
        rest = range(LONGEST_LINE, len(line), LONGEST_LINE - 1)
        return "\r\n ".join([line[:LONGEST_LINE], *(line[at : at + LONGEST_LINE - 1] for at in rest)])
    parts, room = [""], LONGEST_LINE
    for character in line:
        room -= len(character.encode())
        if room < 0:
            parts.append("")
            room = LONGEST_LINE - 1 - len(character.encode())
        parts[-1] += character
    return "\r\n ".join(parts)
