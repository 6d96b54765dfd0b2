"""Answers to invitations: said on the page, or by a calendar whose mail is read over a real IMAP conversation."""

from __future__ import annotations

import datetime as dt
import logging
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import time_machine
from django.conf import LazySettings
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from goodword.encounters.actions import plans, reminders, replies
from goodword.encounters.models import Attendance, Encounter
from goodword.gates import actions as gates
from goodword.ops import jobs, schedule
from goodword.post import mailbox
from goodword.post.delivery import deliver_due
from goodword.post.models import OutboxLetter
from goodword.relationships import starting, waiting
from goodword.relationships.journal import Event
from tests.cast import Cast
from tests.encounters.at_hand import planned, soon
from tests.encounters.calendars_answers import MAKERS, Said, google, outlook
from tests.encounters.mailbox import PASSWORD, USER, Box, crlf, open_mailbox
from tests.encounters.test_calendars import SHAPE, invitation, letters, the_event


@pytest.fixture
def box(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Box]:
    """A mailbox that Goodword is told to read."""
    monkeypatch.setattr(replies, "_reader", mailbox.Reader())
    with open_mailbox() as (box, known_as):
        settings.MAILBOX = known_as
        yield box


def ago(minutes: int) -> str:
    """Return a moment as a calendar writes it."""
    return f"{timezone.now() - dt.timedelta(minutes=minutes):%Y%m%dT%H%M%SZ}"


def asked(who: str = "ben@moor.example") -> Said:
    """Deliver what is due; return what this person's calendar knows from the newest invitation."""
    (letter,) = [one for one in letters() if one["To"] == who and str(one["Subject"]).startswith(("You and", "Moved"))]
    event = the_event(invitation(letter))
    assert event["ATTENDEE"] == f"mailto:{who}"
    to = str(event["ORGANIZER"]).removeprefix("mailto:")
    return Said(str(event["UID"]), to, who, sequence=int(event["SEQUENCE"]), stamp=ago(5))


def read() -> int:
    """Let the worker read the mailbox."""
    return replies.read_due(timezone.now())


def says(cast: Cast, it: Encounter, said: str) -> bool:
    """Whether Ada's and Ben's pages of an encounter both show that Ben says this."""
    address = reverse("encounter", args=[cast.key, it.key])
    ada, ben = (" ".join(one.get(address).content.decode().split()) for one in (cast.ada_browser, cast.ben_browser))
    return f">Ben</span> {said}<" in ada and f">You</span> {said}<" in ben


