"""Paper: what only we, or only I, may see is never printed, whichever page is open."""

from __future__ import annotations

from io import BytesIO

from pypdf import PdfReader

from goodword.encounters import agenda, writing
from goodword.relationships.steps import Step
from tests.browser.hands import DESK, Visit
from tests.browser.pairs import pair
from tests.encounters.at_hand import planned
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


def test_an_agenda_prints_on_one_page_at_every_step_with_every_item_and_nothing_private_on_it(visit: Visit) -> None:
    story = pair()
    page = visit.by(story.people[0], DESK).page
    for step in Step:
        story.walk(step)
        it = planned(
            story.a, place="The Lantern Café, up the stairs at the back, and through the courtyard", minutes=120
        )
        writing.note_for_me(story.a, it, text=CANARY)
        writing.note_for_our_side(story.a, it, text=CANARY, what="hope")
        page.goto(f"/r/{story.key}/encounters/{it.key}/agenda")
        (sheet,) = PdfReader(BytesIO(page.pdf(format="A4"))).pages
        text = " ".join(sheet.extract_text().split())
        assert [item.text for item in agenda.items_of(story.a, it) if item.text not in text] == []
        assert CANARY not in text
