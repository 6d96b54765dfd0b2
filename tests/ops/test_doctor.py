"""The doctor says what is wrong, where, and what to do; a damaged page or value is found and named."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ops.conftest import once
from tests.ops.houses import House, house

pytestmark = pytest.mark.processes
PAGE = 4096


@pytest.fixture(scope="module")
def patient(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """A house with private text, and nothing else to complain of but that nobody works and no backup was made."""
    with house(tmp_path_factory.mktemp("patient") / "data") as here:
        assert here.run("login-link", "host@vale.example").returncode == 0
        here.scene("small")
        yield here


def lines(there: House, **env: str) -> dict[str, str]:
    """Return what the doctor says of each thing, its first word first."""
    done = there.run("doctor", env=env)
    assert "Traceback" not in done.stderr, done.stderr
    found: dict[str, str] = {}
    for line in done.stdout.splitlines()[:-1]:
        found.setdefault(line[7:19].strip(), line[:7].strip() + " " + line[20:])
    return found


def test_a_house_that_is_well_but_not_looked_after(patient: House) -> None:
    found = lines(patient)
    bad = {name: words for name, words in found.items() if not words.startswith("well")}
    assert set(bad) <= {"workers", "backup", "disk", "clock"}
    assert bad["backup"].startswith("wrong no backup has been made")
    assert "python3 run.py" in bad["workers"]


@once
def test_each_fault_is_said_beside_what_to_do(patient: House, tmp_path: Path) -> None:
    data = Path(shutil.copytree(patient.data, tmp_path / "data"))
    data.chmod(0o755)
    (data / "goodword.sqlite3").chmod(0o644)
    (data / "keys").unlink()
    sick = House(data)
    found = lines(
        sick,
        GOODWORD_BASE_URL="http://goodword.vale.example",
        GOODWORD_SMPT_URL="smtp://x",
        GOODWORD_SMTP_URL="smtp://user:hunter@127.0.0.1:1",
    )
    assert "Is GOODWORD_SMTP_URL meant" in found["settings"]
    assert "goodword.sqlite3" in found["data folder"]
    assert "chmod -R go=" in found["data folder"]
    assert found["keys"].startswith("wrong Private text in goodword_invitation, goodword_leadidea")
    assert found["mail server"].startswith("wrong 127.0.0.1:1 does not answer")
    assert "hunter" not in str(found)


@once
def test_settings_are_shown_with_their_source_and_no_secret(patient: House, tmp_path: Path) -> None:
    (tmp_path / "smtp").write_text("smtps://user:hunter@mail.vale.example\n")
    done = patient.run("settings", env={"GOODWORD_SMTP_URL_FILE": str(tmp_path / "smtp"), "GOODWORD_WORKERS": "3"})
    shown = {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines()}
    assert shown["GOODWORD_SMTP_URL"] == ["smtps://…@mail.vale.example", "the", "file", str(tmp_path / "smtp")]
    assert shown["GOODWORD_WORKERS"] == ["3", "the", "environment"]
    assert shown["GOODWORD_PORT"] == ["8700", "default"]
    assert "hunter" not in done.stdout


def whole(patient: House, tmp_path: Path) -> Path:
    """Return a copy of the data folder with all of the database in its one file."""
    data = Path(shutil.copytree(patient.data, tmp_path / "data"))
    with sqlite3.connect(data / "goodword.sqlite3") as base:
        base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return data


@once
def test_a_torn_page_is_noticed_and_named(patient: House, tmp_path: Path) -> None:
    data = whole(patient, tmp_path)
    with sqlite3.connect(data / "goodword.sqlite3") as base:
        [page] = base.execute("SELECT rootpage FROM sqlite_master WHERE name = 'goodword_seat'").fetchone()
    raw = bytearray((data / "goodword.sqlite3").read_bytes())
    raw[page * PAGE - PAGE // 2 : page * PAGE] = bytes(PAGE // 2)  # half of it was written, half was not
    (data / "goodword.sqlite3").write_bytes(raw)
    found = lines(House(data))["integrity"]
    assert found.startswith("wrong")
    assert f"{page}" in found


@once
def test_one_flipped_bit_in_private_text_is_noticed_and_its_row_named(patient: House, tmp_path: Path) -> None:
    data = whole(patient, tmp_path)
    with sqlite3.connect(data / "goodword.sqlite3") as base:
        pk, sealed = base.execute("SELECT id, words FROM goodword_leadidea LIMIT 1").fetchone()
    raw = bytearray((data / "goodword.sqlite3").read_bytes())
    at = raw.index(sealed)
    raw[at + random.Random(1).randrange(20, len(sealed))] ^= 4
    (data / "goodword.sqlite3").write_bytes(raw)
    found = lines(House(data))["integrity"]
    assert found.startswith("wrong goodword_leadidea, row")
    assert pk in found.replace("-", "")
