"""Two phones hold one meeting, in a real browser: the same clock, a dropped connection, nothing lost or doubled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from goodword.encounters.models import JointNote, OwnNote
from tests.cast import Cast
from tests.encounters.at_hand import planned

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


Phone = Callable[..., Any]


@pytest.fixture
def phone(browser: Any, live_server: Any) -> Iterator[Phone]:
    """Hand out phones in which somebody is signed in; put away at the end, so that none goes on asking."""
    contexts = []

    def hand_out(client: Client, javascript: bool = True) -> Any:
        context = browser.new_context(viewport={"width": 390, "height": 844}, java_script_enabled=javascript)
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
        contexts.append(context)
        return context.new_page()

    yield hand_out
    for context in contexts:
        context.close()


def test_both_phones_show_one_clock_and_words_survive_a_dropped_connection(live_server: Any, phone: Phone) -> None:
    cast = Cast()
    it = planned(cast.ada, timezone.now() + dt.timedelta(minutes=1))
    address = live_server.url + reverse("table", args=[cast.key, it.key])
    ada, ben = (phone(client) for client in (cast.ada_browser, cast.ben_browser))
    ada.goto(address)
    ben.goto(address)
    ada.get_by_role("button", name="Start with Ben’s half").click()
    ben.get_by_role("button", name="Pause").wait_for(timeout=15_000)
    assert "your half" in ben.locator(".clock-read").inner_text()

    ada.context.set_offline(True)
    ada.fill("textarea", "Ask about the fitters")
    ada.get_by_role("button", name="Put away").click()
    ada.locator("[data-kept]").wait_for(state="visible")
    assert ada.input_value("textarea") == ""
    assert ada.evaluate("Object.keys(localStorage).length + Object.keys(sessionStorage).length") == 0
    ada.context.set_offline(False)
    ada.locator("[data-kept]").wait_for(state="hidden", timeout=15_000)
    assert [note.text.unseal(cast.ada) for note in OwnNote.objects.visible_to(cast.ada)] == ["Ask about the fitters"]

    ada.goto(address + "?note=both")
    ada.fill("textarea", "Ben shows Ada the workshop")
    ada.get_by_role("button", name="Note it for both").click()
    ben.get_by_text("Ben shows Ada the workshop").wait_for(timeout=15_000)
    assert JointNote.objects.visible_to(cast.ben).count() == 1


def test_half_time_is_on_both_phones_within_two_seconds(live_server: Any, phone: Phone) -> None:
    cast = Cast()
    it = planned(cast.ada, timezone.now() + dt.timedelta(minutes=1))
    address = live_server.url + reverse("table", args=[cast.key, it.key])
    phones = [phone(client) for client in (cast.ada_browser, cast.ben_browser)]
    with time_machine.travel(timezone.now(), tick=True) as house:
        for one in phones:
            one.clock.install()
            one.goto(address)
        phones[0].get_by_role("button", name="Start with Ben’s half").click()
        phones[1].reload()
        for passed in (dt.timedelta(minutes=29, seconds=50), dt.timedelta(seconds=11)):
            for one in phones:
                expect(one.locator(".clock-read")).to_contain_text("Ben’s half" if one is phones[0] else "your half")
                expect(one.get_by_text("Half-time")).to_have_count(0)
            house.shift(passed)
            for one in phones:
                one.clock.fast_forward(int(passed.total_seconds() - 2) * 1000)
                one.clock.run_for(2000)  # two seconds of the phone's own time, in which it hears of what has changed
            expect(phones[0].locator("[data-left]")).to_have_text("1" if passed.seconds > 60 else "30")
        expect(phones[0].get_by_text("Half-time. Over to you.")).to_be_visible()
        expect(phones[1].get_by_text("Half-time. Over to Ada.")).to_be_visible()


def test_ten_minutes_without_a_network_lose_nothing_and_double_nothing(live_server: Any, phone: Phone) -> None:
    cast = Cast()
    it = planned(cast.ada, timezone.now() + dt.timedelta(minutes=1))
    address = live_server.url + reverse("table", args=[cast.key, it.key])
    ada, ben = (phone(client) for client in (cast.ada_browser, cast.ben_browser))
    with time_machine.travel(timezone.now(), tick=True) as house:
        ada.clock.install()
        ada.goto(address)
        ada.get_by_role("button", name="Start with Ben’s half").click()
        expect(ada.locator("[data-left]")).to_have_text("30")
        ada.clock.run_for(2000)
        ada.context.set_offline(True)
        for words in ("Ask about the fitters", "He lights up at the workshop"):
            ada.fill("textarea", words)
            ada.get_by_role("button", name="Put away").click()
            expect(ada.locator("[data-kept]")).to_be_visible()
        house.shift(dt.timedelta(minutes=10))
        ada.clock.run_for(600_000)
        expect(ada.locator("[data-left]")).to_have_text("20")  # it goes on by itself
        ben.goto(address + "?note=both")
        ben.fill("textarea", "Ben shows Ada the workshop")
        ben.get_by_role("button", name="Note it for both").click()
        expect(ben.get_by_text("Ben shows Ada the workshop")).to_be_visible()
        ada.context.set_offline(False)
        ada.clock.run_for(4000)
        expect(ada.locator("[data-kept]")).to_be_hidden()
        ada.clock.run_for(2000)
        expect(ada.get_by_text("Ben shows Ada the workshop")).to_be_visible()
        expect(ada.locator("[data-left]")).to_have_text("20")
    kept = OwnNote.objects.visible_to(cast.ada).order_by("created_at")
    assert [note.text.unseal(cast.ada) for note in kept] == ["Ask about the fitters", "He lights up at the workshop"]
    assert JointNote.objects.visible_to(cast.ada).count() == 1


def test_without_javascript_the_clock_still_shows_what_is_left(live_server: Any, phone: Phone) -> None:
    cast = Cast()
    it = planned(cast.ada, timezone.now() + dt.timedelta(minutes=1))
    page = phone(cast.ada_browser, javascript=False)
    page.goto(live_server.url + reverse("table", args=[cast.key, it.key]))
    page.get_by_role("button", name="Start with your half").click()
    assert "minutes left" in page.locator(".clock-read").inner_text()
    page.get_by_role("link", name="Refresh").click()
    page.fill("textarea", "He smiles")
    page.get_by_role("button", name="Put away").click()
    assert "He smiles" not in page.content()
    assert OwnNote.objects.visible_to(cast.ada).count() == 1


def test_j8_three_times_are_offered_in_four_taps_and_one_is_accepted_in_two(live_server: Any, phone: Phone) -> None:
    cast = Cast()
    ada = phone(cast.ada_browser)
    ada.goto(live_server.url + reverse("encounter-offer", args=[cast.key]))
    for tick in ada.locator("input[name=starts]").all()[:3]:
        tick.check()  # three taps
    ada.get_by_role("button", name="Offer these times").click()  # the fourth
    ada.get_by_role("heading", name="Ben has your times").wait_for()
    ben = phone(cast.ben_browser)
    ben.goto(live_server.url + reverse("encounters", args=[cast.key]))
    ben.get_by_role("link", name="Meeting with Ada").click()  # one tap
    ben.locator("button[name=time]").nth(1).click()  # two
    ben.get_by_text("It is planned").wait_for()
