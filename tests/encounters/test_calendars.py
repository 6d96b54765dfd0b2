"""Invitations, feeds and reminders, read back by an independent calendar."""

from __future__ import annotations

import base64
import datetime as dt
import html
import json
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
import recurring_ical_events
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from goodword.encounters import calendar_entries
from goodword.encounters.actions import plans, reminders
from goodword.encounters.calendar_entries import CalendarEntry
from goodword.encounters.mailing.letters import times_link
from goodword.encounters.models import Encounter
from goodword.encounters.queries import pages
from goodword.encounters.rules import EncounterKind
from goodword.gates import actions as gates
from goodword.ground import moments
from goodword.ground.keys import KEY_PATTERN, new_id
from goodword.post.delivery import deliver_due
from goodword.relationships import starting
from goodword.relationships.steps import Step
from tests.cast import Cast
from tests.encounters.at_hand import planned, soon
from tests.encounters.secrets import plant

ZONES = [
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "Asia/Kolkata",
    "Pacific/Auckland",
]
SHAPE: dict[str, Any] = {"kind": EncounterKind.MEETING, "minutes": 60, "place": "The Lantern Café"}


def letters(subject: str = "") -> list[EmailMessage]:
    """Deliver what is due and return the letters whose subject begins so, as a mail program parses them."""
    mail.outbox.clear()
    deliver_due()
    parsed = [message_from_bytes(one.message().as_bytes(), policy=policy.default) for one in mail.outbox]
    return [one for one in parsed if str(one["Subject"]).startswith(subject)]


def invitation(letter: EmailMessage) -> Any:
    """Return the calendar a letter carries as an alternative; its file must be the same."""
    parts = {part.get_content_type(): part for part in letter.walk()}
    alternative, file = parts["text/calendar"], parts["application/ics"]
    assert file.get_filename() == "invite.ics"
    text = alternative.get_content()
    assert file.get_content().decode().splitlines() == text.splitlines()
    calendar: Any = Calendar.from_ical(text)
    assert alternative.get_content_type() == "text/calendar"
    assert alternative.get_param("method") == calendar["METHOD"]
    return calendar


def the_event(calendar: Any) -> Any:
    """Return its one event."""
    (event,) = calendar.walk("VEVENT")
    return event


def test_a_plan_sends_each_person_an_invitation_of_their_own(cast: Cast) -> None:
    it = planned(cast.ada)
    sent = letters("You and")
    assert {one["To"] for one in sent} == {"ada@lane.example", "ben@moor.example"}
    for letter in sent:
        calendar = invitation(letter)
        event = the_event(calendar)
        assert calendar["METHOD"] == "REQUEST"
        assert event["UID"].startswith(it.key)
        assert event["SEQUENCE"] == 0
        assert event["ORGANIZER"].startswith("mailto:")
        assert event["ATTENDEE"] == f"mailto:{letter['To']}"
        assert event["DTSTART"].dt == it.planned_at
        assert event["DTEND"].dt - event["DTSTART"].dt == dt.timedelta(hours=1)
        assert str(event["LOCATION"]) == "The Lantern Café"
        assert "DTSTAMP" in event
        assert event.to_ical().count(f"{it.planned_at:%Y%m%dT%H%M%SZ}".encode()) == 1  # UTC: no zone's rules to misread
        assert not calendar.walk("VTIMEZONE")
        body = letter.get_body(("plain",))
        assert body is not None
        assert "How the time is spent" in body.get_content()


