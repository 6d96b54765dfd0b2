"""Every address, from every viewpoint, with every method: nobody gets through a door that is not theirs."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client

from goodword.ui.doors import check_doors, routes
from tests.house.door_table import DOORS
from tests.house.rows import BY_HERSELF, ELSEWHERE
from tests.house.world import OUTSIDE, SEATED, VIEWPOINTS, Address, World, undone

METHODS = ("GET", "POST", "PUT", "DELETE")  # HEAD goes with GET: test_reading asks it everywhere
FINE = {200, 204, 302, 409, 422}
FORM = "application/x-www-form-urlencoded"
pytestmark = pytest.mark.usefixtures("left_to_the_worker")


def ask(browser: Client, method: str, address: Address) -> HttpResponse:
    """Ask once and undo whatever the answer changed, the browser's cookies too."""
    with undone(browser):
        return browser.generic(method, address.path, urlencode(address.sends), FORM)  # type: ignore[return-value]


def asked(address: Address) -> tuple[str, ...]:
    """Return the methods an address is asked with. Where nobody may go, only what is served."""
    return METHODS if address.holders else address.methods


def expected(address: Address, who: str, method: str) -> set[int]:
    """Return the statuses that are right for this address, viewpoint and method."""
    allowed = method in address.methods
    if address.door == "public":
        # No worker beats in a test, and the house says so.
        return {*FINE, 404, *({503} if address.route == "readyz" else ())} if allowed else {405}
    if who in ("guest", "nobody"):  # asked to sign in; whoever had written something gets their words back with it
        return {403} if method == "POST" and any(" " in value for value in address.sends.values()) else {302}
    elsewhere = {ELSEWHERE: ("ada", "cleo"), BY_HERSELF: ("ada",)}
    sitting = elsewhere.get(address.label) or (SEATED if address.door == "seated" else VIEWPOINTS)
    if who not in sitting or (allowed and who not in address.holders):
        return {404}
    return FINE if allowed else {405}


def test_every_route_declares_its_door_and_stands_in_the_table() -> None:
    assert check_doors() == []
    names = {pattern.name for _path, pattern in routes()}
    assert names == set(DOORS), f"missing: {names - set(DOORS)}, gone: {set(DOORS) - names}"


@pytest.mark.parametrize("who", VIEWPOINTS)
def test_each_door_opens_to_its_holders_only(world: World, doors: list[Address], who: str) -> None:
    wrong = []
    for address in doors:
        for method in asked(address):
            got = ask(world.browsers[who], method, address).status_code
            if got not in expected(address, who, method):
                wrong.append(f"{address.route} {address.label} {method}: {got}")
    assert not wrong, "\n".join(wrong)


def test_what_is_hidden_answers_exactly_like_what_never_was(world: World) -> None:
    for who in OUTSIDE[:2]:
        browser = world.browsers[who]
        absent = browser.get("/r/AAAAAAAAAAAAAAAAAAAAAA")
        hidden = browser.get(f"/r/{world.key}")
        assert absent.status_code == hidden.status_code == 404
        strip = [answer.content.split(b"csrfmiddlewaretoken")[0] for answer in (absent, hidden)]
        assert strip[0] == strip[1]
        assert dict(absent.headers) == dict(hidden.headers)


# Mail programs post these by themselves (RFC 8058): the signature in the address is the permission. A phone's share sheet posts
# what another app shares: it is read back on a page and kept nowhere (tests/leads/test_cards.py).
WITHOUT_TOKEN = {"stop-letters", "lead-shared"}


def test_a_form_without_our_token_changes_nothing(world: World, doors: list[Address]) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.ada_person, backend="django.contrib.auth.backends.ModelBackend")
    for address in doors:
        if "POST" in address.methods and address.holders and address.route not in WITHOUT_TOKEN:
            assert browser.post(address.path).status_code == 403, address.route


def test_other_sites_cannot_ask_for_our_pages_in_the_background(world: World) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}
    assert world.browsers["ada"].get(f"/r/{world.key}", headers=headers).status_code == 403
