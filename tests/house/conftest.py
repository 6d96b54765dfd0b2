"""One world for all house tests of a process: lived once, and put back after each test.

Living the whole story costs seconds. It is lived inside a transaction that is never committed, and each test's own is a
savepoint of that one. It is rolled back when the tests leave this folder, so no other test ever meets it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.house.world import World


@pytest.fixture(scope="package")
def lived(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    """Live the story once."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        world = World()
        assert world.browsers
        yield world
        transaction.set_rollback(True)


@pytest.fixture
def world(lived: World, db: None) -> Iterator[World]:
    """Return the world as it was lived. Whatever a test does to it, and to its browsers, is undone."""
    with lived.undone():
        yield lived


@pytest.fixture
def cast(world: World) -> World:
    """Return the cast: here it is the one of the world."""
    return world
