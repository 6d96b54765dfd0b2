"""How often a page asks the database: at most twelve times, and as often with thirty relationships as with three."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from goodword.leads.actions import giving
from goodword.relationships import waiting
from goodword.relationships.models import Relationship
from goodword.relationships.steps import Step
from tests.cast import half_a_minute, joined, person
from tests.house.world import World

MOST = 12
MORE = 3  # right after an act, before the worker has been
PAGES = ("/relationships", "/today", "/leads", "/r/{key}", "/r/{key}/leads", "/slipping", "/more")


def asked(world: World) -> dict[str, int]:
    """Return how many questions each page asks, once the worker has had its turn."""
    while waiting.settle_due(timezone.now()):
        pass
    return after(world)


def after(world: World) -> dict[str, int]:
    """Return how many questions each page asks as things are, and what is kept in memory is warm."""
    found = {}
    for pattern in PAGES:
        path = pattern.format(key=world.key)
        world.browsers["ada"].get(path)
        with CaptureQueriesContext(connection) as seen:
            assert world.browsers["ada"].get(path).status_code == 200
        # Opening and closing a savepoint asks nothing of any table.
        found[pattern] = sum("SAVEPOINT" not in query["sql"] for query in seen)
    return found


def more_relationships(world: World, many: int) -> None:
    """Give Ada so many more relationships, each with a lead."""
    for number in range(many):
        other = person(f"Other {number}", f"other{number}@else.example", f"Business {number}")
        seat, _ = joined(world.ada_person, other)
        Relationship.objects.filter(pk=seat.relationship_id).update(step=Step.ADVOCATE)
        seat.relationship.refresh_from_db()
        giving.give(seat, why=f"Somebody with roof number {number}.", route="card")


@pytest.fixture
def three(world: World) -> Iterator[World]:
    """Return the world: Ada sits in three relationships in it."""
    yield world


def test_pages_ask_a_steady_number_of_questions(three: World) -> None:
    few = asked(three)
    more_relationships(three, 27)
    many = asked(three)
    assert not {page: count for page, count in many.items() if count > MOST}, (few, many)
    assert not {page: (few[page], many[page]) for page in few if many[page] > few[page]}


def test_a_page_asked_right_after_an_act_asks_three_more_questions_at_most(world: World) -> None:
    lead = giving.give(world.seat("ben"), why="Somebody with a roof.", route="card")
    settled = asked(world)
    browser = world.browsers["ada"]
    report = {"outcome": "spoke", "line": "We rang.", "form": "whole"}
    assert browser.post(f"/r/{world.key}/leads/{lead.key}/report", report).status_code == 302
    waits = after(world)
    half_a_minute()
    gone = after(world)
    assert not {page: (settled[page], waits[page], gone[page]) for page in PAGES if waits[page] > settled[page] + MORE}
    assert not {page: (settled[page], waits[page], gone[page]) for page in PAGES if gone[page] > settled[page] + MORE}
