"""Every page of the world in a real browser: nothing for axe to say, nothing sticks out, nothing complains."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from goodword.people.models import Person
from goodword.relationships import invitations
from tests.browser.hands import DESK, NARROW, PHONE, Hands, Visit
from tests.house.world import World, addresses

AXE = (Path(__file__).parent / "axe.min.js").read_text()
GRAVE = {"serious", "critical", "moderate"}
RUN = """async (rules) => {
  const found = await axe.run(document, { resultTypes: ["violations"], preload: false, ...(rules ? { runOnly: rules } : {}) });
  return found.violations.map((each) => ({ id: each.id, impact: each.impact,
    where: each.nodes.slice(0, 3).map((node) => node.target.join(" ")), why: each.nodes[0].failureSummary }));
}"""
# Contrast is the one thing that depends on the scheme and hardly on the width; all other rules are asked once at each width.
View = tuple[tuple[int, int], str, list[str] | None]
VIEWS: tuple[View, ...] = (
    (PHONE, "light", None),
    (PHONE, "dark", ["color-contrast"]),
    (DESK, "dark", None),
    (DESK, "light", ["color-contrast"]),
)
# Not pages: files, feeds, machine answers; and ways that lead on to another page at once.
NO_PAGES = {
    "livez",
    "readyz",
    "how-far",
    "calendar-feed",
    "agreement-pdf",
    "leads-file",
    "encounter-file",
    "table-state",
    "profile-file",
    "shown-file",
    "signed-page",
    "teaching-card-file",
    "paper",
    "manifest",
    "service-worker",
}


def paths(world: World, who: str) -> list[tuple[str, str]]:
    """Return every page this viewpoint can open, as (name, path). Of Ben's, one of each route: the rest look like Ada's."""
    found: dict[str, str] = {}
    for one in addresses(world):
        opens = who in one.holders or (one.door == "public" and one.holders)
        if "GET" in one.methods and opens and one.route not in NO_PAGES:
            found.setdefault(f"{one.route} {one.label}".strip() if who == "ada" else one.route, one.path)
    return list(found.items())


def said_by_axe(page: Page, views: tuple[View, ...]) -> list[str]:
    """Return what axe has to say about the page in these views."""
    said = []
    for (width, height), scheme, rules in views:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        for each in page.evaluate(RUN, rules):
            if each["impact"] in GRAVE:
                said.append(f"{each['id']} ({width} {scheme}) {each['where']}: {each['why'][:300]}")
    return said


def looked_at(hands: Hands, path: str, views: tuple[View, ...]) -> list[str]:
    """Open a page and return everything that is not right about it."""
    page = hands.page
    answer = page.goto(path)
    # What is not there, or cannot be done now, is said on a page of its own: that has to be as good as the others.
    wrong = [] if answer and answer.status in (200, 404, 409) else [f"answered {answer and answer.status}"]
    if page.locator("h1").count() != 1:
        wrong.append(f"has {page.locator('h1').count()} h1")
    wrong += said_by_axe(page, views)
    page.set_viewport_size({"width": NARROW[0], "height": NARROW[1]})
    if hands.overflows:
        wrong.append(f"sticks out at 320: {page.evaluate(WHAT_STICKS_OUT)}")
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    return wrong


WHAT_STICKS_OUT = """() => [...document.querySelectorAll("body *")].filter((each) =>
  each.getBoundingClientRect().right > document.documentElement.clientWidth + 1).slice(0, 4)
  .map((each) => each.tagName + "." + each.className)"""


def look(visit: Visit, hands: Hands, pages: list[tuple[str, str]], views: tuple[View, ...] = VIEWS) -> None:
    """Look at these pages and hold that nothing is wrong with any."""
    hands.page.add_init_script(AXE)  # once for all pages that this browser opens
    wrong = []
    for name, path in pages:
        wrong += [f"{name}: {each}" for each in looked_at(hands, path, views)]
        wrong += [f"{name}: {each}" for each in visit.complaints]
        visit.complaints.clear()
    assert not wrong, "\n" + "\n".join(wrong)


@pytest.mark.parametrize("part", range(3))
@pytest.mark.parametrize("who", ["ada", "ben"])
def test_every_page_of_somebody_signed_in(visit: Visit, world: World, who: str, part: int) -> None:
    person: Person = getattr(world, f"{who}_person")
    # The phone in the light and the desk in the dark are enough for the second person: the same templates and colours.
    look(visit, visit.by(person), paths(world, who)[part::3], VIEWS if who == "ada" else VIEWS[::2])


def test_every_page_of_a_guest(visit: Visit, world: World) -> None:
    token = invitations.token_of(world.invitation)
    pages = [(name, reverse(name)) for name in ("welcome", "how-it-works", "who-sees-what", "sign-in", "sign-in-code")]
    pages += [("invitation", f"/i/{token}"), ("not-me", f"/i/{token}/not-me"), ("gone", f"/i/{'x' * 43}")]
    hands = visit.by()
    look(visit, hands, pages)
