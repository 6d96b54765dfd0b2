"""Paper: what only we, or only I, may see is never printed, whichever page is open."""

from __future__ import annotations

from io import BytesIO

from playwright.sync_api import Page
from pypdf import PdfReader

from goodword.encounters.actions import agenda, writing
from goodword.relationships.steps import Step
from tests.browser.hands import DESK, Visit
from tests.browser.pairs import pair
from tests.browser.test_pages import NO_PAGES
from tests.encounters.at_hand import planned
from tests.house.world import Address, World, addresses

CANARY = "never on paper"
# Whether these words stand in a page at all, and whether they would be printed.
HELD = """(words) => [document.documentElement.outerHTML.includes(words), [document.body.innerText,
  ...[...document.querySelectorAll('input, textarea, select')]
    .filter((box) => box.offsetParent !== null).map((box) => box.value)].join('\\n').includes(words)]"""


def test_nothing_private_is_printed_from_any_page(visit: Visit, world: World) -> None:
    world.plant(world.seat("ada"), CANARY)
    page = visit.by(world.ada_person, DESK).page
    page.emulate_media(media="print")
    shown, printed = set(), set()
    for address in addresses(world):
        if "GET" not in address.methods or "ada" not in address.holders:
            continue
        if is_page(page, address):
            page.goto(address.path)
            on_page, on_paper = page.evaluate(HELD, CANARY)
            shown |= {address.route} if on_page else set()
            printed |= {address.route} if on_paper else set()
    assert len(shown) > 20, "the pages looked at show too little that is private for this to mean anything"
    assert not printed, " ".join(sorted(printed))


def is_page(page: Page, address: Address) -> bool:
    """Whether a browser shows what is at an address; where files are, it is asked for first: opening one would be an error."""
    if address.route not in NO_PAGES:
        return True
    head = page.request.get(address.path).headers
    return head["content-type"].startswith("text/html") and "content-disposition" not in head


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