def test_moving_and_calling_off_keep_the_uid_and_let_the_sequence_grow(cast: Cast) -> None:
    it = planned(cast.ada)
    first = the_event(invitation(letters("You and")[0]))
    plans.change(cast.ben, it, planned_at=soon(6), **SHAPE)
    moved = invitation(letters("Moved")[0])
    plans.call_off(cast.ada, it)
    off = invitation(letters("Called off")[0])
    assert off["METHOD"] == "CANCEL"
    assert the_event(off)["STATUS"] == "CANCELLED"
    assert first["UID"] == the_event(moved)["UID"] == the_event(off)["UID"]
    assert [first["SEQUENCE"], the_event(moved)["SEQUENCE"], the_event(off)["SEQUENCE"]] == [0, 1, 2]
    assert the_event(moved)["DTSTART"].dt == soon(6)


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    "day", [dt.date(2027, 3, 13), dt.date(2027, 3, 15), dt.date(2027, 3, 29), dt.date(2027, 4, 5), dt.date(2027, 11, 1)]
)
def test_ten_oclock_stays_ten_oclock_on_both_sides_of_a_change_of_clocks(cast: Cast, zone: str, day: dt.date) -> None:
    cast.ada_person.zone = zone
    cast.ada_person.save()
    with time_machine.travel(dt.datetime(2027, 3, 1, 12, tzinfo=dt.UTC)):
        ten = dt.datetime.combine(day, dt.time(10), tzinfo=moments.zone(zone))
        planned(cast.ada, ten)
        calendar = invitation(letters("You and")[0])
        (once,) = recurring_ical_events.of(calendar).between(day - dt.timedelta(days=2), day + dt.timedelta(days=2))
        start = once["DTSTART"].dt.astimezone(moments.zone(zone))
        assert (start.hour, start.date()) == (10, day)
        assert start.utcoffset() == ten.utcoffset()
        assert start == ten
        it = Encounter.objects.visible_to(cast.ben).get()
        page = cast.ben_browser.get(reverse("encounter", args=[cast.key, it.key])).content.decode()
        assert f"{ten.astimezone(moments.zone('Europe/London')):%H:%M}" in page


def test_a_reader_elsewhere_sees_both_zones(cast: Cast) -> None:
    cast.ben_person.zone = "America/New_York"
    cast.ben_person.save()
    it = planned(cast.ada, soon(3, 10))
    page = cast.ben_browser.get(reverse("encounter", args=[cast.key, it.key])).content.decode()
    assert "10:00 GMT there" in page or "10:00 BST there" in page
    assert "there)" not in cast.ada_browser.get(reverse("encounter", args=[cast.key, it.key])).content.decode()


def test_an_invitation_tells_neither_side_the_others_colleagues_addresses(cast: Cast) -> None:
    assert cast.abe
    planned(cast.ben)
    for letter in letters("You and"):
        text = letter.as_string()
        assert all(
            address in ("noreply", letter["To"]) or address not in text
            for address in ("abe@lane.example", "ada@lane.example", "ben@moor.example")
        )


def test_hostile_words_cannot_break_out_of_a_line(cast: Cast) -> None:
    planned(cast.ada, place="Café;\nATTENDEE:mailto:x@x.example\r\nX-EVIL:1" + "é" * 60)
    event = the_event(invitation(letters("You and")[0]))
    assert "X-EVIL" not in event
    assert event["ATTENDEE"] != "mailto:x@x.example"


def agenda_in(text: str) -> list[str]:
    """Return the lines of an agenda in a letter's or an entry's words."""
    return [line.removeprefix("- ") for line in text.splitlines() if line.startswith("- ")]


@pytest.mark.parametrize("step", [Step.EXPLORE, Step.FIRST_BRIEFING, Step.ADVOCATE])
def test_the_calendars_entry_has_the_agenda_of_letter_page_and_file_and_nothing_of_a_drawer(
    db: None, step: Step
) -> None:
    cast = Cast(at=step)
    letters()
    it = planned(cast.ada)
    plant(cast.ada, "canary")
    plant(cast.ben, "canary")
    file = reverse("encounter-file", args=[cast.key, it.key])
    sent = letters("You and")
    assert len(sent) == 2
    for letter in sent:
        body = letter.get_body(("plain",))
        entry = str(the_event(invitation(letter))["DESCRIPTION"])
        assert body is not None and agenda_in(entry) == agenda_in(body.get_content()) != []
        assert entry.endswith(reverse("encounter", args=[cast.key, it.key])) and "canary" not in entry
    for browser in (cast.ada_browser, cast.ben_browser):
        own = browser.get(file).content
        assert b"canary" not in own
        words = str(the_event(Calendar.from_ical(own.decode()))["DESCRIPTION"])
        assert agenda_in(words) == agenda_in(entry)
        text = html.unescape(browser.get(reverse("encounter", args=[cast.key, it.key])).content.decode())
        assert all(line.split(": ", 1)[-1] in text for line in agenda_in(words))


