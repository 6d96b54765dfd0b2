"""Backups: whole, sealed if asked, refused without their keys; a restore overwrites nothing and wakes nothing that was over."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from goodword.ops.backup import archive, secret
from goodword.ops.backup.manifest import WrongBackup
from tests.ops.conftest import once
from tests.ops.houses import House, house

IDEA = "I might introduce them to my sister"

WORD = "correct horse battery staple"
pytestmark = [pytest.mark.sql, pytest.mark.processes]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, Path, Path]]:
    """A house that was lived in, a backup of it in clear and one sealed, both made before what came after."""
    folder = tmp_path_factory.mktemp("lived")
    (folder / "word").write_text(WORD + "\n")
    with house(folder / "data") as here:
        assert here.run("login-link", "host@vale.example").returncode == 0
        here.scene("before")
        plain = here.run("backup", str(folder / "plain"))
        assert plain.returncode == 0, plain.stderr
        sealed = here.run("backup", str(folder / "sealed"), "--passphrase-file", str(folder / "word"))
        assert sealed.returncode == 0, sealed.stderr
        here.scene("after")
        yield here, next((folder / "plain").glob("*.tar.gz")), next((folder / "sealed").glob("*.sealed.tar"))


@pytest.fixture
def empty(lived: tuple[House, Path, Path], tmp_path: Path) -> Iterator[House]:
    """A house with nothing in it, beside what the scenes noted."""
    (tmp_path / "scene.json").write_bytes((lived[0].data.parent / "scene.json").read_bytes())
    with house(tmp_path / "data") as there:
        yield there


def look(there: House) -> dict[str, object]:
    """Start a restored house, and return what is found in it."""
    done = there.run("login-link", "host@vale.example")
    assert done.returncode == 0, done.stderr
    found: dict[str, object] = json.loads(there.scene("look"))
    return found


@pytest.mark.parametrize("kind", [1, 2], ids=["in clear", "sealed"])
def test_what_is_restored_reads_as_it_was_and_what_was_over_stays_over(
    lived: tuple[House, Path, Path], empty: House, kind: int
) -> None:
    word = ["--passphrase-file", str(lived[0].data.parent / "word")] if kind == 2 else []
    later = ["--deletions", str(lived[0].data / "deletions")]
    done = empty.run("restore", str(lived[kind]), *word, *later)
    assert done.returncode == 0, done.stderr
    found = look(empty)
    assert found == {
        "ideas": [IDEA],
        "encounters": True,
        "named": False,
        "links": [False, False],
        "new link": True,
        "feed": 404,
        "signed in": False,
        "letters sent": 0,
        "epochs": 1,
    }


def test_without_the_list_what_was_erased_since_is_back_for_the_backup_knew_it(
    lived: tuple[House, Path, Path], empty: House
) -> None:
    assert empty.run("restore", str(lived[1])).returncode == 0
    assert look(empty)["named"] is True


def test_a_restore_overwrites_nothing(lived: tuple[House, Path, Path], empty: House) -> None:
    before = {path.name: path.read_bytes() for path in lived[0].data.iterdir() if path.name in ("keys", "secret")}
    done = lived[0].run("restore", str(lived[1]))
    assert (done.returncode, "overwrites nothing" in done.stderr) == (1, True)
    assert {name: (lived[0].data / name).read_bytes() for name in before} == before
    if lived[0].database:  # an empty folder, and a database that is not
        there = House(empty.data, lived[0].database)
        done = there.run("restore", str(lived[1]))
        assert (done.returncode, "holds tables already" in done.stderr) == (1, True)
        assert not any(empty.data.iterdir())


def test_a_backup_without_its_keys_or_with_anothers_is_not_restored(
    lived: tuple[House, Path, Path], empty: House, tmp_path: Path
) -> None:
    alone = tmp_path / "alone.tar.gz"
    alone.write_bytes(lived[1].read_bytes())
    done = empty.run("restore", str(alone))
    assert (done.returncode, "Name their file with --keys" in done.stderr) == (1, True)
    keys = json.loads(next(lived[1].parent.glob("*.keys")).read_text())
    keys["keys"][0]["key"] = "A" * 43 + "="  # the same id, another key
    (tmp_path / "other.keys").write_text(json.dumps(keys))
    done = empty.run("restore", str(alone), "--keys", str(tmp_path / "other.keys"))
    assert (done.returncode, "are not those of this backup" in done.stderr) == (1, True)
    assert not any(empty.data.iterdir())


@once
def test_a_wrong_passphrase_and_a_changed_or_cut_file_are_said_and_leave_nothing(
    lived: tuple[House, Path, Path], empty: House, tmp_path: Path
) -> None:
    (tmp_path / "wrong").write_text("another word altogether")
    done = empty.run("restore", str(lived[2]), "--passphrase-file", str(tmp_path / "wrong"))
    assert (done.returncode, done.stderr.strip()) == (1, "The passphrase does not open this backup.")
    whole = lived[2].read_bytes()
    right = ["--passphrase-file", str(lived[0].data.parent / "word")]
    for changed in (whole[:20_000], whole[:30_000] + bytes([whole[30_000] ^ 1]) + whole[30_001:], b"", b"no backup"):
        (tmp_path / "changed").write_bytes(changed)
        done = empty.run("restore", str(tmp_path / "changed"), *right)
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1, done.stderr
        assert not any(empty.data.iterdir())


@once
def test_a_sealed_backup_shows_nothing_and_opens_with_age_alone(
    lived: tuple[House, Path, Path], tmp_path: Path
) -> None:
    raw = lived[2].read_bytes()
    assert b"ada@lane" not in raw
    assert (lived[0].data / "secret").read_bytes() not in raw
    (tmp_path / "out").mkdir()
    archive.unpack(lived[2], tmp_path / "out", WORD)
    assert (tmp_path / "out" / "database.sqlite3").read_bytes().startswith(b"SQLite format 3")


@once
@pytest.mark.parametrize(("words", "said"), [("", "holds no passphrase"), ("short", "too short")])
def test_a_backup_that_was_to_be_sealed_is_never_made_in_clear(
    lived: tuple[House, Path, Path], tmp_path: Path, words: str, said: str
) -> None:
    (tmp_path / "word").write_text(words)
    done = lived[0].run("backup", str(tmp_path / "to"), "--passphrase-file", str(tmp_path / "word"))
    assert (done.returncode, said in done.stderr) == (1, True)
    env = {**lived[0].env, secret.NAME: words}
    argv = [sys.executable, "-m", "goodword.ops", "backup", str(tmp_path / "to")]
    done = subprocess.run(argv, env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, said in done.stderr) == (1, True)
    assert not (tmp_path / "to").exists()


@once
def test_a_house_whose_key_file_lost_a_key_is_not_backed_up_as_if_all_were_well(
    lived: tuple[House, Path, Path], empty: House, tmp_path: Path
) -> None:
    assert empty.run("restore", str(lived[1])).returncode == 0
    (empty.data / "keys").unlink()  # a new one is made at the next start
    done = empty.run("backup", str(tmp_path / "to"))
    assert (done.returncode, "belongs to a key that is not in" in done.stderr) == (1, True)
    assert not list((tmp_path / "to").glob("*"))


@once
def test_a_copy_is_of_one_moment_while_others_write(lived: tuple[House, Path, Path], tmp_path: Path) -> None:
    base, stop = lived[0].data / "goodword.sqlite3", threading.Event()
    with sqlite3.connect(base) as there:
        there.execute("CREATE TABLE pairs (side TEXT, number INTEGER)")

    def write() -> None:
        own, number = sqlite3.connect(base, timeout=20, isolation_level=None), 0
        while not stop.is_set():
            number += 1
            own.execute("BEGIN IMMEDIATE")
            own.executemany("INSERT INTO pairs VALUES (?, ?)", [("a", number), ("b", number)])
            own.execute("COMMIT")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        done = lived[0].run("backup", str(tmp_path / "to"))
    finally:
        stop.set()
        writer.join()
        with sqlite3.connect(base) as there:
            there.execute("DROP TABLE pairs")
    assert done.returncode == 0, done.stderr
    (tmp_path / "out").mkdir()
    archive.unpack(next((tmp_path / "to").glob("*.tar.gz")), tmp_path / "out")
    copy = sqlite3.connect(tmp_path / "out" / "database.sqlite3")
    assert copy.execute(
        "SELECT count(*) FROM (SELECT number FROM pairs GROUP BY 1 HAVING count(*) <> 2)"
    ).fetchone() == (0,)
    assert copy.execute("SELECT count(*) FROM pairs").fetchone()[0] > 0


@once
def test_older_backups_go_with_their_keys_when_only_some_are_to_be_kept(
    lived: tuple[House, Path, Path], tmp_path: Path
) -> None:
    for second in ("01", "02"):
        for kind in ("tar.gz", "keys"):
            (tmp_path / f"goodword-202601{second}T000000Z.{kind}").write_text("old")
    assert lived[0].run("backup", str(tmp_path), "--keep", "2").returncode == 0
    left = sorted(path.name for path in tmp_path.iterdir())
    assert len(left) == 4
    assert left[0] == "goodword-20260102T000000Z.keys"


@once
def test_a_restore_that_was_killed_stops_the_start_and_is_begun_again_by_the_same_command(
    lived: tuple[House, Path, Path], empty: House
) -> None:
    assert empty.run("restore", str(lived[1])).returncode == 0
    (empty.data / "restoring").write_text("begun\n")  # as a kill before the last line leaves it
    done = empty.run("login-link", "ada@lane.example")
    assert (done.returncode, "was broken off" in done.stderr) == (1, True)
    done = empty.run("restore", str(lived[1]))
    assert done.returncode == 0, done.stderr
    assert look(empty)["ideas"] == [IDEA]


def test_a_file_that_would_leave_its_folder_is_refused(tmp_path: Path) -> None:
    import io
    import tarfile

    with tarfile.open(tmp_path / "bad.tar.gz", "w:gz") as tar:
        tar.addfile(tarfile.TarInfo("files/../../escaped"), io.BytesIO())
    (tmp_path / "out").mkdir()
    with pytest.raises(WrongBackup):
        archive.unpack(tmp_path / "bad.tar.gz", tmp_path / "out")
    assert not (tmp_path / "escaped").exists()
