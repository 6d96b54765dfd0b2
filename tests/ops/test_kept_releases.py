"""Data of every released version comes into this one, on both engines: read as it was, with nothing lost."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.ops.houses import SERVER, house
from tests.ops.keep_release import KEPT

ENGINE = "postgresql" if SERVER else "sqlite"
RELEASES = sorted(KEPT.glob(f"*-{ENGINE}.tar.gz"))
pytestmark = pytest.mark.processes


def test_data_of_each_released_version_is_kept_for_this_test() -> None:
    if not KEPT.exists():
        pytest.skip("NO RELEASE IS KEPT YET: python -m tests.ops.keep_release, when the schema of the first is final")
    assert RELEASES, f"nothing is kept for {ENGINE}"


@pytest.mark.parametrize("kept", RELEASES, ids=lambda path: path.name.removesuffix(".tar.gz"))
def test_what_a_release_left_behind_is_upgraded_and_reads_as_it_was(kept: Path, tmp_path: Path) -> None:
    shutil.copy(kept.with_name(kept.name.replace(".tar.gz", ".json")), tmp_path / "scene.json")
    with house(tmp_path / "data") as there:
        done = there.run("restore", str(kept), "--keys", str(kept.with_name(kept.name.replace(".tar.gz", ".keys"))))
        assert done.returncode == 0, done.stderr
        assert there.run("login-link", "host@vale.example").returncode == 0
        found = json.loads(there.scene("look"))
        assert found["ideas"] == ["I might introduce them to my sister"]
        assert found["encounters"] and found["named"] and found["new link"]
        assert "integrity    every page" in there.run("doctor").stdout
