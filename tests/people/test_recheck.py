"""Is it still you? Asked before what only they should do, once it is a while since they showed it (T35)."""

from __future__ import annotations

import re
import time

import pytest
import time_machine
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from goodword.people.models import OpenSession, Person
from goodword.profiles import actions as profiles
from goodword.profiles.models import ShownFile
from goodword.ui.doors import signed_in as door
from tests.cast import Cast, code_to, half_a_minute, person, signed_in
from tests.people.device import add_passkey
from tests.profiles.secrets import picture

pytestmark = pytest.mark.django_db
LATER = 16 * 60
A_DAY = 86_400


def mailed_code(browser: Client, path: str) -> str:
    """Ask for the code on the page that asks, and return it."""
    browser.post(path)
    return code_to("ada@lane.example")


def ada_with_a_file() -> tuple[Cast, str, str]:
    """Return the cast, the page on which Ada shows her profile with a file in it, and what she has seen there."""
    cast = Cast()
    profiles.keep(cast.ada_person, {"does": "Wills."})
    file = profiles.add_file(cast.ada_person, "The office", picture())
    profiles.word(cast.ada, {"does": "Wills."}, [], [file.key], [])
    path = f"/r/{cast.key}/profile/preview"
    seen = re.search(r'name="seen" value="(\w+)"', cast.ada_browser.get(path).content.decode())
    assert seen
    return cast, path, seen[1]


def test_a_file_is_not_shown_by_whoever_finds_the_browser_open_a_quarter_of_an_hour_later() -> None:
    cast, path, seen = ada_with_a_file()
    with time_machine.travel(time.time() + LATER):
        for answer in (cast.ada_browser.get(path), cast.ada_browser.post(path, {"seen": seen})):
            assert answer.headers["Location"] == f"/settings/is-it-you?next={path}"
    assert not ShownFile.objects.visible_to(cast.ben).exists()


def test_a_mailed_code_says_so_and_one_is_back_where_one_was_asked() -> None:
    cast, path, seen = ada_with_a_file()
    with time_machine.travel(time.time() + LATER):
        asks = cast.ada_browser.get(path).headers["Location"]
        code = mailed_code(cast.ada_browser, asks)
        assert cast.ada_browser.post(asks, {"code": code}).headers["Location"] == path
        assert cast.ada_browser.post(path, {"seen": seen}).headers["Location"].startswith(f"/r/{cast.key}/held/")
        half_a_minute()
    assert ShownFile.objects.visible_to(cast.ben).exists()


def test_a_wrong_code_or_one_from_another_browser_says_nothing() -> None:
    hers, elsewhere = (signed_in(person("Ada Lane", "ada@lane.example", "")) for _ in range(2))
    path = "/settings/is-it-you?next=/profile"
    with time_machine.travel(time.time() + LATER):
        code = mailed_code(hers, path)
        wrong = f"{(int(code) + 1) % 10**6:06d}"
        for browser, typed in ((hers, wrong), (elsewhere, code)):
            answer = browser.post(path, {"code": typed})
            assert answer.status_code == 422
            assert "doesn’t fit" in answer.content.decode()
            assert browser.get(path).status_code == 200


def test_the_way_on_leads_only_to_our_own_pages() -> None:
    browser = signed_in(person("Ada Lane", "ada@lane.example", ""))
    for bad in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        assert browser.get("/settings/is-it-you", {"next": bad}).headers["Location"] == "/today"


def test_signing_in_says_it_too() -> None:
    browser = Client()
    browser.post("/sign-in", {"email": "ada@lane.example"})
    browser.post("/sign-in/code", {"code": code_to("ada@lane.example")})
    assert browser.get("/settings/is-it-you?next=/profile").headers["Location"] == "/profile"


@pytest.mark.parametrize("path", ["/settings/leaving/account", "/settings/take-along"])
def test_a_mailed_code_alone_neither_closes_nor_fetches_the_account_of_somebody_with_a_passkey(path: str) -> None:
    ada = person("Ada Lane", "ada@lane.example", "Lane Law")
    hers, without = signed_in(ada), signed_in(person("Ben Moor", "ben@moor.example", ""))
    device = add_passkey(hers)
    with time_machine.travel(time.time() + LATER):
        asks = f"/settings/is-it-you?next={path}"
        assert [hers.get(path).get("Location"), hers.post(path).get("Location")] == [asks, asks]
        assert without.get(path).status_code == 200, "who has no passkey is asked for a mailed code alone"
        shown = device.show(hers.post(asks, {"challenge": "yes"}).json())
        assert hers.post(asks, {"credential": shown}).headers["Location"] == path
        assert hers.get(path).status_code == 200


@pytest.mark.parametrize("path", ["/settings/leaving/account", "/settings/take-along"])
def test_a_code_asked_for_in_time_and_typed_too_late_neither_closes_nor_fetches_it(path: str) -> None:
    browser = signed_in(person("Ada Lane", "ada@lane.example", "Lane Law"))
    add_passkey(browser)
    started = time.time()
    with time_machine.travel(started + 14 * 60):
        code = mailed_code(browser, path)
    with time_machine.travel(started + LATER):
        for answer in (browser.post(path, {"code": code}), browser.get(path)):
            assert answer.headers["Location"] == f"/settings/is-it-you?next={path}"
    assert Person.objects.filter(email="ada@lane.example").exists()


@door("POST", fresh=True)
def only_they(request: HttpRequest) -> HttpResponse:
    """A page that only they should send a form to."""
    return HttpResponse("done")


def asked(**sends: str) -> HttpResponse:
    """Send a form to that page long after signing in."""
    request = RequestFactory().post("/only-they", sends)
    request.user, request.session = person("Ada Lane", "ada@lane.example", ""), {}  # type: ignore[assignment]
    answer = only_they(request)
    assert isinstance(answer, HttpResponse)
    return answer


def test_what_was_typed_is_handed_back_and_a_press_alone_leads_to_the_question() -> None:
    answer = asked(words="Would they ring back?")
    assert answer.status_code == 403
    assert "Would they ring back?" in answer.content.decode()
    assert asked(press="yes").headers["Location"] == "/settings/is-it-you"


def test_one_session_elsewhere_is_ended_by_who_shows_that_it_is_them_and_the_own_one_at_once() -> None:
    ada = person("Ada Lane", "ada@lane.example", "Lane Law")
    here, there = Client(), Client()
    for browser in (here, there):
        browser.post("/sign-in", {"email": "ada@lane.example"})
        browser.post("/sign-in/code", {"code": code_to("ada@lane.example")})
    own, other = (
        f"/settings/sessions/{session.key}/end"
        for session in OpenSession.objects.filter(person=ada).order_by("began_at")
    )
    with time_machine.travel(time.time() + LATER):
        asks = here.post(other).headers["Location"]
        assert asks == "/settings/is-it-you?next=/settings"
        assert there.get("/settings").status_code == 200
        assert here.post(asks, {"code": mailed_code(here, asks)}).headers["Location"] == "/settings"
        here.post(other)
        assert there.get("/settings").status_code == 302
    with time_machine.travel(time.time() + A_DAY):  # of which the session takes note, with each first page of a day
        assert here.post(own).headers["Location"] == "/settings"
        assert here.get("/settings").status_code == 302