def test_what_takes_it_out_of_a_calendar_repeats_no_agenda(cast: Cast) -> None:
    it = planned(cast.ada)
    letters()
    plans.call_off(cast.ada, it)
    assert agenda_in(str(the_event(invitation(letters("Called off")[0]))["DESCRIPTION"])) == []


# ── The feed ──


def feed(cast: Cast, person: Any) -> Any:
    """Return a person's feed as a calendar program fetches it: without a cookie."""
    token = calendar_entries.token_of(calendar_entries.open_feed(person))
    answer = Client().get(reverse("calendar-feed", args=[token]))
    assert answer["Content-Type"].startswith("text/calendar")
    return Calendar.from_ical(answer.content.decode())


def test_a_feed_carries_joint_facts_and_nothing_else(cast: Cast) -> None:
    from tests.encounters.secrets import live

    live(cast)
    plant(cast.ada, "canary")
    plant(cast.ben, "canary")
    calendar = feed(cast, cast.ben_person)
    assert b"canary" not in calendar.to_ical()
    names = {str(event["SUMMARY"]) for event in calendar.walk("VEVENT")}
    assert names == {"Meeting: Ben Moor and Ada Lane"}
    assert len(calendar.walk("VEVENT")) == 2  # the one held and the one ahead; what was called off is gone
    for event in calendar.walk("VEVENT"):
        assert set(event) <= {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "DESCRIPTION", "LOCATION"}


def test_a_feed_keeps_every_letter_of_an_awkward_place(cast: Cast) -> None:
    place = "Café “Zur Ähre”; Hof, 2\\3 " + "é🙂" * 40
    planned(cast.ada, place=place)
    (event,) = feed(cast, cast.ben_person).walk("VEVENT")
    assert str(event["LOCATION"]) == place
    raw = (
        Client()
        .get(reverse("calendar-feed", args=[calendar_entries.token_of(calendar_entries.open_feed(cast.ben_person))]))
        .content
    )
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))


def test_a_revoked_feed_and_a_made_up_one_look_the_same(cast: Cast) -> None:
    address = reverse("own-calendar")
    cast.ada_browser.post(address)
    page = cast.ada_browser.get(address).content.decode()
    token = calendar_entries.token_of(calendar_entries.open_feed(cast.ada_person))
    assert token in page
    assert Client().get(reverse("calendar-feed", args=[token])).status_code == 200
    cast.ada_browser.post(address, {"act": "close"})
    gone, never = (Client().get(reverse("calendar-feed", args=[one])) for one in (token, "x" * 43))
    assert gone.status_code == never.status_code == 404
    assert gone.content == never.content
    cast.ada_browser.post(address)
    assert calendar_entries.token_of(calendar_entries.open_feed(cast.ada_person)) != token


def test_who_leaves_or_lets_go_finds_it_out_of_their_feed_and_a_new_colleague_in_theirs(cast: Cast) -> None:
    planned(cast.ada)
    abe = cast.abe.person
    assert len(feed(cast, abe).walk("VEVENT")) == 1
    starting.leave(cast.ada, "abe@lane.example")
    assert feed(cast, abe).walk("VEVENT") == []
    actions_before = pages.upcoming_for(cast.ben_person, 5)
    assert [one.other_name for one in actions_before] == ["Ada Lane"]
    gates.let_go(cast.ada)
    assert pages.upcoming_for(cast.ben_person, 5) == []


