"""What people's calendars answer by mail (iTIP REPLY and COUNTER: RFC 5546, 3.2.3 and 3.2.7; in a mail: RFC 6047).

A mail is believed when it came to the address that only this person's invitation carries: that proves whose it is, from
whichever of their own addresses it came. One that names somebody else with a seat here is not theirs. All others are left
alone, whatever they are: nobody is answered, nothing of them is kept or logged.
"""

from __future__ import annotations

import datetime as dt
import hmac
import re
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import InterfaceError, OperationalError
from icalendar import vDatetime
from icalendar.parser import Contentlines
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from goodword.encounters.actions import attending
from goodword.encounters.calendar_entries import CalendarEntry
from goodword.encounters.mailing import calendar
from goodword.encounters.models import Encounter
from goodword.encounters.rules import FURTHEST, Coming
from goodword.ground import moments
from goodword.ground.addresses import tidy_address
from goodword.ground.keys import KEY_PATTERN
from goodword.ground.refusals import Refusal
from goodword.post import returns
from goodword.post.mailbox import Reader

ATTENDANCE = {"ACCEPTED": Coming.YES, "TENTATIVE": Coming.MAYBE, "DECLINED": Coming.NO}
ADDRESS_HEADERS = ("To", "Cc", "Delivered-To", "X-Original-To", "Envelope-To")
LARGEST_CALENDAR = 64 * 1024
FIELDS = ("UID", "SEQUENCE", "DTSTAMP", "DTSTART", "ATTENDEE", "ORGANIZER", "RECURRENCE-ID")
METHODS = ("REPLY", "COUNTER")
_DETAIL = re.compile(r"\+([a-z2-7]{16})@")
_reader = Reader()


@dataclass(frozen=True, slots=True)
class Reply:
    """One person's answer as their calendar sent it. `addressed` are the secrets of the addresses it was sent to.

    `proposes` is when they would rather meet, where they proposed a new time.
    """

    uid: str
    attendee: str
    said: Coming
    sequence: int
    stamp: dt.datetime
    addressed: frozenset[str]
    proposes: dt.datetime | None = None


def read_due(now: dt.datetime) -> int:
    """Read the new mails of our mailbox, where there is one; return how many answers were news. For the worker."""
    box = settings.MAILBOX
    return _reader.visit(box, handle) if box else 0


def handle(mail: bytes) -> int:
    """Take one mail; return 1 if it was news, else 0, whatever the mail is. Raises only where the database is away.

    What mail servers report of our letters comes to the same mailbox, and is the post room's.
    """
    try:
        if returns.is_report(message_from_bytes(mail, policy=policy.compat32)):
            return returns.handle(mail)
        reply = read(mail)
        return int(reply is not None and take(reply))
    except (OperationalError, InterfaceError):
        raise
    except Exception:  # a mail can be anything, and none may stop the worker or be told apart by what it does
        return 0


def take(reply: Reply) -> bool:
    """Let a reply count; return whether it was news. One that is forged, late or about nothing of ours changes nothing."""
    key = reply.uid.partition("@")[0]
    if not KEY_PATTERN.match(key) or reply.uid != calendar.uid_of(key):
        return False
    entry = _answering(reply, key)
    if entry is None:
        return False
    seat = entry.seat.with_person(entry.person)
    encounter = Encounter.objects.visible_to(seat).filter(pk=entry.encounter_id).first()
    try:
        return encounter is not None and attending.attend(
            seat, encounter, reply.said, at=reply.stamp, sequence=reply.sequence, proposes=reply.proposes
        )
    except Refusal:
        return False


def _answering(reply: Reply, key: str) -> CalendarEntry | None:
    """Return the diary entry of whoever answers: the one whose secret it was sent to, unless it names another of those invited."""
    invited = list(
        CalendarEntry.objects.select_related("seat__relationship", "seat__side", "seat__other", "person").filter(
            key=key, seat__left_at=None, seat__ended=0
        )
    )
    entry = next((one for one in invited if _is_for(one, reply.addressed)), None)
    others = {one.person.email for one in invited if one is not entry}
    return None if reply.attendee in others else entry


