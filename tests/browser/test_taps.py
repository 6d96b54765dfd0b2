"""Taps to the end of the journeys that have no test of their own: from a letter, a date found, letters stopped, leaving (part G)."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from goodword.encounters.models import Encounter
from goodword.relationships.steps import Step
from tests.browser.hands import DESK, PHONE, Visit, letter_to, path_in
from tests.browser.pairs import give_lead, pair

ENDS = pytest.mark.parametrize(("size", "script"), [(PHONE, True), (DESK, False)], ids=["phone", "desk without script"])
Size = tuple[int, int]


@ENDS
def test_j4_and_j13_a_letter_is_one_tap_from_its_thing_and_one_from_being_the_last(
    visit: Visit, size: Size, script: bool
) -> None:
    story = pair(Step.ADVOCATE)
    give_lead(story, "Mrs Sorrell")
    letter = letter_to(story.a.person.email)
    hands = visit.by(story.a.person, size, script)
    hands.start(path_in(letter, "/r/"))
    hands.taps += 1  # the link in the letter
    expect(hands.page.get_by_role("heading", level=1)).to_contain_text("Mrs Sorrell")
    assert hands.taps == 1, "J4"
    nobody = visit.by(None, size, script)
    nobody.start(path_in(letter, "/stop/"))
    nobody.tap("Stop them")
    expect(nobody.page.locator("h1")).to_have_text("That has stopped")
    assert nobody.taps == 1, "J13, stop"


@ENDS
def test_j8_times_are_offered_in_four_taps_and_one_is_chosen_in_two(visit: Visit, size: Size, script: bool) -> None:
    story = pair(Step.ADVOCATE)
    hands = visit.by(story.a.person, size, script)
    hands.start(f"/r/{story.key}")
    hands.tap("Find a time")
    for place in (0, 1):
        hands.tap(hands.page.locator("main .choice").nth(place))
    hands.tap("Offer these times")
    hands.page.wait_for_url("**/encounters/*")
    assert (hands.taps, hands.fields) == (4, 0)
    answer = visit.by(story.b.person, size, script)
    answer.start(f"/r/{story.key}")
    answer.tap("Choose a time")
    answer.tap(answer.page.locator("main button[name=time]").first)
    expect(answer.page.get_by_text("It is planned, and on its way to the calendars.")).to_be_visible()
    assert (answer.taps, answer.fields) == (2, 0)
    assert Encounter.objects.visible_to(story.a).filter(planned_at__isnull=False, held_at=None).exists()


@ENDS
def test_j13_leaving_takes_three_taps_from_any_page(visit: Visit, size: Size, script: bool) -> None:
    story = pair(Step.ADVOCATE)
    hands = visit.by(story.b.person, size, script)
    hands.start("/today")
    hands.tap("Stop, leave or delete")
    hands.tap("Let go")
    hands.tap("Let go", "button")
    expect(hands.page.locator("h1")).to_have_text("This one ends here, and that’s all right")
    assert (hands.taps, hands.fields) == (3, 0)
    assert not story.a.open
