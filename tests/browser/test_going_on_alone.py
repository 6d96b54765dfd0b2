"""The other gives up their seat: Today says so, and two taps later one keeps it alone, at the same step (M4)."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from goodword.relationships.doorway import seat_of
from goodword.relationships.steps import Step
from tests.browser.hands import DESK, PHONE, Visit
from tests.cast import joined, person

ENDS = pytest.mark.parametrize(("size", "script"), [(PHONE, True), (DESK, False)], ids=["phone", "desk without script"])


@ENDS
def test_a_seat_is_given_up_and_the_other_goes_on_alone_at_the_same_step(
    visit: Visit, world: object, size: tuple[int, int], script: bool
) -> None:
    nora = person("Nora Birch", f"nora{size[0]}@birch.example", "Birch Books")
    otto = person("Otto Pine", f"otto{size[0]}@pine.example", "Pine Joiners")
    hers, his = joined(nora, otto)
    hers.relationship.step = Step.SECOND_BRIEFING
    hers.relationship.save()

    leaves = visit.by(otto, size, script)
    leaves.start(f"/r/{his.key}/let-go")
    leaves.tap("Give up your seat")
    expect(leaves.page.locator("h1")).to_have_text("Give up your seat here?")
    assert not leaves.overflows and leaves.reaches()
    leaves.tap("Give up my seat")
    expect(leaves.page.get_by_text("You no longer sit across from Nora")).to_be_visible()

    stays = visit.by(nora, size, script)
    stays.start("/today")
    stays.tap("See what that means")
    expect(stays.page.locator("h1")).to_have_text("Otto gave up their seat")
    assert not stays.overflows and stays.reaches()
    stays.tap("Keep it alone from here")
    expect(stays.page.locator("h1")).to_have_text("Otto Pine")
    assert stays.taps == 2, "from Today to the page on which it goes on"
    expect(stays.page.get_by_role("link", name="We met")).to_be_visible()
    there = seat_of(nora, stays.page.url.rsplit("/", 1)[1])
    assert there.keeps_alone and there.at is Step.SECOND_BRIEFING and there.key != hers.key
    assert not stays.overflows and stays.reaches()
    stays.tap("What was before")
    expect(stays.page.get_by_text("Otto gave up their seat").first).to_be_visible()
    assert not visit.complaints
