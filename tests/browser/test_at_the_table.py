"""The phone lies on the table and shows shared things only, until its owner gives a code from their mail (T14)."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.hands import DESK, PHONE, Visit, code_in, letter_to
from tests.browser.pairs import keep_one, pair

SECRET = "Would they ring back, though?"


@pytest.mark.parametrize(("size", "script"), [(PHONE, True), (DESK, False)], ids=["phone", "desk without script"])
def test_a_phone_on_the_table_shows_shared_things_only_even_going_back(
    visit: Visit, size: tuple[int, int], script: bool
) -> None:
    story = pair()
    keep_one(story, SECRET)
    hands = visit.by(story.a.person, size, script)
    page = hands.page
    hands.start(f"/r/{story.key}/reservations")
    assert SECRET in page.content()
    page.goto(f"/r/{story.key}")
    hands.tap("Show Bob")
    hands.tap("Show Bob", "button")
    expect(page.locator("h1")).to_have_text("Between Ann and Bob")
    for _ in range(3):
        page.go_back()
        assert SECRET not in page.content()
        assert page.locator(".panel.sees-side, .panel.sees-me, .panel.sees-you").count() == 0
    for private in (f"/r/{story.key}/reservations", f"/r/{story.key}", "/today", "/settings", "/relationships"):
        page.goto(private)
        assert SECRET not in page.content()
        assert "/table" in page.url, private
    page.goto("/table")
    hands.tap("Pick the phone up again")
    hands.tap("Send me a code")
    hands.type("The code from the e-mail", "1")
    hands.tap("Open my pages")
    expect(page.get_by_text("That code doesn’t fit").first).to_be_visible()
    hands.type("The code from the e-mail", code_in(letter_to(story.a.person.email)))
    hands.tap("Open my pages")
    page.wait_for_url(f"**/r/{story.key}")


def test_a_private_page_is_veiled_while_nobody_looks_at_it(visit: Visit) -> None:
    story = pair()
    keep_one(story, SECRET)
    hands = visit.by(story.a.person)
    hands.start(f"/r/{story.key}/reservations")
    hands.page.evaluate("document.hasFocus = () => false; window.dispatchEvent(new Event('blur'))")
    expect(hands.page.locator("body")).to_have_class("has-nav veiled")
    assert "blur" in hands.page.locator(".panel.sees-you").evaluate("(it) => getComputedStyle(it).filter")
