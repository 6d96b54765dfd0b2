"""Keeping a relationship by oneself, by thumb: begun, a gate, a lead; then opened to the other, who says that it is so (M4)."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from goodword.alone.models import Opening, Slip
from goodword.alone.rules import Direction
from goodword.relationships import holding, invitations
from goodword.relationships.doorway import seat_of
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from tests.browser.hands import DESK, PHONE, Visit
from tests.cast import person

ENDS = pytest.mark.parametrize(("size", "script"), [(PHONE, True), (DESK, False)], ids=["phone", "desk without script"])


@ENDS
def test_begun_alone_a_gate_a_lead_and_opened_to_the_other_to_the_end(
    visit: Visit, world: object, size: tuple[int, int], script: bool
) -> None:
    ruth = person("Ruth Oak", f"ruth{size[0]}@oak.example", "Oak Law")
    hands = visit.by(ruth, size, script)
    hands.start("/today")
    hands.tap("Start ")
    hands.type("Their name", "Tom Elm")
    hands.tap("Without an invitation for now")
    expect(hands.page.locator("h1")).to_have_text("Tom Elm")
    assert hands.taps <= 3 and hands.fields == 1
    assert not hands.overflows and hands.reaches()
    key = hands.page.url.rsplit("/", 1)[1]

    hands.tap("We met")
    hands.type("When was it?", timezone.localdate().isoformat())
    hands.tap("Note the meeting")
    hands.start("/today")
    hands.tap("Answer")
    hands.tap("We both go on")
    expect(hands.page.get_by_text("You both said go on").first).to_be_visible()
    assert hands.taps == 2, "a gate alone"
    assert seat_of(ruth, key).at is Step.FIRST_BRIEFING

    hands.tap(hands.page.get_by_role("link", name="What you talked about"))
    hands.type("What you talked about", "He likes hills, and weddings in barns.")
    hands.tap("Keep it")
    write_to_and_join(visit, ruth, key, size, script)


def write_to_and_join(visit: Visit, ruth: object, key: str, size: tuple[int, int], script: bool) -> None:
    """The other joins; what was kept is opened to them, and they say that it is so."""
    seat = Seat.objects.get(relationship_key=key)
    letter = invitations.write(seat_of(seat.person, key), words="Have a look.", address=f"tom{size[0]}@elm.example")
    invitations.offer(seat_of(seat.person, key), by_mail=False)
    invitations.answer(letter, "yes")
    letter.refresh_from_db()
    tom = person("Tom Elm", f"tom{size[0]}@elm.example", "Elm Barns")
    invitations.join(tom, letter)
    hers, his = visit.by(seat.person, size, script), visit.by(tom, size, script)
    hers.start(f"/r/{key}")
    hers.tap("Choose what to open")
    for box in hers.page.locator("input[name=chosen]").all():
        box.check()
    hers.tap("Put these on the table")
    hers.page.wait_for_url("**/held/*")
    expect(hers.page.get_by_text("hills").first).to_be_visible()
    assert not Opening.objects.unscoped().filter(relationship__key=key).exists()
    holding.release_due(timezone.now() + holding.WINDOW)
    his.start("/today")
    his.tap("Read it")
    assert not his.overflows
    yes = his.page.get_by_role("button", name="Yes, that is so")
    for left in reversed(range(yes.count())):
        his.tap(yes)
        expect(yes).to_have_count(left)
    expect(his.page.get_by_text("You have both confirmed")).to_be_visible()
    assert seat_of(tom, key).at is Step.FIRST_BRIEFING
    assert not [one for one in visit.complaints if "error" in one.lower()]


@ENDS
def test_a_lead_is_written_down_and_told_of(visit: Visit, world: object, size: tuple[int, int], script: bool) -> None:
    from goodword.relationships import starting

    ruth = person("Rita Ash", f"rita{size[0]}@ash.example", "Ash Law")
    seat = starting.start(ruth, name="Tim Yew")
    starting.keep_alone(seat)
    seat.relationship.step = Step.ADVOCATE
    seat.relationship.save()
    hands = visit.by(ruth, size, script)
    hands.start(f"/r/{seat.key}")
    hands.tap("Write a lead down")
    hands.type("Whom?", "Mrs Sorrell")
    hands.tap("Tim gave it to me")
    hands.tap("Keep it")
    hands.page.wait_for_url(f"**/r/{seat.key}")
    assert hands.fields <= 4
    slip = Slip.objects.unscoped().get(relationship__key=seat.key)
    assert slip.direction.unseal(seat) == Direction.RECEIVED
    hands.start(f"/r/{seat.key}")
    hands.tap("What came of it?")
    hands.tap("They became a client")
    expect(hands.page.get_by_text("They became a client").first).to_be_visible()
    assert hands.taps == 2
