"""Reports, introductions and gathered news on their way: undone with their act, sent again under one name, never lost."""

from __future__ import annotations

import datetime as dt
import socket
from collections import Counter
from collections.abc import Iterator

import pytest
import time_machine
from django.conf import LazySettings
from django.db import transaction
from django.utils import timezone

from goodword.leads.actions import giving, introducing, receiving
from goodword.leads.actions.giving import Consent
from goodword.leads.mailing import digest
from goodword.leads.models import Lead
from goodword.post.delivery import deliver_due
from goodword.post.models import OutboxLetter
from goodword.relationships.steps import Step
from tests.cast import Cast, half_a_minute
from tests.ops.mailserver import PostOffice, open_post_office

MONDAY = dt.datetime(2030, 3, 4, 10, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def cast(db: None, settings: LazySettings) -> Iterator[Cast]:
    """Return the cast on a Monday, with a mail server that does not answer, and no letters waiting."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    with time_machine.travel(MONDAY, tick=False):
        made = Cast(at=Step.ADVOCATE)
        digest.choose(made.bea.person, "day")
        OutboxLetter.objects.all().delete()
        yield made


def acts(cast: Cast) -> Lead:
    """Give a lead, introduce the person and report."""
    agreed = Consent(timezone.localdate())
    lead = giving.give(
        cast.ben, why="A shop.", route="now", name="Mrs Sorrell", reach="sorrell@else.example", consent=agreed
    )
    introducing.introduce(cast.ben, lead, "Meet Ada.", "ours")
    receiving.report(cast.ada, lead, outcome="client", line="Thank you.")
    return lead


def come_by(minutes: float) -> None:
    """Let worker and post come by some minutes after Monday at ten."""
    with time_machine.travel(MONDAY + minutes * MINUTE, tick=False):
        digest.gather_due(timezone.now())
        deliver_due()


def test_an_act_that_is_undone_sends_nothing(cast: Cast) -> None:
    with transaction.atomic():
        acts(cast)
        assert OutboxLetter.objects.count() == 4
        transaction.set_rollback(True)
    assert not OutboxLetter.objects.exists()


def test_ten_minutes_without_a_mail_server_lose_nothing_and_slow_no_page(cast: Cast, settings: LazySettings) -> None:
    lead = acts(cast)
    for minute in range(1, 11):
        come_by(minute)
    with socket.create_server(("127.0.0.1", 0)) as silent:  # takes a call, and never says a word
        silent.setblocking(False)
        settings.EMAIL_PORT = silent.getsockname()[1]
        report = {"outcome": "not_now"}
        assert cast.ada_browser.post(f"/r/{cast.key}/leads/{lead.key}/report", report).status_code == 302
        half_a_minute()
        with pytest.raises(BlockingIOError):  # nobody called: a page never talks to a mail server
            silent.accept()
    with open_post_office() as (office, settings.EMAIL_PORT):
        for minute in range(11, 90):
            come_by(minute)
        come_by(22 * 60)  # the morning of whoever gathers
        arrived = Counter((one["To"], one["Subject"]) for one in office.letters)
    assert arrived == {
        ("ada@lane.example", "Ben has a lead for you"): 1,
        ("sorrell@else.example", "An introduction from Ben Moor"): 1,
        ("ada@lane.example", "Ben Moor has introduced you"): 1,
        ("ben@moor.example", "News of a lead you gave Ada"): 2,
        ("bea@moor.example", "News of leads you gave"): 1,
    }


def test_a_crash_after_handing_over_doubles_a_letter_once_under_the_same_name(
    cast: Cast, settings: LazySettings
) -> None:
    acts(cast)
    with open_post_office() as (office, settings.EMAIL_PORT):
        office.moods = ["hang up after"] * 4
        for minute in (1, 5, 10):
            come_by(minute)
        office.moods = ["hang up after"]
        for minute in (22 * 60, 22 * 60 + 5, 22 * 60 + 10):
            come_by(minute)
        names = Counter(named(office))
    assert len(names) == 5 and set(names.values()) == {2}


def named(office: PostOffice) -> list[str]:
    """Return the names by which a mail program knows each letter that arrived."""
    return [str(one["Message-ID"]) for one in office.letters]
