"""Whose clock one lives by, and sessions in plain words."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from goodword.ground.moments import DEFAULT_ZONE
from goodword.people import zones
from goodword.people.browsers import browser_words
from goodword.people.models import Person
from tests.cast import Cast, code_to, letter_to, signed_in

pytestmark = pytest.mark.django_db


def came_in(zone: str, address: str = "tom@hale.example") -> tuple[Client, Person]:
    """Return a browser that signed in with a code, and told where its clock is."""
    browser = Client()
    browser.post("/sign-in", {"email": address})
    browser.post("/sign-in/code", {"code": code_to(address), "browser_zone": zone})
    return browser, Person.objects.get(email=address)


def test_the_zone_is_the_browsers_until_its_owner_says_it() -> None:
    browser, tom = came_in("America/New_York")
    assert tom.zone == "America/New_York"
    assert "Times are shown as in New York" in browser.get("/today").content.decode()
    browser.post("/settings/zone", {"zone": "Asia/Tokyo"})
    assert "Times are shown as in" not in browser.get("/today").content.decode().replace(
        "Times are shown as in Tokyo, Seoul.", ""
    )
    _again, tom = came_in("Europe/Berlin")
    assert tom.zone == "Asia/Tokyo", "said is said"


@pytest.mark.parametrize(
    "odd", ["", "Nowhere/Land", "Etc/GMT+3", "x" * 9_000, "../../etc/passwd", "UTC\x00", "Europe/London\n"]
)
def test_a_browser_that_names_nonsense_is_passed_over(odd: str) -> None:
    _browser, tom = came_in(odd)
    assert tom.zone == DEFAULT_ZONE


def test_the_list_is_short_and_has_ones_own_zone_in_it_wherever_that_is() -> None:
    browser, _tom = came_in("America/Argentina/Ushuaia")
    page = browser.get("/settings/details").content.decode()
    options = re.findall(r'<option value="([^"]+/[^"]*)"( selected)?', page)
    assert ("America/Argentina/Ushuaia", " selected") in options
    assert len(options) <= len(zones.SHORT) + 1 < 60
    assert all(zones.is_zone(name) for name, _selected in options)


def test_a_zone_that_is_none_is_not_kept(cast: Cast) -> None:
    cast.ada_browser.post("/settings/zone", {"zone": "Mars/Base"})
    cast.ada_person.refresh_from_db()
    assert cast.ada_person.zone == DEFAULT_ZONE


APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0"


@pytest.mark.parametrize(
    ("agent", "plain"),
    [
        (
            f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) {APPLE} Version/18.1 Mobile/15E148 Safari/604.1",
            "Safari on an iPhone",
        ),
        (
            f"Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) {APPLE} CriOS/130.0 Mobile/15E148 Safari/604.1",
            "Chrome on an iPad",
        ),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:132.0) Gecko/20100101 Firefox/132.0", "Firefox on a Mac"),
        (
            f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36 Edg/130.0.0.0",
            "Edge on a Windows computer",
        ),
        (f"Mozilla/5.0 (Linux; Android 14; Pixel 8) {CHROME} Mobile Safari/537.36", "Chrome on an Android phone"),
        (
            f"Mozilla/5.0 (Linux; Android 14; SM-X710) SamsungBrowser/26.0 {CHROME} Safari/537.36",
            "Samsung Internet on an Android tablet",
        ),
        (f"Mozilla/5.0 (X11; Linux x86_64) {CHROME} Safari/537.36", "Chrome on a Linux computer"),
        ("curl/8.5.0", "A browser we don’t know"),
        ("", "A browser we don’t know"),
        ("Something (Windows NT 10.0)", "A browser on a Windows computer"),
    ],
)
def test_sessions_are_named_as_a_person_would(agent: str, plain: str) -> None:
    assert browser_words(agent) == plain


def test_settings_name_the_session_and_not_its_string() -> None:
    agent = f"Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) {APPLE} Version/18.1 Mobile/15E148 Safari/604.1"
    browser = Client(headers={"User-Agent": agent})
    browser.post("/sign-in", {"email": "tom@hale.example"})
    browser.post("/sign-in/code", {"code": code_to("tom@hale.example")})
    page = browser.get("/settings").content.decode()
    assert "Safari on an iPhone" in page and "Mozilla" not in page


def test_the_first_account_of_a_house_gives_an_address_that_letters_reach() -> None:
    first = Person.objects.at("you@goodword.localhost", "Ruth Adeyemi")
    browser = signed_in(first)
    assert "No letter reaches you" in browser.get("/today").content.decode()
    browser.post("/settings/address", {"email": "Ruth@Adeyemi.example"})
    assert "/sign-in/link/" not in letter_to("ruth@adeyemi.example"), "its link would begin a second account"
    assert browser.post("/settings/address", {"code": "000000"}).status_code == 422
    code = code_to("ruth@adeyemi.example")
    assert browser.post("/settings/address", {"code": code})["Location"] == "/today"
    first.refresh_from_db()
    assert first.email == "ruth@adeyemi.example"
    assert "No letter reaches you" not in browser.get("/today").content.decode()


def test_an_address_that_has_an_account_is_not_taken_by_another(cast: Cast) -> None:
    first = Person.objects.at("you@goodword.localhost", "Ruth Adeyemi")
    browser = signed_in(first)
    browser.post("/settings/address", {"email": "ben@moor.example"})
    assert browser.post("/settings/address", {"code": code_to("ben@moor.example")}).status_code == 422
    assert cast.ada_browser.get("/settings/address")["Location"] == "/settings"


def test_a_code_for_an_address_is_no_code_to_sign_in_with() -> None:
    browser = signed_in(Person.objects.at("you@goodword.localhost", "Ruth"))
    browser.post("/settings/address", {"email": "ben@moor.example"})
    browser.post("/invitation/mailbox", {"code": code_to("ben@moor.example"), "who": "other"})
    assert "ben@moor.example" not in browser.get("/settings").content.decode()
