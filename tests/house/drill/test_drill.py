"""The drill: each plausible leak of `patches.py` is put into a copy of the tree, and the test it names must fail there.

Left out of `run.py test` unless it is asked for with `run.py test --drill`: every leak costs a test run of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.drill.edits import edited, file_of
from tests.house.drill.leaks import Leak
from tests.house.drill.patches import LEAKS

pytestmark = pytest.mark.drill

ROOT = Path(__file__).resolve().parents[3]
LEFT_OUT = shutil.ignore_patterns(".*", "__pycache__", "node_modules", "floor")
PASSED, FAILED = 0, 1
PATIENCE, MORE_FOR_EACH = 300, 15  # seconds for one test that must fail, and for each more that must pass


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the tree as it lies here, committed or not, without anybody's data."""
    there = tmp_path_factory.mktemp("drill") / "tree"
    there.mkdir()
    for each in ROOT.iterdir():
        if each.name.startswith(".") or each.name == "data":
            continue
        shutil.copytree(each, there / each.name, ignore=LEFT_OUT) if each.is_dir() else shutil.copy2(each, there)
    return there


def run(tree: Path, tests: tuple[str, ...]) -> tuple[int, str]:
    """Run these tests in a tree; return pytest's exit code and the end of what it said."""
    argv = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", "--nomigrations", *tests]
    # Half of the patches keep a file's size within a second, which Python's cache of compiled modules would not notice.
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "TMPDIR": str(tree.parent), "GOODWORD_DATABASE_URL": ""}
    for name in ("PYTEST_XDIST_WORKER", "PYTEST_XDIST_WORKER_COUNT", "PYTEST_ADDOPTS"):
        env.pop(name, None)
    patience = PATIENCE + MORE_FOR_EACH * len(tests)
    done = subprocess.run(argv, cwd=tree, env=env, capture_output=True, text=True, timeout=patience, check=False)
    return done.returncode, (done.stdout + done.stderr)[-3000:]


def test_without_a_leak_all_of_them_pass(copy: Path) -> None:
    code, said = run(copy, tuple(sorted({test for leak in LEAKS for test in leak.caught_by})))
    assert code == PASSED, said


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.name.replace(" ", "-"))
def test_a_leak_is_caught(copy: Path, leak: Leak) -> None:
    module, _, name = leak.at.partition(":")
    file = file_of(copy, module)
    before = file.read_text()
    file.write_text(edited(before, name, leak.edits))
    try:
        results = {test: run(copy, (test,)) for test in leak.caught_by}
    finally:
        file.write_text(before)
    assert {test: code for test, (code, _said) in results.items()} == dict.fromkeys(leak.caught_by, FAILED), results
