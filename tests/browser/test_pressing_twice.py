"""Pressing twice as a browser does it: a double click, and Back (T36)."""

from __future__ import annotations

from goodword.relationships.models import Relationship
from tests.browser.hands import PHONE, Visit
from tests.house.world import World


def written(hands: object) -> None:
    """Write to somebody."""
    hands.type("Their name", "Gil Guest")
    hands.type("Why them?", "You told me about the pot of tea.")


def test_a_double_click_and_back_begin_one_relationship(visit: Visit, world: World) -> None:
    before = Relationship.objects.count()
    hands = visit.by(world.ada_person, size=PHONE, script=True)
    hands.start("/start")
    written(hands)
    hands.page.get_by_role("button", name="See the letter").dblclick()
    hands.page.wait_for_url("**/letter")
    there = hands.page.url
    hands.page.go_back()
    hands.page.wait_for_url("**/start")
    written(hands)
    hands.tap("See the letter", "button")
    hands.page.wait_for_url("**/letter")
    assert hands.page.url == there
    assert Relationship.objects.count() == before + 1
    hands.page.goto(f"{visit.address}/start")
    written(hands)
    hands.tap("See the letter", "button")
    hands.page.wait_for_url("**/letter")
    assert Relationship.objects.count() == before + 2, "from a page of its own it is meant"
