"""One world for all house tests of a process: lived once, and put back after each test.

Living the whole story costs seconds. It is lived inside a transaction that is never committed; each test runs in a savepoint
of it. No test here uses pytest-django's `db`, which would close the connection under it.
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
def world(lived: World, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    """Return the world as it was lived. Whatever a test does to it, and to its browsers, is undone."""
    with django_db_blocker.unblock(), lived.undone():  # type: ignore[attr-defined]
        yield lived


@pytest.fixture
def cast(world: World) -> World:
    """Return the cast: here it is the one of the world."""
    return world
