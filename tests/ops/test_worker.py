"""The worker: letters arrive over a real conversation, none is lost, and jobs run once whoever runs them."""

from __future__ import annotations

import datetime as dt
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from goodword.ops import jobs, schedule
from goodword.ops.models import FRESH, Beat, DueJob
from goodword.ops.worker import Worker
from goodword.post import outbox
from goodword.post.models import OutboxLetter
from tests.ops.mailserver import PostOffice, open_post_office

pytestmark = [pytest.mark.sql, pytest.mark.django_db]


@pytest.fixture
def office(settings: LazySettings) -> Iterator[PostOffice]:
    """A mail server that Goodword is told to send through."""
    with open_post_office() as (office, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 1
        yield office


def put(address: str = "ben@moor.example") -> OutboxLetter:
    """Put a sign-in letter into the outbox."""
    letter = outbox.put("sign-in", address, values={"code": "123456", "token": "t" * 43})
    assert letter is not None
    return letter


def work() -> None:
    """One step of a worker, as if every letter were due again."""
    OutboxLetter.objects.filter(sent_at=None).update(due_at=timezone.now())
    Worker().step()


def test_a_letter_arrives_with_text_and_html(office: PostOffice) -> None:
    put()
    work()
    [letter] = office.letters
    assert letter["To"] == "ben@moor.example"
    assert [part.get_content_type() for part in letter.walk()] == ["multipart/alternative", "text/plain", "text/html"]
    assert OutboxLetter.objects.get().sent_at


@pytest.mark.parametrize("mood", ["refuse", "later", "slow", "hang up", "hang up after"])
def test_no_letter_is_lost_when_the_mail_server_misbehaves(office: PostOffice, mood: str) -> None:
    office.moods = [mood, mood]
    put()
    work()
    assert OutboxLetter.objects.get().sent_at is None
    work()
    work()
    row = OutboxLetter.objects.get()
    assert row.sent_at
    assert row.attempts == 2
    assert office.letters


def test_a_letter_sent_again_keeps_its_name_so_that_the_reader_sees_one(office: PostOffice) -> None:
    office.moods = ["hang up after"]
    letter = put()
    work()
    work()
    assert [mail["Message-ID"] for mail in office.letters] == [f"<{letter.key}@testserver>"] * 2


def test_a_letter_that_went_leaves_nothing_of_its_content(office: PostOffice) -> None:
    put()
    work()
    assert bytes(OutboxLetter.objects.get().content) == b""


def test_one_address_that_is_refused_does_not_hold_the_others_up(office: PostOffice) -> None:
    office.moods = ["refuse"]
    put("a@moor.example")
    put("b@moor.example")
    work()
    assert [letter["To"] for letter in office.letters] == ["b@moor.example"]


def test_no_mail_server_at_all_loses_nothing(settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    put()
    work()
    row = OutboxLetter.objects.get()
    assert (row.sent_at, row.dropped_at, row.attempts) == (None, None, 1)
    assert bytes(row.content)


def test_without_a_mail_server_letters_are_files_for_their_owner_alone(settings: LazySettings, tmp_path: Path) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "goodword.post.folder.FolderBackend", str(tmp_path / "mail")
    put()
    work()
    [file] = (tmp_path / "mail").iterdir()
    assert file.suffix == ".eml"
    assert b"123456" in file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


@pytest.fixture
def only_jobs(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """No jobs but those the test registers; the list says which ran."""
    monkeypatch.setattr(jobs, "_jobs", {})
    return []


def test_a_job_runs_once_an_interval_whoever_asks(only_jobs: list[str]) -> None:
    now = timezone.now()
    jobs.register("one", lambda at: only_jobs.append("one") or 1, dt.timedelta(minutes=5))  # type: ignore[func-returns-value]
    jobs.begin(jobs.all_jobs(), now)
    assert [jobs.run_due(now), jobs.run_due(now), jobs.run_due(now + dt.timedelta(minutes=4))] == [1, 0, 0]
    assert jobs.run_due(now + dt.timedelta(minutes=6)) == 1
    assert only_jobs == ["one", "one"]


def test_after_a_clock_that_was_a_day_ahead_is_set_right_a_job_goes_on_at_once_and_in_its_rhythm(
    only_jobs: list[str],
) -> None:
    now, every = timezone.now(), dt.timedelta(minutes=5)
    jobs.register("one", lambda at: 1, every)
    jobs.begin(jobs.all_jobs(), now)
    assert jobs.run_due(now + dt.timedelta(days=1)) == 1
    assert [jobs.run_due(now), jobs.run_due(now), jobs.run_due(now + every)] == [1, 0, 1]
    slow = now - dt.timedelta(minutes=1)  # another machine, whose clock is a little behind, leaves it alone
    assert jobs.run_due(slow) == 0


def test_a_job_that_breaks_does_not_stop_the_others_nor_the_worker(only_jobs: list[str]) -> None:
    def broken(at: dt.datetime) -> int:
        raise ValueError("a private sentence")

    now = timezone.now()
    jobs.register("a broken one", broken, dt.timedelta(minutes=5))
    jobs.register("b", lambda at: 1, dt.timedelta(minutes=5))
    jobs.begin(jobs.all_jobs(), now)
    assert jobs.run_due(now) == 1
    assert DueJob.objects.get(name="a broken one").due_at > now


def test_every_registered_job_runs_on_an_empty_house(only_jobs: list[str]) -> None:
    schedule.register_jobs()
    now = timezone.now()
    jobs.begin(jobs.all_jobs(), now)
    assert jobs.run_due(now) == 0
    assert {job.run(now) for job in jobs.all_jobs()} == {0}


def test_letters_long_gone_are_forgotten_but_not_their_occasion() -> None:
    put()
    outbox.put("sign-in", "ben@moor.example", values={"code": "1", "token": "t"}, once="an occasion")
    long_ago = timezone.now() - dt.timedelta(days=40)
    OutboxLetter.objects.update(sent_at=long_ago)
    assert schedule.forget_letters(timezone.now()) == 1
    assert OutboxLetter.objects.get().once == "an occasion"
    assert OutboxLetter.objects.get().address == ""


def test_readyz_says_whether_a_worker_beats(client: Client) -> None:
    assert client.get("/livez").status_code == 200
    assert client.get("/readyz").content.decode().splitlines()[-1] == "worker not well"
    Worker().step()
    assert client.get("/readyz").content.decode().splitlines() == ["database well", "migrations well", "worker well"]
    for wrong in (-FRESH, dt.timedelta(days=1)):  # long ago, and by a clock that was wrong
        Beat.objects.update(at=timezone.now() + wrong)
        assert client.get("/readyz").status_code == 503
