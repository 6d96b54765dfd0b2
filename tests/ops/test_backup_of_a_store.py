"""Files that lie in a store are in a backup, and come back to wherever files lie in the restored house."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ops.houses import House, house

pytestmark = [pytest.mark.sql, pytest.mark.processes]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a house, the store its files lie in, and a backup of it."""
    folder = tmp_path_factory.mktemp("kept")
    (folder / "store").mkdir()
    with house(folder / "data") as here:
        assert here.run("login-link", "host@vale.example").returncode == 0
        lived = here.run("papers", module="tests.ops.scenes", env=at(folder))
        assert lived.returncode == 0, lived.stderr[-2000:]
        lost = here.run("backup", str(folder / "nothing"))
        assert lost.returncode == 1 and "none is set" in lost.stdout + lost.stderr
        assert not list((folder / "nothing").glob("*"))
        done = here.run("backup", str(folder / "backup"), env=at(folder))
        assert done.returncode == 0, done.stderr
        yield folder


def at(folder: Path) -> dict[str, str]:
    """Return the setting that names a store."""
    return {"GOODWORD_FILES_FOLDER": str(folder / "store")}


def look(there: House, **env: str) -> dict[str, list[object]]:
    """Return what is read in a house."""
    done = there.run("papers_read", module="tests.ops.scenes", env=env)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, list[object]] = json.loads(done.stdout)
    return found


def stored(folder: Path) -> set[str]:
    """Return the names in a store."""
    return {str(path.relative_to(folder / "store")) for path in (folder / "store").rglob("*") if path.is_file()}


def test_a_restored_house_has_them_in_a_store_under_names_of_its_own(kept: Path, tmp_path: Path) -> None:
    before = stored(kept)
    with house(tmp_path / "data") as there:
        done = there.run("restore", str(next((kept / "backup").glob("*.tar.gz"))), env=at(kept))
        assert done.returncode == 0, done.stderr
        found = look(there, **at(kept))
    assert found["read"] == ["%PDF 0", "%PDF 1"] and max(int(str(size)) for size in found["rows"]) < 400
    assert before < stored(kept) and len(stored(kept)) == 4
    assert len({name.partition("/")[0] for name in stored(kept)}) == 2
    assert not (tmp_path / "data" / "files").exists()


def test_a_restored_house_without_a_store_has_them_in_its_database(kept: Path, tmp_path: Path) -> None:
    with house(tmp_path / "data") as there:
        done = there.run("restore", str(next((kept / "backup").glob("*.tar.gz"))))
        assert done.returncode == 0, done.stderr
        found = look(there)
        assert found["read"] == ["%PDF 0", "%PDF 1"] and min(int(str(size)) for size in found["rows"]) > 100_000
        (tmp_path / "store").mkdir()
        moved = there.run("move-files", env=at(tmp_path))
        assert moved.returncode == 0 and "2 moved" in moved.stdout, moved.stderr
        assert look(there, **at(tmp_path))["read"] == found["read"] and len(stored(tmp_path)) == 2
