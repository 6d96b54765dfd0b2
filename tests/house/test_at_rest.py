"""At rest: after a day of private writing, no private word lies in clear in anything that is on the disk or was logged."""

from __future__ import annotations

import base64
import email
import email.policy
import json
import pickle
import shutil
import sqlite3
import subprocess
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.ops.conftest import ROOT, clean, once, pristine
from tests.raw import shows

__all__ = ["pristine"]  # a fixture
WORD = "zinnoberkraehe"  # plain ASCII: the same bytes in every encoding that is likely
pytestmark = [once, pytest.mark.processes]


class Day(NamedTuple):
    """What a day left behind."""

    folder: Path
    said: str

    def rows(self) -> Iterator[tuple[str, tuple[object, ...]]]:
        """Yield (table, row) of the whole database."""
        base = sqlite3.connect(f"file:{self.folder / 'goodword.sqlite3'}?mode=ro", uri=True)
        for (table,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
            for row in base.execute(f'SELECT * FROM "{table}"'):  # noqa: S608 - names from the database itself
                yield table, row
        base.close()


@pytest.fixture(scope="module")
def day(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Day:
    """Live a day in a copy of the empty data folder, once for all tests here."""
    folder = Path(shutil.copytree(pristine, tmp_path_factory.mktemp("day") / "data"))
    env = {**clean(), "GOODWORD_DATA": str(folder), "GOODWORD_BASE_URL": "http://testserver"}
    env["DJANGO_SETTINGS_MODULE"] = "config.settings"
    done = subprocess.run(
        [sys.executable, "-m", "tests.house.a_day", WORD],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return Day(folder, done.stdout + done.stderr)


def test_the_looking_itself_sees() -> None:
    assert shows(f"… {WORD.upper()} …".encode(), WORD)
    assert all(shows(base64.b64encode(f"{'a' * shift}{WORD}cdef".encode()), WORD) for shift in range(3))
    assert not shows(b"zinnober", WORD)


def test_no_file_of_the_data_folder_holds_a_private_word(day: Day) -> None:
    files = [path for path in day.folder.rglob("*") if path.is_file()]
    assert {"goodword.sqlite3", "goodword.sqlite3-wal"} <= {path.name for path in files}
    assert not [str(path) for path in files if shows(path.read_bytes(), WORD)]


def test_no_row_holds_a_private_word_neither_do_rows_that_are_packed(day: Day) -> None:
    seen = set()
    for table, row in day.rows():
        seen.add(table)
        assert not shows(repr(row).encode(), WORD), table
        assert not any(shows(unpacked(value), WORD) for value in row if isinstance(value, (str, bytes))), table
    assert {"django_session", "goodword_outboxletter", "goodword_privatereservation", "limits"} & seen >= {
        "django_session",
        "goodword_outboxletter",
        "goodword_privatereservation",
    }


def unpacked(value: str | bytes) -> bytes:
    """Return what a packed value holds as far as it can be opened without a key: sessions, cache entries."""
    raw = value.encode() if isinstance(value, str) else value
    found, body = [raw], raw.lstrip(b".").split(b":")[0]
    ways: tuple[Callable[[], bytes], ...] = (
        lambda: base64.urlsafe_b64decode(body + b"=" * (-len(body) % 4)),
        lambda: zlib.decompress(base64.urlsafe_b64decode(body + b"=" * (-len(body) % 4))),
        lambda: zlib.decompress(raw),
        lambda: repr(pickle.loads(base64.b64decode(raw))).encode(),  # noqa: S301 - our own cache's rows
    )
    for read in ways:
        try:
            found.append(read())
        except Exception:  # noqa: S112 - it was not packed that way
            continue
    return b"\n".join(found)


def test_there_are_letters_and_none_holds_a_private_word(day: Day) -> None:
    letters = list((day.folder / "mail").glob("*.eml"))
    assert len(letters) > 5
    for path in letters:
        letter = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        parts = [part.get_content() for part in letter.walk() if not part.is_multipart()]
        assert not shows("\n".join([str(letter.items()), *map(str, parts)]).encode(), WORD), path


def test_letters_that_wait_are_sealed_and_those_that_went_are_empty(day: Day) -> None:
    base = sqlite3.connect(f"file:{day.folder / 'goodword.sqlite3'}?mode=ro", uri=True)
    rows = base.execute("SELECT content, sent_at, dropped_at FROM goodword_outboxletter").fetchall()
    base.close()
    waiting = [bytes(content) for content, sent, dropped in rows if not sent and not dropped]
    assert waiting and len(waiting) < len(rows)
    assert not [content for content in waiting if b'"link"' in content or b'"name"' in content or not content]
    assert not [content for content, sent, dropped in rows if (sent or dropped) and content]


def test_nothing_private_was_logged(day: Day) -> None:
    assert "key " in day.said
    assert not shows(day.said.encode(), WORD)


def test_the_key_that_opens_it_all_lies_outside_the_database(day: Day) -> None:
    keys = [base64.b64decode(entry["key"]) for entry in json.loads((day.folder / "keys").read_text())]
    assert (day.folder / "keys").stat().st_mode & 0o077 == 0
    for path in day.folder.glob("goodword.sqlite3*"):
        assert not [key for key in keys if key in path.read_bytes() or base64.b64encode(key) in path.read_bytes()]
