"""Data in which meetings lay in clear comes into the version that seals them: nothing is lost, and nothing stays in clear."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.ops.houses import SERVER, house
from tests.raw import shows

START = ("login-link", "host@vale.example")  # the cheapest command that makes the data fit for its program
WORD = "zinnoberkraehe"
pytestmark = [pytest.mark.processes, pytest.mark.sql]


def test_meetings_that_lay_in_clear_are_sealed_by_the_upgrade_and_read_as_they_did(tmp_path: Path) -> None:
    with house(tmp_path / "data") as there:
        assert there.run(*START).returncode == 0
        done = there.run("write", WORD, module="tests.ops.in_clear")
        assert done.returncode == 0, done.stderr[-3000:]
        files = [path for path in there.data.glob("goodword.sqlite3*") if shows(path.read_bytes(), WORD)]
        assert files or SERVER
        done = there.run(*START)
        assert done.returncode == 0, done.stderr[-3000:]
        assert "Upgrading from" in done.stdout
        found = json.loads(there.run("look", WORD, module="tests.ops.in_clear").stdout)
        assert found["in clear"] == []
        assert found["meetings"] == [[f"{WORD} Café", f"{WORD} & Co"], ["", ""]]
        assert found["agenda"] == [[f"{WORD} {number}", WORD] for number in range(1200)]
        assert found["promise"] == f"Send {WORD}"
        assert found["notes"] == [f"{WORD} it is", f"{WORD}, naïve", f"For {WORD}"]
        assert found["waits"] == [["plan", ""], ["promise", f"Send {WORD}"]]
        assert found["changes"] == ["", f"{WORD} again"]
        assert found["letter"] == f"{WORD} Hall"
        assert found["calendar"] == found["feed"] == [f"{WORD} Café"]
        assert not [path.name for path in there.data.glob("goodword.sqlite3*") if shows(path.read_bytes(), WORD)]
        assert "integrity    every page" in there.run("doctor").stdout
