"""Passkeys in a real browser with an authenticator of its own (Chromium's virtual one): make it, sign in with it, take it away."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from goodword.people import factors
from goodword.people.models import Person
from tests.browser.hands import DESK, PHONE, Hands, Visit, code_in, letter_to
from tests.cast import person

SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1280"])


@pytest.fixture
def zoe(visit: Visit) -> Person:
    """Somebody of these tests' own: what she sets up changes nobody else's signing in."""
    somebody = person("Zoe Marsh", "zoe@marsh.example", "Marsh Pots")
    factors.forget_all(somebody)
    return somebody


def with_authenticator(hands: Hands) -> Hands:
    """Put an authenticator into this browser: a telephone's own, which has just seen its owner's finger."""
    session = hands.page.context.new_cdp_session(hands.page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return hands


def seen(hands: Hands, name: str) -> None:
    """Keep a picture of the page where a folder for them is named."""
    if folder := os.environ.get("GOODWORD_SCREENS"):
        width = hands.page.viewport_size["width"]
        hands.page.screenshot(path=str(Path(folder) / f"{name}-{width}.png"), full_page=True)


@SIZES
def test_the_whole_story_of_a_passkey(visit: Visit, zoe: Person, size: tuple[int, int]) -> None:
    hands = with_authenticator(visit.by(zoe, size=size))
    hands.start("/settings")
    hands.tap("See what is asked for")
    seen(hands, "ways-in-none")
    hands.tap("Add a passkey")
    seen(hands, "passkey-new")
    hands.tap("Make the passkey")
    hands.page.wait_for_url("**/settings/ways-in/codes")
    assert hands.page.locator(".codes li").count() == 10
    seen(hands, "recovery-codes")
    assert hands.taps == 3
    hands.tap("I have them")
    seen(hands, "ways-in-passkey")

    hands.tap("Sign out")
    hands.start("/sign-in?next=/leads")
    seen(hands, "sign-in")
    hands.tap("Use a passkey instead")
    hands.page.wait_for_url("**/leads")
    assert (hands.taps, hands.fields) == (1, 0)

    hands.tap("Sign out")
    hands.start("/sign-in")
    hands.type("Your e-mail address", zoe.email)
    hands.tap("Send me a code")
    hands.type("The code from the e-mail", code_in(letter_to(zoe.email)))
    hands.tap("Sign in", "button")
    hands.page.wait_for_url("**/sign-in/second")
    seen(hands, "second-step")
    hands.tap("Use my passkey")
    hands.page.wait_for_url("**/today")

    hands.start("/settings/ways-in")
    hands.tap("Take it away")
    seen(hands, "passkey-away")
    hands.tap("Take it away", "button")
    hands.page.wait_for_url("**/settings/ways-in")
    assert not factors.of(zoe).passkeys


@SIZES
def test_a_device_without_a_passkey_says_so_and_a_recovery_code_leads_in(
    visit: Visit, zoe: Person, size: tuple[int, int]
) -> None:
    first = with_authenticator(visit.by(zoe, size=size))
    first.start("/settings/ways-in/passkeys")
    first.tap("Make the passkey")
    first.page.wait_for_url("**/settings/ways-in/codes")
    code = first.page.locator(".codes li").first.inner_text()
    hands = visit.by(size=size, script=False)
    hands.start("/sign-in")
    hands.type("Your e-mail address", zoe.email)
    hands.tap("Send me a code")
    hands.type("The code from the e-mail", code_in(letter_to(zoe.email)))
    hands.tap("Sign in", "button")
    hands.page.wait_for_url("**/sign-in/second")
    assert hands.page.get_by_text("can’t show a passkey, or JavaScript is switched off").is_visible()
    seen(hands, "second-step-without-script")
    hands.type("One of your recovery codes", code)
    hands.tap("Go on with the code")
    hands.page.wait_for_url("**/today")


def test_without_script_the_sign_in_page_says_that_a_code_always_works(visit: Visit) -> None:
    hands = visit.by(size=PHONE, script=False)
    hands.start("/sign-in")
    assert not hands.page.get_by_text("Use a passkey instead").is_visible()
    assert hands.page.get_by_text("A code always works.").is_visible()