def test_either_says_on_the_page_that_it_suits_them_or_not_and_both_see_it(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    it = planned(cast.ada)
    address, page = (reverse(name, args=[cast.key, it.key]) for name in ("encounter-attendance", "encounter"))
    letters()
    cast.ben_browser.get(page)
    with django_assert_max_num_queries(12):
        first = cast.ben_browser.get(page).content.decode()
    assert first.count(address) == 2
    assert ">Ada</span> Yes<" in " ".join(first.split())  # whoever plans says yes by it
    assert cast.ada_browser.get(page).content.decode().count(address) == 1
    for said in ("yes", "yes", "nonsense", "yes\0"):
        assert cast.ben_browser.post(address, {"said": said}).status_code == 302
    assert says(cast, it, "Yes")
    assert letters() == []
    for _ in range(2):
        cast.ben_browser.post(address, {"said": "no"})
    assert says(cast, it, "Can’t make it")
    (told,) = letters()
    assert (told["To"], str(told["Subject"]).strip()[:19]) == ("ada@lane.example", "Ben can’t make it: ")
    assert Encounter.objects.visible_to(cast.ada).get(pk=it.pk).called_off_at is None
    story = cast.ada_browser.get(reverse("relationship", args=[cast.key])).content.decode()
    assert story.count("Ben can’t make the time planned") == 2  # what is next, and the story
    waiting.settle_due(timezone.now() + dt.timedelta(seconds=1))
    today = cast.ada_browser.get(reverse("today")).content.decode()
    assert "Ben can’t make the time planned" in today
    assert it.planned_at
    with time_machine.travel(it.planned_at - dt.timedelta(hours=20)):
        reminders.put_due(timezone.now())
        reminded = {one["To"]: one.as_string() for one in letters("Coming up")}
    assert {to: "make it." in text for to, text in reminded.items()} == {
        "ada@lane.example": True,
        "ben@moor.example": False,
    }
    plans.change(cast.ada, it, planned_at=soon(6), **SHAPE)
    assert not says(cast, it, "Can’t make it")
    waiting.settle_due(timezone.now() + dt.timedelta(seconds=1))
    assert "Ben can’t make the time planned" not in cast.ada_browser.get(reverse("today")).content.decode()


def test_nobody_answers_for_what_is_past_called_off_or_seen_by_one_side_alone(cast: Cast) -> None:
    it = planned(cast.ada)
    plans.call_off(cast.ada, it)
    past = planned(cast.ada, timezone.now() - dt.timedelta(hours=1))
    alone = planned(starting.start(cast.ada_person, name="Gus Hart"))
    before = Attendance.objects.unscoped().count()
    for one in (it, past):
        assert (
            cast.ben_browser.post(reverse("encounter-attendance", args=[cast.key, one.key]), {"said": "no"}).status_code
            == 409
        )
    key = alone.relationship.key
    assert (
        cast.ada_browser.post(reverse("encounter-attendance", args=[key, alone.key]), {"said": "no"}).status_code == 409
    )
    assert (
        "Does the time suit" not in cast.ada_browser.get(reverse("encounter", args=[key, alone.key])).content.decode()
    )
    assert Attendance.objects.unscoped().count() == before


def test_an_answer_is_asked_for_only_where_a_mailbox_is_read(cast: Cast, box: Box, settings: LazySettings) -> None:
    planned(cast.ada)
    by_person = {letter["To"]: the_event(invitation(letter)) for letter in letters("You and")}
    ben, ada = by_person["ben@moor.example"], by_person["ada@lane.example"]
    assert (ben["ATTENDEE"].params["RSVP"], ben["ATTENDEE"].params["PARTSTAT"]) == ("TRUE", "NEEDS-ACTION")
    assert (ada["ATTENDEE"].params["RSVP"], ada["ATTENDEE"].params["PARTSTAT"]) == ("FALSE", "ACCEPTED")
    name, _, host = USER.partition("@")
    assert ben["ORGANIZER"].startswith(f"mailto:{name}+")
    assert ben["ORGANIZER"].endswith(f"@{host}")
    assert ben["ORGANIZER"] != ada["ORGANIZER"]
    it = Encounter.objects.visible_to(cast.ada).get()
    plans.change(cast.ben, it, planned_at=soon(6), **SHAPE)
    moved = {letter["To"]: the_event(invitation(letter)) for letter in letters("Moved")}
    assert moved["ben@moor.example"]["ORGANIZER"] == ben["ORGANIZER"]
    assert moved["ada@lane.example"]["ATTENDEE"].params["RSVP"] == "TRUE"
    settings.MAILBOX = None
    planned(cast.ada)
    for letter in letters("You and"):
        event = the_event(invitation(letter))
        assert (event["ATTENDEE"].params["RSVP"], event["ATTENDEE"].params["PARTSTAT"]) == ("FALSE", "NEEDS-ACTION")
        assert event["ORGANIZER"] == f"mailto:{settings.DEFAULT_FROM_EMAIL}"
        assert "in your calendar, both of you see" not in letter.as_string()


@pytest.mark.parametrize("maker", MAKERS)
def test_what_google_outlook_and_apple_send_back_is_understood(cast: Cast, box: Box, maker: str) -> None:
    it = planned(cast.ada)
    said = asked()
    for minutes, partstat, shown in (
        (4, "TENTATIVE", "Perhaps"),
        (3, "ACCEPTED", "Yes"),
        (2, "DECLINED", "Can’t make it"),
    ):
        box.mails.append(MAKERS[maker](replace(said, partstat=partstat, stamp=ago(minutes))))
        assert read() == 1
        assert says(cast, it, shown)
    assert len(box.seen) == 3
    assert [(one["To"], "Ben can’t make it" in one["Subject"]) for one in letters()] == [("ada@lane.example", True)]


def test_each_mail_counts_once_and_the_order_is_the_one_it_was_said_in(cast: Cast, box: Box) -> None:
    it = planned(cast.ada)
    said = asked()
    newer = google(replace(said, partstat="ACCEPTED", stamp=ago(1)))
    box.mails += [newer, outlook(replace(said, partstat="DECLINED", stamp=ago(3)))]
    assert (read(), read()) == (1, 0)
    assert says(cast, it, "Yes")
    box.mails.append(newer)
    box.seen.clear()  # a crash between reading and marking: everything comes again
    assert read() == 0
    assert says(cast, it, "Yes")
    assert letters() == []
    box.mails.append(google(replace(said, partstat="TENTATIVE", stamp=ago(-600))))
    assert read() == 1  # a clock ten hours ahead
    cast.ben_browser.post(reverse("encounter-attendance", args=[cast.key, it.key]), {"said": "yes"})
    assert says(cast, it, "Yes")


def test_an_answer_from_another_address_of_the_invited_is_theirs(cast: Cast, box: Box) -> None:
    it = planned(cast.ada)
    said = asked()
    box.mails.append(google(replace(said, sender="benjamin.moor@mail.else.example", partstat="TENTATIVE")))
    assert read() == 1
    assert says(cast, it, "Perhaps")
    box.mails.append(outlook(replace(said, sender="b.moor@moor.example", partstat="DECLINED", stamp=ago(1))))
    assert read() == 1
    assert says(cast, it, "Can’t make it")


@pytest.mark.parametrize("maker", MAKERS)
def test_of_two_answers_with_one_stamp_the_later_to_come_counts(cast: Cast, box: Box, maker: str) -> None:
    it = planned(cast.ada)
    said = asked()
    for partstat, shown in (("ACCEPTED", "Yes"), ("DECLINED", "Can’t make it"), ("ACCEPTED", "Yes")):
        box.mails.append(MAKERS[maker](replace(said, partstat=partstat)))
        assert read() == 1
        assert says(cast, it, shown)
    box.mails.append(MAKERS[maker](replace(said, partstat="ACCEPTED")))
    assert read() == 0


@pytest.mark.parametrize(
    ("maker", "partstat"), [("Google", "NEEDS-ACTION"), ("Outlook", "TENTATIVE"), ("Apple", "DECLINED")]
)
def test_a_new_time_proposed_by_a_calendar_reaches_the_other_side_who_can_move_it_there(
    cast: Cast, box: Box, maker: str, partstat: str
) -> None:
    it = planned(cast.ada)
    letters()
    with time_machine.travel(dt.datetime(2030, 11, 20, 12, tzinfo=dt.UTC)):
        plans.change(cast.ada, it, planned_at=dt.datetime(2030, 12, 3, 10, tzinfo=dt.UTC), **SHAPE)
        countered = MAKERS[maker](replace(asked(), partstat=partstat, method="COUNTER"))
        box.mails.append(countered)
        assert read() == 1
        (told,) = letters("Ben proposes")
        assert (told["To"], str(told["Subject"])) == (
            "ada@lane.example",
            "Ben proposes Wednesday 4 December, 10:00 GMT",
        )
        address = reverse("encounter", args=[cast.key, it.key])
        page = cast.ada_browser.get(address).content.decode()
        assert "would rather: " in page and "Wednesday 4 December, 10:00 GMT" in page
        assert "Wednesday 4 December, 10:00 GMT" in cast.ben_browser.get(address).content.decode()
        (link,) = re.findall(r'href="([^"]*/change\?to=[^"]*)"', page)
        form = cast.ada_browser.get(link).content.decode()
        assert 'value="2030-12-04"' in form and 'value="10:00"' in form
        assert "?to=" not in cast.ben_browser.get(address).content.decode()
        box.mails.append(countered)
        assert read() == 0
        plans.change(cast.ada, it, planned_at=dt.datetime(2030, 12, 4, 10, tzinfo=dt.UTC), **SHAPE)
        assert "would rather" not in cast.ada_browser.get(address).content.decode()


def test_an_answer_to_an_older_plan_is_none_to_the_new_one(cast: Cast, box: Box) -> None:
    it = planned(cast.ada)
    old = asked()
    plans.change(cast.ada, it, planned_at=soon(6), **SHAPE)
    new = asked()
    assert (new.uid, new.to, new.sequence) == (old.uid, old.to, old.sequence + 1)
    box.mails.append(google(replace(old, partstat="DECLINED", stamp=ago(0))))
    assert read() == 0
    as_a_file_alone = google(replace(new, partstat="ACCEPTED")).replace(b"text/calendar", b"text/x-calendar")
    box.mails.append(as_a_file_alone)
    assert read() == 1
    assert says(cast, it, "Yes")


def test_what_is_forged_foreign_or_no_reply_changes_nothing_and_is_answered_by_nothing(
    cast: Cast, box: Box, caplog: pytest.LogCaptureFixture
) -> None:
    it = planned(cast.ada)
    said = replace(asked(), partstat="DECLINED")
    ada_to = said.to.replace("+", "+a", 1)
    other = planned(cast.ada, soon(5))
    others = asked()
    reply = google(said)
    box.mails += [
        google(replace(said, to=USER)),  # without the secret
        google(replace(said, to=ada_to)),  # with a wrong one
        google(replace(said, sender="ada@lane.example")),  # Ben's secret in Ada's name
        google(replace(said, to=others.to)),  # the secret of another encounter
        google(replace(said, to=USER, sender="cleo@stone.example")),
        google(replace(said, uid="A" * 22 + "@testserver")),
        google(replace(said, uid=it.key + "@elsewhere.example")),
        google(replace(said, uid="\0" + said.uid)),
        google(replace(said, method="COUNTER", to=USER)),
        google(replace(said, method="DECLINECOUNTER")),
        google(replace(said, method="REQUEST")),
        google(replace(said, partstat="DELEGATED")),
        google(replace(said, stamp="whenever")),
        google(replace(said, stamp="20261127T091502")),
        google(replace(said, sequence=-1)),
        reply.replace(b"TRANSP:OPAQUE", b"RECURRENCE-ID:20301204T100000Z"),
        reply.replace(b"TRANSP:OPAQUE", b"ATTENDEE;PARTSTAT=ACCEPTED:mailto:x@x.example"),
        reply.replace(b"BEGIN:VEVENT", b"BEGIN:VTODO"),
    ]
    seen_before = Event.objects.unscoped().count(), OutboxLetter.objects.count()
    with caplog.at_level(logging.DEBUG):
        assert read() == 0
    assert len(box.seen) == len(box.mails)
    assert (Event.objects.unscoped().count(), OutboxLetter.objects.count()) == seen_before
    assert not Attendance.objects.unscoped().filter(author=cast.ben_person).exists()
    assert caplog.text == ""
    assert deliver_due() == 0
    box.mails.append(reply)
    assert read() == 1
    assert says(cast, it, "Can’t make it")
    assert not says(cast, other, "Can’t make it")


def test_mails_that_are_broken_endless_or_bombs_are_left_alone(
    cast: Cast, box: Box, caplog: pytest.LogCaptureFixture
) -> None:
    planned(cast.ada)
    reply = google(asked())
    rule = b"BEGIN:VTIMEZONE\r\nTZID:Mine\r\nBEGIN:STANDARD\r\nDTSTART:16010101T000000\r\nRRULE:FREQ=SECONDLY\r\nTZOFFSETFROM:+0000"
    nested = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(4000))
    start, end = reply.index(b"BEGIN:VCALENDAR"), reply.index(b"END:VCALENDAR")
    box.mails += [
        b"",
        b"\0" * 1000,
        b"\xff\xfe" * 1000,
        b"Content-Type: text/calendar; charset=x-none\r\n\r\n\xff",
        reply[: len(reply) // 2],
        nested,
        reply + b"x" * 300_000,
        reply[:start] + b"BEGIN:VEVENT\r\n" * 20_000 + reply[end:],
        crlf("Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID;\nATTENDEE\nEND:VEVENT"),
    ]
    begun = time.thread_time()
    with caplog.at_level(logging.DEBUG):
        assert read() == 0
    assert len(box.seen) == len(box.mails)
    assert caplog.text == ""
    box.mails.append(reply.replace(b"BEGIN:VEVENT", rule + b"\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT"))
    assert read() == 1
    assert time.thread_time() - begun < 5  # seconds of work, however busy the machine


def test_an_answer_after_the_end_or_from_somebody_who_left_says_nothing(cast: Cast, box: Box) -> None:
    assert cast.bea
    it = planned(cast.ada)
    bea = asked("bea@moor.example")
    starting.leave(cast.ben, "bea@moor.example")
    box.mails.append(google(bea))
    assert read() == 0
    plans.change(cast.ada, it, planned_at=soon(6), **SHAPE)
    ben = asked()
    gates.let_go(cast.ada)
    box.mails.append(google(ben))
    assert read() == 0
    assert not Attendance.objects.unscoped().exclude(author=cast.ada_person).exists()


@pytest.mark.parametrize("mood", ["refuse", "hang up", "slow", "drip"])
def test_a_server_that_refuses_hangs_up_or_dawdles_stops_no_worker_and_is_said_once(
    cast: Cast, box: Box, mood: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mailbox, "PATIENCE", 0.3)
    monkeypatch.setattr(mailbox, "BUDGET", 0.6)
    monkeypatch.setattr(jobs, "_jobs", {})
    schedule.register_jobs()
    jobs.begin(jobs.all_jobs(), timezone.now())
    it = planned(cast.ada)
    box.mails.append(google(asked()))
    box.mood = mood
    at = timezone.now()
    with caplog.at_level(logging.WARNING):
        for minute in range(1, 4):
            jobs.run_due(at + dt.timedelta(minutes=minute))
            replies._reader._not_before = 0.0
    assert box.visits() >= 3
    assert [record.name for record in caplog.records] == ["goodword.post"]
    assert all(secret not in caplog.text for secret in (PASSWORD, "moor", "private sentence"))
    assert box.seen == set()
    box.mood = ""
    monkeypatch.setattr(
        mailbox, "PATIENCE", 30
    )  # a server that answers has all the time it needs, on a busy machine too
    monkeypatch.setattr(mailbox, "BUDGET", 60)
    jobs.run_due(at + dt.timedelta(minutes=5))
    assert says(cast, it, "Yes")
    assert "answers again" in caplog.text


def test_a_server_that_is_away_is_asked_ever_more_rarely(cast: Cast, box: Box) -> None:
    box.mood = "refuse"
    for _ in range(5):
        read()
    assert box.visits() == 1


def test_nothing_of_a_mail_is_kept(cast: Cast, box: Box) -> None:
    planned(cast.ada)
    box.mails.append(outlook(asked()))
    assert read() == 1
    mail.outbox.clear()
    deliver_due()
    rows = str(list(Attendance.objects.unscoped().values())) + str(list(Event.objects.unscoped().values()))
    assert "private sentence" not in rows + "".join(str(one.message()) for one in mail.outbox)