def test_a_feed_of_two_thousand_asks_the_database_as_often_as_one_of_two(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    it = planned(cast.ada)
    address = reverse("calendar-feed", args=[calendar_entries.token_of(calendar_entries.open_feed(cast.ada_person))])
    with CaptureQueriesContext(connection) as few:
        assert Client().get(address).content.count(b"BEGIN:VEVENT") == 1
    entry = CalendarEntry.objects.get(person=cast.ada_person)
    CalendarEntry.objects.bulk_create(
        CalendarEntry(
            person=cast.ada_person,
            seat_id=entry.seat_id,
            encounter_id=new_id(),
            key=f"{n:022d}",
            kind="meeting",
            planned_at=soon(1) + dt.timedelta(hours=n),
            zone=it.zone,
            minutes=60,
            place="Café",
            own_name="Ada Lane",
            sequence=0,
            changed_at=timezone.now(),
        )
        for n in range(1999)
    )
    with django_assert_num_queries(len(few)):
        assert Client().get(address).content.count(b"BEGIN:VEVENT") == 2000


def test_one_meeting_can_be_taken_as_a_file(cast: Cast) -> None:
    it = planned(cast.ada)
    answer = cast.ben_browser.get(reverse("encounter-file", args=[cast.key, it.key]))
    assert the_event(Calendar.from_ical(answer.content.decode()))["DTSTART"].dt == it.planned_at


def test_todays_next_meetings_are_one_question(cast: Cast, django_assert_num_queries: Any) -> None:
    planned(cast.ada, soon(4))
    planned(starting.start(cast.ada_person, name="Gus Hart"), soon(2))
    with django_assert_num_queries(1):
        found = [(one.other_name, one.relationship_key) for one in pages.upcoming_for(cast.ada_person, 4)]
    assert [name for name, _ in found] == ["Gus Hart", "Ben Moor"]


# ── The reminder ──


def test_a_day_before_both_are_reminded_once_with_the_agenda(cast: Cast) -> None:
    it = planned(cast.ada, soon(5))
    letters()
    assert it.planned_at
    assert reminders.put_due(it.planned_at - dt.timedelta(hours=30)) == 0
    with time_machine.travel(it.planned_at - dt.timedelta(hours=23)):
        assert reminders.put_due(timezone.now()) == 1
        assert reminders.put_due(timezone.now()) == 0
        sent = letters("Coming up")
        assert len(sent) == 2
        assert "what you enjoyed" in sent[0].as_string() or "The work" in sent[0].as_string()
        assert all(one["List-Unsubscribe"] for one in sent)


def test_no_reminder_of_what_was_planned_today_called_off_or_let_go(cast: Cast) -> None:
    planned(cast.ada, timezone.now() + dt.timedelta(hours=5))
    off = planned(cast.ada, soon(4))
    plans.call_off(cast.ben, off)
    ended = planned(cast.ada, soon(4))
    letters()
    gates.let_go(cast.ada)
    assert reminders.put_due(timezone.now()) == 0
    assert ended.planned_at
    assert reminders.put_due(ended.planned_at - dt.timedelta(hours=20)) == 0


def test_a_moved_encounter_is_reminded_of_at_its_new_time(cast: Cast) -> None:
    first, second = soon(5), soon(9)
    it = planned(cast.ada, first)
    with time_machine.travel(first - dt.timedelta(hours=20)):
        assert reminders.put_due(timezone.now()) == 1
        plans.change(cast.ben, it, planned_at=second, **SHAPE)
        assert reminders.put_due(timezone.now()) == 0
    with time_machine.travel(second - dt.timedelta(hours=20)):
        assert reminders.put_due(timezone.now()) == 1


def test_a_link_to_pick_a_time_names_nothing_that_tells_when_it_was_made(cast: Cast) -> None:
    signed = times_link(cast.ada, Encounter()).rsplit("times:", 1)[1].split(":")[0]
    named = json.loads(base64.urlsafe_b64decode(signed + "=="))
    assert named and all(KEY_PATTERN.match(name) for name in named)
