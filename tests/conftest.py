"""What every test stands on: a data folder of its own, and the cast."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# Settings read the environment once, so it is set before Django is loaded: never the developer's own data.
os.environ["GOODWORD_DATA"] = tempfile.mkdtemp(prefix="goodword-test-")
(Path(os.environ["GOODWORD_DATA"]) / "static").mkdir()
os.environ.setdefault("GOODWORD_BASE_URL", "http://testserver")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django
import pytest
from django.conf import LazySettings

django.setup()  # here and not by pytest-django's setting, which would read the environment before this file

from tests.cast import Cast
from tests.chromium import launched


@pytest.fixture(autouse=True)
def plain_static(settings: LazySettings, tmp_path: Path) -> None:
    """Serve static files by plain names, keep letters in memory, count limits in memory per test."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": str(tmp_path)}
    }


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Yield the one Chromium (Playwright's Browser) of this process; each test opens contexts of its own."""
    yield from launched()


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the standing cast, with Ada and Ben's relationship at its first step."""
    return Cast()
