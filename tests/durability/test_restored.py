"""A copy that was restored keeps the secrets of the house it was taken of: a canary in every private field, and a crawl for each."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.durability.load import FULL, figure
from tests.ops.conftest import once, pristine
from tests.ops.houses import House

__all__ = ["pristine"]  # a fixture
pytestmark = [pytest.mark.processes, once]
OTHERS = ("ben", "bea", "cleo", "eve", "guest", "nobody") if FULL else ("ben",)
HOST = {"GOODWORD_BASE_URL": "http://testserver"}
CANARIES = "tests.durability.canaries"


def test_what_was_restored_shows_nobody_what_others_keep(pristine: Path, tmp_path: Path) -> None:
    there = House(Path(shutil.copytree(pristine, tmp_path / "data")))
    planted = there.run("plant", module=CANARIES, env=HOST)
    assert planted.returncode == 0, planted.stderr[-3000:]
    assert there.run("backup", str(tmp_path / "to")).returncode == 0
    back = House(tmp_path / "back" / "data")
    done = back.run("restore", str(next((tmp_path / "to").glob("*.tar.gz"))))
    assert done.returncode == 0, done.stderr
    assert back.run("login-link", "host@vale.example").returncode == 0
    shutil.copy(tmp_path / "canaries.json", tmp_path / "back")
    crawled = back.run("crawl", module=CANARIES, env={**HOST, "GOODWORD_AS": " ".join(("ada", *OTHERS))}, patience=1800)
    assert crawled.returncode == 0, crawled.stderr[-3000:]
    came = json.loads(crawled.stdout)
    hers = came["found"].pop("ada")
    leaks = sorted({path for paths in came["found"].values() for path in paths})
    figure(
        "canary crawl of a restored copy",
        f"{came['pages']} pages read, {len(leaks)} showed another's private word; its author finds hers on {len(hers)}",
    )
    assert hers
    assert leaks == []
