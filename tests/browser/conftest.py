"""A real browser at a live house: one world for all browser tests of a process.

The world is built by the real actions and committed, so that the server's threads see it; afterwards the tables are emptied.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import override_settings
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.browser.hands import Visit
from tests.chromium import chromium
from tests.house.world import World


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what stands in this folder, and say loudly why it is skipped where there is no browser."""
    here = Path(__file__).parent
    absent = pytest.mark.skip(
        reason="NO CHROMIUM: not one browser test has run (apt-get install chromium, or set GOODWORD_CHROMIUM)"
    )
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if chromium() is None:
                item.add_marker(absent)


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    """The whole story, lived once and committed. Tests add people of their own rather than change these."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        yield World()
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(scope="package")
def address(world: World) -> Iterator[str]:
    """The address of a live server at which the world lives."""
    with override_settings(
        STORAGES={"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
        WHITENOISE_USE_FINDERS=True,
        WHITENOISE_AUTOREFRESH=True,
    ):
        server = LiveServer("localhost")
        server._live_server_modified_settings.enable()
        yield server.url
        server.stop()
        server._live_server_modified_settings.disable()


@pytest.fixture
def db(world: World) -> None:
    """The database as the world is in it: committed, and not rolled back. pytest-django makes one where it reads this name."""


@pytest.fixture
def visit(db: None, browser: Browser, address: str) -> Iterator[Visit]:
    """Somebody with a browser. What went wrong in its console, and whom it asked besides us, fails the test at its end."""
    visits = Visit(browser, address)
    yield visits
    visits.over()
    assert visits.complaints == []
