"""Doing a thing comes back to where one came from, or goes on to the next thing that waits (WAY, principle 1)."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from goodword.briefings import weighing_actions
from goodword.relationships.steps import Step
from tests.cast import Cast
from tests.desk.test_came_of_it import sheet, tap

pytestmark = pytest.mark.django_db


def read(browser: Client, address: str) -> str:
    """Return a page as it is read."""
    return browser.get(address, follow=True).content.decode()


def carried(page: str) -> set[str]:
    """Return where the forms of a page lead back to."""
    return set(re.findall(r'name="back" value="([^"]+)"', page))


def test_the_promise_read_once_does_not_lose_the_way_back() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    browser = cast.ada_browser
    sent = browser.get(f"/r/{cast.key}/check?back=today").headers["Location"]
    page = read(browser, sent)
    assert "Who sees what you write here?" in page and carried(page) == {"today"}
    led = browser.post(sent, {"to": "reservation-check", "back": "today"}).headers["Location"]
    assert led == f"/r/{cast.key}/check?back=today"
    assert carried(read(browser, led)) == {"today"}
    done = browser.post(f"/r/{cast.key}/check", {"answer": "nothing", "back": "today"})
    assert done.headers["Location"] == "/today"


def test_the_promise_leads_back_to_the_sheet_too_and_to_no_address_from_outside() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    browser, address = cast.ada_browser, sheet(cast)
    tap(browser, address, "met", "met")
    [led] = re.findall(r'href="([^"]+)">Something does…', read(browser, address))
    [back] = carried(read(browser, led))
    sent = browser.post(f"/r/{cast.key}/reservations/promise", {"to": "reservations", "back": back})
    assert sent.headers["Location"] == led
    sent = browser.get(f"/r/{cast.key}/check?back=//elsewhere.example")
    assert "elsewhere" not in sent.headers.get("Location", "")


def test_a_purpose_that_was_asked_for_on_today_leads_back_there_and_says_that_it_is_kept() -> None:
    cast = Cast(at=Step.SECOND_BRIEFING)
    where, said = f"/r/{cast.key}/purpose", {"text": "To be of use"}
    kept = cast.ada_browser.post(where, {**said, "back": "today"})
    assert kept.headers["Location"] == "/today"
    assert "Kept. Ben sees it only if you show it." in read(cast.ada_browser, "/today")
    assert cast.ada_browser.post(where, said).headers["Location"] == where


def test_a_purpose_in_ones_own_words_leads_back_to_the_sheet() -> None:
    cast = Cast(at=Step.SECOND_BRIEFING)
    browser, address = cast.ada_browser, sheet(cast)
    for part, answer in (("met", "met"), ("hesitation", "nothing"), ("understood", "right")):
        tap(browser, address, part, answer)
    [led] = re.findall(r'href="([^"]+)">In my own words…', read(browser, address))
    [back] = carried(read(browser, led))
    kept = browser.post(f"/r/{cast.key}/purpose", {"text": "To be of use", "back": back})
    assert kept.headers["Location"] == address
    assert "Written down" in read(browser, address)


def test_a_purpose_the_other_has_asked_for_stays_where_it_can_be_shown() -> None:
    cast = Cast(at=Step.SECOND_BRIEFING)
    weighing_actions.ask_purpose(cast.ben)
    kept = cast.ada_browser.post(f"/r/{cast.key}/purpose", {"text": "To be of use", "back": "today"})
    assert kept.headers["Location"] == f"/r/{cast.key}/purpose?back=today"
    assert "Show it to Ben" in read(cast.ada_browser, kept.headers["Location"])