def _is_for(entry: CalendarEntry, addressed: frozenset[str]) -> bool:
    secret = calendar.secret_of(entry).encode()
    return any(hmac.compare_digest(secret, one.encode()) for one in addressed)


def read(mail: bytes) -> Reply | None:
    """Return the reply a mail carries, or None. May raise whatever a malformed mail makes the parsers raise."""
    message: Message = message_from_bytes(mail, policy=policy.compat32)
    for part in message.walk():
        if part.get_content_type() not in ("text/calendar", "application/ics"):
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and len(content) <= LARGEST_CALENDAR:
            return _reply(content.decode("utf-8", "replace"), message)
    return None


def _reply(text: str, message: Message) -> Reply | None:
    """Return what the calendar within a mail says, if it is one reply of one person to one event."""
    method, found = _lines(text)
    if method not in METHODS or any(len(found[name]) > 1 for name in FIELDS) or found["RECURRENCE-ID"]:
        return None
    (parameters, attendee), (_, uid), (_, stamp) = found["ATTENDEE"][0], found["UID"][0], found["DTSTAMP"][0]
    countered = method == "COUNTER"
    said = ATTENDANCE.get(str(parameters.get("PARTSTAT", "")).upper(), Coming.MAYBE if countered else None)
    moment = vDatetime.from_ical(stamp)  # type: ignore[no-untyped-call]
    sequence = found["SEQUENCE"][0][1] if found["SEQUENCE"] else "0"
    if said is None or not isinstance(moment, dt.datetime) or moment.tzinfo is None or not sequence.isdecimal():
        return None
    places = [str(value) for name in ADDRESS_HEADERS for value in message.get_all(name, [])]
    places += [value for _, value in found["ORGANIZER"]]
    addressed = frozenset(_DETAIL.findall(unquote(" ".join(places)).lower()))
    proposes = _start(found["DTSTART"]) if countered else None
    return Reply(uid, _address(attendee), said, int(sequence), moment, addressed, proposes)


def _start(found: list[tuple[dict[str, str], str]]) -> dt.datetime | None:
    """Return the moment a calendar proposes, or None where it can't be told: no zone we know, gone by, or years ahead."""
    for parameters, value in found:
        zone = str(parameters.get("TZID", ""))
        moment = vDatetime.from_ical(value)  # type: ignore[no-untyped-call]
        if isinstance(moment, dt.datetime) and moment.tzinfo is None and zone:
            moment = moment.replace(tzinfo=ZoneInfo(WINDOWS_TO_OLSON.get(zone, zone)))
        now = moments.now()
        if isinstance(moment, dt.datetime) and moment.tzinfo and now < moment.astimezone(dt.UTC) < now + FURTHEST:
            return moment.astimezone(dt.UTC)
    return None


def _lines(text: str) -> tuple[str, dict[str, list[tuple[dict[str, str], str]]]]:
    """Return a calendar's method, and the wanted lines of its one event; no method if it has another, or breaks off.

    Only these lines are looked at: a zone's rules, an alarm or a recurrence can be made to run for ever.
    """
    method, within, done = "", list[str](), list[str]()
    found: dict[str, list[tuple[dict[str, str], str]]] = {name: [] for name in FIELDS}
    for line in Contentlines.from_ical(text):  # type: ignore[no-untyped-call]
        name = re.split("[;:]", line, maxsplit=1)[0].upper()
        if name in ("BEGIN", "END"):
            what = line.partition(":")[2].strip().upper()
            if name == "BEGIN":
                within.append(what)
            elif within and within.pop() == what and len(within) < 2:
                done.append(what)
        elif name == "METHOD" and within == ["VCALENDAR"]:
            method = line.partition(":")[2].strip().upper()
        elif name in found and within == ["VCALENDAR", "VEVENT"]:
            _, parameters, value = line.parts()
            found[name].append((dict(parameters), value))
    whole = done.count("VEVENT") == 1 and done[-1] == "VCALENDAR" and not within
    return method if whole else "", found


def _address(value: str) -> str:
    scheme, _, address = value.partition(":")
    return tidy_address(unquote(address)) if scheme.strip().lower() == "mailto" else ""
