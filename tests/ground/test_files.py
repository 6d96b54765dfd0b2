"""Files written whole or not at all, whoever else writes at the same moment."""

from __future__ import annotations

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from goodword.ground.files import write_once, write_whole

MANY = 8


def all_at_once(path: Path) -> set[str]:
    """Let many write a file that is not there yet, each its own text; return what each finds there afterwards."""
    begin = Barrier(MANY)

    def one(number: int) -> str:
        begin.wait(10)
        write_once(path, str(number) * 1000)
        return path.read_text()

    with ThreadPoolExecutor(MANY) as pool:
        return set(pool.map(one, range(MANY)))


@pytest.mark.parametrize("round_", range(20))
def test_of_many_who_make_a_file_at_once_one_is_first_and_all_read_theirs(tmp_path: Path, round_: int) -> None:
    (read,) = all_at_once(tmp_path / "keys")
    assert len(read) == 1000 and len(set(read)) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["keys"]


def test_where_a_file_system_has_no_links_it_is_whole_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    write_once(tmp_path / "keys", "one")
    assert (tmp_path / "keys").read_text() == "one"
    assert [path.name for path in tmp_path.iterdir()] == ["keys"]


def test_what_is_written_is_for_its_owner_alone_and_takes_the_place_of_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    path.write_text("before")
    path.chmod(0o644)
    write_whole(path, "after")
    assert path.read_text() == "after"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
