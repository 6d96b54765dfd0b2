"""What every test stands on: a data folder of its own, and the cast."""

import gc
import os
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# Settings read the environment once, so it is set before Django is loaded: never the developer's own data.
os.environ["GOODWORD_DATA"] = tempfile.mkdtemp(prefix="goodword-test-")
(Path(os.environ["GOODWORD_DATA"]) / "static").mkdir()
os.environ.setdefault("GOODWORD_BASE_URL", "http://testserver")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
if os.environ.get("GOODWORD_CITUS_URL"):
    os.environ["GOODWORD_DATABASE_URL"] = "citus" + os.environ["GOODWORD_CITUS_URL"].removeprefix("postgresql")

import django
import pytest
from django.conf import LazySettings
from jinja2 import FileSystemBytecodeCache

from config import settings as ours

# Templates are compiled once for all processes of a run, and not again by each.
ours.TEMPLATES[0]["OPTIONS"]["bytecode_cache"] = FileSystemBytecodeCache()  # type: ignore[index]

django.setup()  # here and not by pytest-django's setting, which would read the environment before this file

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from goodword.database import compiled
from tests import clusters
from tests.cast import Cast
from tests.chromium import launched

# What is asked of both engines in every run; elsewhere a test that asks the database something special is marked `sql`, and
# here one that is answered before any database is asked, or of sentences that no database holds, is marked `alike`.
TESTS = Path(__file__).parent
ENGINES = tuple(TESTS / room for room in ("stories", "consent", "walks", "house"))
ENOUGH = 5  # times that a compiled read of one shape is compared, one after the other
ALIKE = Counter[tuple[object, ...]]()
NO_DATABASE = tuple(
    TESTS / "house" / name for name in ("test_words.py", "test_method_table.py", "test_furniture.py", "drill")
)


# Where a mark is given to a whole folder; everywhere else it stands in the file of the test that has it.
ROOMS_OF = {"sql": ENGINES, "browser": (TESTS / "browser",)}


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Where tests of one mark alone are asked for (`-m "… and sql"`), leave out files that have none: to load all takes seconds."""
    words = ["", "", *config.option.markexpr.split()]
    mark = words[-1] if words[-2] != "not" and "or" not in words else ""
    asked_for = any(Path(one.partition("::")[0]).resolve() == collection_path for one in config.args)
    if mark not in ROOMS_OF or asked_for or collection_path.suffix != ".py":
        return None
    in_room = any(collection_path.is_relative_to(room) for room in ROOMS_OF[mark])
    return None if in_room or f"mark.{mark}" in collection_path.read_text() else True


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what tells engines apart."""
    for item in items:
        in_room = any(item.path.is_relative_to(room) for room in ENGINES)
        alike = item.get_closest_marker("alike") or any(item.path.is_relative_to(place) for place in NO_DATABASE)
        if in_room and not alike:
            item.add_marker("sql")


def pytest_collection_finish() -> None:
    """Let what is loaded by now lie: looking through it again and again for what nobody holds took a tenth of the tests' time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Make the test database; on a Citus cluster (GOODWORD_CITUS_URL), spread its tables."""
    with django_db_blocker.unblock():
        clusters.spread()


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


@pytest.fixture(autouse=True)
def compiled_reads_are_plain_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compare every compiled read with the plain queryset's SQL, in whatever zone and language it is asked.

    One of a shape that was found alike several times is compared again in every twentieth case: to compare takes longer than to read.
    """
    read_of = compiled.read_of

    def compared(build: Any, given: tuple[Any, ...], values: dict[str, Any]) -> compiled.Read:
        read = read_of(build, given, values)
        seat = given[0].values if given and hasattr(given[0], "stand_in") else {}
        kinds = tuple((type(value), bool(value)) for value in values.values())
        case = (build, read.sql, kinds, get_language(), timezone.get_current_timezone_name())
        ALIKE[case] += 1
        if ALIKE[case] <= ENOUGH or not ALIKE[case] % 20:
            assert plain(build(*given, **values)) == (read.sql, read.parameters_for(seat | values))
        return read

    monkeypatch.setattr(compiled, "read_of", compared)


def plain(rows: QuerySet[Any]) -> tuple[str, tuple[Any, ...]]:
    """Return the SQL of a queryset and its parameters; none where it can have no rows."""
    try:
        sql, params = rows.query.get_compiler(DEFAULT_DB_ALIAS).as_sql()
    except EmptyResultSet:
        return "", ()
    return sql, tuple(params)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Yield the one Chromium (Playwright's Browser) of this process; each test opens contexts of its own."""
    yield from launched()


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the standing cast, with Ada and Ben's relationship at its first step."""
    return Cast()
