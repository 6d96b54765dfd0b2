"""Every address, from every viewpoint, with every method: nobody gets through a door that is not theirs."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from goodword.ui.doors import check_doors, routes
from tests.house.door_table import DOORS
from tests.house.world import OUTSIDE, SEATED, VIEWPOINTS, Address, World, addresses

METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE")
FINE = {200, 302, 409, 422}


def ask(browser: Client, method: str, path: str, htmx: bool) -> HttpResponse:
    """Ask once and undo whatever the answer changed."""
    mark = transaction.savepoint()
    try:
        return browser.generic(method, path, headers={"hx-request": "true"} if htmx else {})  # type: ignore[return-value]
    finally:
        transaction.savepoint_rollback(mark)


def expected(address: Address, who: str, method: str) -> set[int]:
    """Return the statuses that are right for this address, viewpoint and method."""
    allowed = ("GET" if method == "HEAD" else method) in address.methods
    if address.door == "public":
        return {*FINE, 404} if allowed else {405}
    if who in ("guest", "nobody"):
        return {302}
    if address.door == "seated" and who not in address.holders and (who not in SEATED or allowed):
        return {404}
    return FINE if allowed else {405}


@pytest.fixture
def world(db: None) -> World:
    return World()


def test_every_route_declares_its_door_and_stands_in_the_table() -> None:
    assert check_doors() == []
    names = {pattern.name for _path, pattern in routes()}
    assert names == set(DOORS), f"missing: {names - set(DOORS)}, gone: {set(DOORS) - names}"


@pytest.mark.parametrize("who", VIEWPOINTS)
def test_each_door_opens_to_its_holders_only(world: World, who: str) -> None:
    wrong = []
    for address in addresses(world):
        for method in METHODS:
            for htmx in (False, True):
                got = ask(world.browsers[who], method, address.path, htmx).status_code
                if got not in expected(address, who, method):
                    wrong.append((address.route, address.label, method, "htmx" if htmx else "", got))
    assert not wrong


def test_what_is_hidden_answers_exactly_like_what_never_was(world: World) -> None:
    for who in OUTSIDE[:2]:
        browser = world.browsers[who]
        absent = browser.get("/r/AAAAAAAAAAAAAAAAAAAAAA")
        hidden = browser.get(f"/r/{world.key}")
        assert absent.status_code == hidden.status_code == 404
        strip = [answer.content.split(b"csrfmiddlewaretoken")[0] for answer in (absent, hidden)]
        assert strip[0] == strip[1]
        assert dict(absent.headers) == dict(hidden.headers)


def test_a_form_without_our_token_changes_nothing(world: World) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.ada_person, backend="django.contrib.auth.backends.ModelBackend")
    for address in addresses(world):
        if "POST" in address.methods:
            assert browser.post(address.path).status_code == 403, address.route


def test_other_sites_cannot_ask_for_our_pages_in_the_background(world: World) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors"}
    assert world.browsers["ada"].get(f"/r/{world.key}", headers=headers).status_code == 403
