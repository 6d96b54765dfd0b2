"""Where somebody is signed in: a browser that is new is told of by mail, one that is not used is signed out by itself (T35)."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlsplit

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from goodword.people import devices
from goodword.people.models import KnownBrowser
from goodword.post.delivery import deliver_due
from tests.cast import code_to, letter_to
from tests.people.device import add_passkey

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"
START = dt.datetime(2026, 6, 9, 12, 0, tzinfo=dt.UTC)


def enter(browser: Client, address: str = "tom@hale.example") -> HttpResponse:
    """Sign in by mail."""
    browser.post("/sign-in", {"email": address})
    answer = browser.post("/sign-in/code", {"code": code_to(address)}, headers={"User-Agent": CHROME})
    deliver_due()
    return answer  # type: ignore[return-value]


def told() -> list[str]:
    """Return the subjects of the letters to the two of them that were no codes."""
    deliver_due(500)
    ours = [one for one in mail.outbox if one.to in (["tom@hale.example"], ["mei@bridge.example"])]
    return [one.subject for one in ours if "is your code" not in one.subject]


def test_the_first_browser_is_no_news_and_the_same_one_never_is() -> None:
    browser = Client()
    for _ in range(2):
        enter(browser)
        browser.post("/sign-out")
    assert told() == []


def test_another_browser_is_told_of_with_its_name() -> None:
    enter(Client())
    enter(Client())
    assert told() == ["You signed in with a browser we didn’t know"]
    assert "Chrome on a Windows computer" in letter_to("tom@hale.example")


def test_two_people_at_one_browser_are_both_known_there() -> None:
    browser = Client()
    for address in ("tom@hale.example", "mei@bridge.example") * 2:
        enter(browser, address)
        browser.post("/sign-out")
    assert told() == []


def test_the_cookie_that_names_a_browser_lies_nowhere_and_no_script_reads_it() -> None:
    browser = Client()
    enter(browser)
    cookie = browser.cookies[devices.COOKIE]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"
    assert cookie.value not in repr(list(KnownBrowser.objects.values()))


def test_a_session_that_is_not_used_for_a_month_has_ended_and_one_that_is_goes_on() -> None:
    used, idle = Client(), Client()
    with time_machine.travel(START) as clock:
        enter(used)
        enter(idle)
        for _ in range(4):
            clock.shift(10 * 86_400)
            assert used.get("/today").status_code == 200
        assert urlsplit(idle.get("/today").headers["Location"]).path == "/sign-in"


def test_after_half_a_year_every_session_ends_and_nothing_of_it_stays() -> None:
    browser = Client()
    with time_machine.travel(START) as clock:
        enter(browser)
        for _ in range(8):
            clock.shift(20 * 86_400)
            assert browser.get("/today").status_code == 200
        clock.shift(20 * 86_400)
        assert browser.get("/today").status_code == 302
        assert not Session.objects.filter(expire_date__gt=START + dt.timedelta(days=179)).exists()


def test_a_session_is_written_once_a_day_and_not_at_every_page() -> None:
    browser = Client()
    with time_machine.travel(START) as clock:
        enter(browser)
        before = Session.objects.get().session_data
        browser.get("/settings")
        assert Session.objects.get().session_data == before
        clock.shift(86_400)
        browser.get("/settings")
        assert Session.objects.get().session_data != before


def test_browsers_that_no_cookie_names_any_more_are_forgotten() -> None:
    with time_machine.travel(START) as clock:
        enter(Client())
        clock.shift(401 * 86_400)
        assert devices.forget_old(dt.datetime.now(dt.UTC)) == 1


ELSEWHERE = "/settings/sessions/elsewhere"


def is_in(browser: Client) -> bool:
    """Whether somebody is signed in there."""
    return browser.get("/today").status_code == 200


def test_whoever_changes_how_they_sign_in_is_offered_to_end_every_other_session() -> None:
    laptop, phone, others = Client(), Client(), Client()
    for browser in (laptop, phone):
        enter(browser)
    enter(others, "mei@bridge.example")
    add_passkey(laptop)
    assert is_in(phone)
    for page in ("/settings/ways-in", "/settings/addresses", "/settings"):
        assert f'href="{ELSEWHERE}"' in laptop.get(page).content.decode(), page
    assert "In one other browser" in laptop.get("/settings/ways-in").content.decode()
    assert "Chrome on a Windows computer" in laptop.get(ELSEWHERE).content.decode()
    assert is_in(phone), "looking ends nothing"
    assert laptop.post(ELSEWHERE).headers["Location"] == "/settings"
    assert "You are signed in here alone now." in laptop.get("/settings").content.decode()
    assert not is_in(phone)
    assert is_in(laptop) and is_in(others)


def test_whoever_is_signed_in_nowhere_else_is_offered_nothing() -> None:
    laptop, others = Client(), Client()
    enter(laptop)
    enter(others, "mei@bridge.example")
    for page in ("/settings/ways-in", "/settings/addresses", "/settings"):
        assert ELSEWHERE not in laptop.get(page).content.decode(), page
    assert "You are signed in here alone" in laptop.get(ELSEWHERE).content.decode()


def test_whoever_finds_a_browser_open_does_not_sign_its_owner_out_everywhere_else() -> None:
    laptop, phone = Client(), Client()
    with time_machine.travel(START) as clock:
        for browser in (laptop, phone):
            enter(browser)
        clock.shift(16 * 60)
        for answer in (laptop.get(ELSEWHERE), laptop.post(ELSEWHERE)):
            assert answer.headers["Location"] == f"/settings/is-it-you?next={ELSEWHERE}"
        assert is_in(phone)
