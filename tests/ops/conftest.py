"""A data folder with its tables, made once and copied for each house that a test starts."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Houses that tests start have a SQLite database of their own, whatever the tests run on: once is enough.
once = pytest.mark.skipif(bool(os.environ.get("GOODWORD_DATABASE_URL")), reason="starts houses of its own, on SQLite")


def clean() -> dict[str, str]:
    """Return the environment without anything that is Goodword's."""
    return {name: value for name, value in os.environ.items() if not name.startswith("GOODWORD_")}


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which nobody has signed in yet."""
    folder = tmp_path_factory.mktemp("pristine") / "data"
    made = "import django; django.setup(); from goodword.ops import new_database; new_database.make()"
    env = {**clean(), "GOODWORD_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "config.settings"}
    subprocess.run([sys.executable, "-c", made], cwd=ROOT, env=env, check=True)
    return folder


@pytest.fixture
def data(pristine: Path, tmp_path: Path) -> Path:
    """A copy of it, for this test alone."""
    return Path(shutil.copytree(pristine, tmp_path / "data"))
