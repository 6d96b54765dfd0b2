"""Paper: what only we, or only I, may see is never printed, whichever page is open (UX 19)."""

from __future__ import annotations

from tests.browser.hands import DESK, Visit
from tests.house.world import World, addresses

CANARY = "never on paper"
PRINTED = """() => [document.body.innerText, ...[...document.querySelectorAll('input, textarea, select')]
  .filter((box) => box.offsetParent !== null).map((box) => box.value)].join('\\n')"""


def test_nothing_private_is_printed_from_any_page(visit: Visit, world: World) -> None:
    world.plant(world.seat("ada"), CANARY)
    page = visit.by(world.ada_person, DESK).page
    shown, printed = set(), set()
    for address in addresses(world):
        if "GET" not in address.methods or "ada" not in address.holders:
            continue
        head = page.request.get(address.path).headers
        if head["content-type"].startswith("text/html") and "content-disposition" not in head:
            page.goto(address.path)
            page.emulate_media(media="print")
            shown |= {address.route} if CANARY in page.content() else set()
            printed |= {address.route} if CANARY in page.evaluate(PRINTED) else set()
    assert len(shown) > 20, "the pages looked at show too little that is private for this to mean anything"
    assert not printed, " ".join(sorted(printed))
