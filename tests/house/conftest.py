"""One world for all house tests of a process: lived once, and put back after each test.

Living the whole story costs seconds. It is lived inside a transaction that is never committed, and each test's own is a
savepoint of that one. It is rolled back when the tests leave this folder, so no other test ever meets it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
import time_machine
from django.apps import apps
from django.db import transaction

from goodword.relationships import waiting
from goodword.relationships.steps import Step
from tests.house.small import Small
from tests.house.world import Address, World, addresses


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


@pytest.fixture(scope="package")
def doors(lived: World, django_db_blocker: pytest.FixtureRequest) -> list[Address]:
    """Return every address of the site as the world was lived. Looked up once: whatever a test does to the world is undone."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        return list(addresses(lived))


@pytest.fixture
def cast(world: World) -> World:
    """Return the cast: here it is the one of the world."""
    return world


@pytest.fixture(params=[Step.EXPLORE, Step.ADVOCATE], ids=["explore", "advocate"])
def small(request: pytest.FixtureRequest, db: None) -> Iterator[Small]:
    """Return the small world, in its first and in its last step; an hour later the clock stands still.

    It is alone: where the large one was lived in this process, its rows are out of sight until the test is over.
    """
    for model in apps.get_models():
        if model._meta.app_label not in ("goodword", "account", "mfa"):  # people's addresses and factors go with them
            continue
        model._base_manager.all()._raw_delete(model._base_manager.db)
    world = Small(request.param)
    with time_machine.travel(dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(hours=1), tick=False):
        yield world


@pytest.fixture
def left_to_the_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave to the worker what an act makes out of date, as in a large firm: settling it thousands of times is no fuzz."""
    monkeypatch.setattr(waiting, "AT_ONCE", 0)
