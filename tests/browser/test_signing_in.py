"""Signing in as a browser does it: with the Origin and Referer it sends, which Django's test client never did."""

from __future__ import annotations

import pytest

from tests.browser.hands import DESK, PHONE, Visit, code_in, letter_to, path_in
from tests.house.world import World

BOTH = pytest.mark.parametrize("script", [True, False], ids=["with script", "without"])


@BOTH
def test_the_code_from_the_letter_signs_in(visit: Visit, script: bool) -> None:
    hands = visit.by(size=PHONE, script=script)
    hands.start("/")
    hands.tap("Begin with your e-mail address")
    hands.type("Your e-mail address", "new@browser.example")
    hands.tap("Send me a code")
    hands.type("The code from the e-mail", code_in(letter_to("new@browser.example")))
    hands.tap("Sign in", "button")
    hands.page.wait_for_url("**/settings/details")
    assert (hands.taps, hands.fields) == (3, 2)


@BOTH
def test_the_link_from_the_letter_signs_in(visit: Visit, script: bool) -> None:
    asking = visit.by(size=DESK, script=script)
    asking.start("/sign-in")
    asking.type("Your e-mail address", "ada@lane.example")
    asking.tap("Send me a code")
    elsewhere = visit.by(size=PHONE, script=script)
    elsewhere.start(path_in(letter_to("ada@lane.example"), "/sign-in/link/"))
    elsewhere.tap("Sign me in")
    elsewhere.page.wait_for_url("**/today")
    assert elsewhere.taps == 1


@BOTH
def test_after_signing_out_going_back_shows_no_private_page(visit: Visit, world: World, script: bool) -> None:
    hands = visit.by(world.ada_person, script=script)
    hands.start("/today")
    hands.page.goto("/settings")
    assert "ada@lane.example" in hands.page.content()
    hands.tap("Sign out")
    hands.page.wait_for_url(visit.address + "/")
    hands.page.go_back()
    hands.page.wait_for_url("**/sign-in**")
    assert "ada@lane.example" not in hands.page.content()
