"""The rest of signing in, in a real browser: an app's codes, is it still you, another address, two accounts made one."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.totp.internal.auth import hotp_value
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.core import mail

from goodword.account.actions import addresses
from goodword.people import factors
from goodword.people.models import Person
from goodword.people.sessions import SessionStore, hash_of_cookie
from tests.browser.hands import DESK, PHONE, Hands, Visit, code_in, letter_to
from tests.browser.test_passkeys import seen
from tests.cast import joined, person

SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["390", "1280"])


def code_now(secret: str) -> str:
    """Return the code an app shows now."""
    return f"{hotp_value(secret, int(time.time()) // 30):06d}"


def long_ago(hands: Hands) -> None:
    """Let this browser have signed in an hour ago."""
    cookie = next(one["value"] for one in hands.page.context.cookies() if one["name"] == "sessionid")
    store: SessionBase = SessionStore(cookie)
    store["proven_at"] = int(time.time()) - 3600
    store.save()
    assert Session.objects.filter(session_key=hash_of_cookie(cookie)).exists()


@SIZES
def test_an_app_is_set_up_and_asked_for_and_says_that_it_is_still_them(visit: Visit, size: tuple[int, int]) -> None:
    yan = person("Yan Mill", f"yan{size[0]}@mill.example", "Mill & Son")
    factors.forget_all(yan)
    hands = visit.by(yan, size=size, script=False)
    hands.start("/settings/ways-in")
    hands.tap("Set up an app")
    hands.tap(hands.page.get_by_text("It can’t be scanned"))
    seen(hands, "app")
    secret = hands.page.locator("code").inner_text()
    hands.type("The code the app shows now", code_now(secret))
    hands.tap("That is the code")
    hands.page.wait_for_url("**/settings/ways-in/codes")

    long_ago(hands)
    hands.start("/settings/ways-in/codes")
    assert hands.h1 == "Is it still you?"
    seen(hands, "is-it-you-app")
    hands.type("The code from your app", factors.codes_of(yan)[0])
    hands.tap("Go on with the code")
    hands.page.wait_for_url("**/settings/ways-in/codes")


@SIZES
def test_an_address_is_added_and_letters_go_there(visit: Visit, size: tuple[int, int]) -> None:
    old, new = f"uma{size[0]}@old.example", f"uma{size[0]}@new.example"
    uma = person("Uma Reed", old, "Reed Print")
    hands = visit.by(uma, size=size)
    hands.start("/settings")
    hands.tap("Your addresses")
    hands.tap("Add an address")
    hands.type("Your e-mail address", new)
    hands.tap("Send me a code")
    seen(hands, "address-new")
    hands.type("The code from the e-mail", code_in(letter_to(new)))
    hands.tap("This is my address")
    hands.page.wait_for_url("**/settings/addresses")
    seen(hands, "addresses")
    hands.tap("Have letters go here")
    hands.tap("Send me the code")
    seen(hands, "address-main")
    hands.type("The code from the e-mail", code_in(code_letter(old)))
    hands.tap("Have letters go there")
    hands.page.wait_for_url("**/settings/addresses")
    uma.refresh_from_db()
    assert uma.email == new and [one.address for one in addresses.others(uma)] == [old]
    assert not hands.overflows


def code_letter(address: str) -> str:
    """Return the newest letter with a code to this address: news may come after it."""
    letter_to(address)
    return next(str(one.body) for one in reversed(mail.outbox) if one.to == [address] and "Your code" in str(one.body))


@SIZES
def test_two_accounts_of_one_person_become_one(visit: Visit, size: tuple[int, int]) -> None:
    keep = person("Kit Moss", f"kit{size[0]}@one.example", "Moss Roofs")
    other = person("Kit M.", f"kit{size[0]}@two.example", "")
    friend = person("Fay Holt", f"fay{size[0]}@holt.example", "Holt Homes")
    theirs, _fays = joined(other, friend)
    hands = visit.by(keep, size=size)
    hands.start("/settings/addresses/new")
    hands.type("Your e-mail address", other.email)
    hands.tap("Send me a code")
    hands.type("The code from the e-mail", code_in(letter_to(other.email)))
    hands.tap("This is my address")
    hands.page.wait_for_url("**/settings/addresses/two-accounts")
    seen(hands, "merge")
    hands.tap("Make them one")
    hands.page.wait_for_url("**/settings/addresses")
    assert hands.page.goto(f"/r/{theirs.key}").status == 200  # type: ignore[union-attr]
    assert Person.objects.at(f"kit{size[0]}@two.example") == keep
