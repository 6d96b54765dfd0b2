"""What they see: from every room one tap to the other side's page, which says what theirs says and nothing of ours (M4)."""

from __future__ import annotations

import html
import re

import pytest

from goodword.desk.views.pages import TABLE_PAGES
from goodword.relationships.steps import Step
from goodword.ui.jinja import ROOMS_OF_THE_TABLE
from tests.cast import Cast
from tests.house.world import ROOMS, secrets_of

WORD = "Zinnoberkraehe"


@pytest.fixture
def lived(db: None) -> Cast:
    """Return the cast in the last step, every room lived in by both sides."""
    cast = Cast(at=Step.ADVOCATE)
    for room in ROOMS:
        module = secrets_of(room)
        if module is not None and hasattr(module, "live"):
            module.live(cast)
    return cast


def said(page: str) -> list[str]:
    """Return what a page says, line by line, without what one presses or types into, and without who is signed in."""
    main = re.search(r"<main.*?</main>", page, re.S)
    assert main
    text = re.sub(
        r"<(form|button|select|details|nav).*?</\1>|<p class=\"note-line no-print\".*?</p>",
        "\n",
        main.group(),
        flags=re.S,
    )
    text = re.sub(
        r'<section class="panel sees-(me|side|you)".*?</section>', "\n", text, flags=re.S
    )  # a drawer, shut in a mirror
    return [line.strip() for line in html.unescape(re.sub(r"<[^>]+>", "\n", text)).split("\n") if line.strip()]


@pytest.mark.parametrize("room", TABLE_PAGES)
def test_the_mirror_of_a_room_says_nothing_that_the_other_sides_own_page_does_not_say(lived: Cast, room: str) -> None:
    route = {"briefings": "briefing", "agreements": "agreement", "profiles": "profile", "followups": "follow-up"}.get(
        room, room
    )
    own = lived.ben_browser.get(f"/r/{lived.key}/{route}")
    mirror = lived.ada_browser.get(f"/r/{lived.key}/what-they-see/{room}")
    assert (own.status_code, mirror.status_code) == (200, 200)
    there, shown = said(own.content.decode()), said(mirror.content.decode())
    assert len(shown) > 3
    assert [line for line in shown if line not in there] == []


@pytest.mark.parametrize("room", TABLE_PAGES)
def test_the_mirror_is_the_same_to_the_byte_whatever_either_side_keeps_private(lived: Cast, room: str) -> None:
    def mirrored() -> str:
        page = lived.ada_browser.get(f"/r/{lived.key}/what-they-see/{room}").content.decode()
        return re.sub(r'value="[\w-]{22,}"', "", page)

    before = mirrored()
    for seat in (lived.ada, lived.ben):
        for each in ROOMS:
            module = secrets_of(each)
            if module is not None and hasattr(module, "plant"):
                module.plant(seat, WORD)
    assert mirrored() == before
    assert "btn-first" not in before


def test_it_is_one_tap_away_from_every_room(lived: Cast) -> None:
    assert set(ROOMS_OF_THE_TABLE) == set(TABLE_PAGES)
    for path, room in (
        ("reservations", "reservations"),
        ("encounters/new", "encounters"),
        ("leads", "leads"),
        ("ten", "reservations"),
    ):
        page = lived.ada_browser.get(f"/r/{lived.key}/{path}", follow=True).content.decode()
        assert f'href="/r/{lived.key}/what-they-see/{room}"' in page, path
        assert f'href="/r/{lived.key}/show-them"' in page, path
