"""The tour of docs/tour.md: its pictures are taken here, of the demo world, on a phone and on a desk.

Every run takes them and looks at them; with GOODWORD_PICTURES=1 they replace those in docs/pictures.
"""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import pytest
from PIL import Image

from goodword.encounters.models import Encounter
from goodword.ops import demo
from goodword.ops.demo.people import JOANNA, MEI_LIN, PRIYA, RUTH, TOM, Somebody
from goodword.people.models import Person
from goodword.relationships import invitations
from goodword.relationships.doorway import seat_of
from goodword.relationships.models import Seat
from tests.browser.hands import DESK, PHONE, Hands, Visit

DOCS = Path(__file__).resolve().parents[2] / "docs"
PICTURES = DOCS / "pictures"
SIZES = {"phone": PHONE, "desk": DESK}
MOST = 2_000_000  # bytes of all pictures together
TALLEST = 2  # screens of one picture; what is longer goes on below
AGAIN = bool(os.environ.get("GOODWORD_PICTURES"))


@pytest.fixture(scope="module")
def ruth(world: object, django_db_blocker: pytest.FixtureRequest) -> Person:
    """Ruth of the demo world, which is built beside the tests' own."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        list(demo.build())
        return Person.objects.get(email=RUTH.address)


def seat_with(ruth: Person, one: Somebody) -> Seat:
    """Ruth's seat in what she has with somebody."""
    return seat_of(ruth, Seat.objects.get(person=ruth, other_name=one.name).relationship_key)


def stations(ruth: Person) -> dict[str, str]:
    """Each picture's name and the page it is of, as Ruth sees it."""
    mei, priya, tom = (f"/r/{seat_with(ruth, one).relationship_key}" for one in (MEI_LIN, PRIYA, TOM))
    last = Encounter.objects.visible_to(seat_with(ruth, PRIYA)).exclude(held_at=None).latest("held_at")
    return {
        "today": "/today",
        "relationships": "/relationships",
        "on-the-path": tom,
        "briefing": f"{tom}/briefing",
        "what-came-of-it": f"{priya}/encounters/{last.key}/came-of-it",
        "gate": f"{priya}/gate",
        "step-five": mei,
        "giving": f"{mei}/leads/give",
        "leads": "/leads",
        "card": f"{mei}/teaching/card",
        "follow-up": f"{mei}/follow-up",
        "wider-view": f"{mei}/review",
        "story": f"{mei}/story",
        "settings": "/settings",
    }


def for_anybody(ruth: Person) -> dict[str, str]:
    """The pages of somebody who has no account: what it is, how it works, the letter."""
    letter = invitations.of(seat_with(ruth, JOANNA))
    assert letter is not None
    return {"how-it-works": "/how-it-works", "letter": f"/i/{invitations.token_of(letter)}", "offline": "/offline"}


def taken(hands: Hands, path: str, size: tuple[int, int]) -> bytes:
    """Take a picture of a page, two screens at most, as WebP."""
    answer = hands.page.goto(path)
    assert answer is not None and answer.status == 200, path
    assert hands.h1 and not hands.overflows, path
    tall = min(hands.page.evaluate("document.documentElement.scrollHeight"), TALLEST * size[1])
    raw = hands.page.screenshot(full_page=True, clip={"x": 0, "y": 0, "width": size[0], "height": tall})
    out = io.BytesIO()
    Image.open(io.BytesIO(raw)).convert("RGB").save(out, "WEBP", quality=62, method=6 if AGAIN else 0)
    return out.getvalue()


@pytest.mark.parametrize("on", SIZES)
def test_every_station_of_the_tour_can_be_seen(visit: Visit, ruth: Person, on: str) -> None:
    taken_here: dict[str, bytes] = {}
    for who, pages in ((ruth, stations(ruth)), (None, for_anybody(ruth))):
        hands = visit.by(who, SIZES[on])
        hands.page.add_init_script("addEventListener('load', () => document.body.classList.remove('veiled'))")
        taken_here |= {f"{name}-{on}.webp": taken(hands, path, SIZES[on]) for name, path in pages.items()}
    if AGAIN:
        PICTURES.mkdir(exist_ok=True)
        for name, picture in taken_here.items():
            (PICTURES / name).write_bytes(picture)
    shown = re.findall(r"pictures/([\w-]+\.webp)", (DOCS / "tour.md").read_text())
    assert {name for name in shown if on in name} == set(taken_here)
    assert {each.name for each in PICTURES.iterdir() if on in each.name} == set(taken_here)
    assert sum(each.stat().st_size for each in PICTURES.iterdir()) < MOST
