"""A new key for private text: nothing becomes unreadable, whenever it is interrupted and whoever writes meanwhile."""

from __future__ import annotations

import json
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import LazySettings, settings
from django.db.models import BinaryField

from goodword.ground.sealing import LiveRing, new_ring_entry, write_ring
from goodword.leads.lines import LeadLine
from goodword.leads.models import LeadIdea
from goodword.ops import rotating
from goodword.people import factors
from goodword.post import outbox
from goodword.post.models import OutboxLetter
from goodword.relationships.waiting import WaitingRow
from tests.cast import Cast
from tests.ops.conftest import clean, once

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def own_ring(settings: LazySettings, tmp_path: Path) -> Iterator[None]:
    """A key file of the test's own."""
    write_ring(tmp_path / "keys", [new_ring_entry()])
    settings.KEY_RING = LiveRing(tmp_path / "keys")
    yield


def ring() -> LiveRing:
    """The ring in use."""
    found: LiveRing = settings.KEY_RING
    return found


def ids() -> set[bytes]:
    """The keys under which private text and waiting letters lie."""
    return {
        bytes(raw)[:4]
        for column in rotating.columns()
        for raw in column.model._base_manager.values_list(column.name, flat=True)
        if raw
    }


def say_nothing(_: str) -> None:
    """Swallow what the command would tell the terminal."""


def fill(cast: Cast, count: int = 3) -> None:
    """Write private text and a letter that waits."""
    for number in range(count):
        LeadIdea.objects.write(cast.ada, words=f"idea {number}")
    outbox.put("sign-in", "ben@moor.example", values={"code": "123456", "token": "t"})


def read(cast: Cast) -> list[str]:
    """Read all of it back; what was written within one millisecond has no order, so it is put into one."""
    values = outbox.values_of(OutboxLetter.objects.get(kind="sign-in"))
    return [
        *sorted(idea.words.unseal(cast.ada) for idea in LeadIdea.objects.owned_by(cast.ada)),
        values["code"],
    ]


def test_everything_is_sealed_with_the_new_key_and_reads_as_before(cast: Cast) -> None:
    fill(cast)
    old, before = ring().ring().newest, read(cast)
    assert rotating.rotate(say_nothing, settle=0) >= 4  # and the letters of the cast
    assert read(cast) == before == ["idea 0", "idea 1", "idea 2", "123456"]
    assert ids() == {ring().ring().newest} != {old}


def test_an_apps_secret_and_recovery_codes_get_the_new_key_too(cast: Cast) -> None:
    factors.add_app(cast.ada_person, "JBSWY3DPEHPK3PXP")
    before = factors.codes_of(cast.ada_person)
    rotating.rotate(say_nothing, settle=0)
    assert {cipher[:4] for _row, _name, cipher in factors.sealed_secrets()} == {ring().ring().newest}
    assert factors.codes_of(cast.ada_person) == before
    rotating.open_samples(ring().ring())


def test_the_old_key_is_set_aside_and_both_files_are_for_their_owner_alone(cast: Cast) -> None:
    old = ring().ring().newest
    rotating.rotate(say_nothing, settle=0)
    retired = ring().path.with_name("keys.retired")
    assert old not in ring().ring().keys
    assert LiveRing(retired).ring().newest == old
    assert {stat.S_IMODE(path.stat().st_mode) for path in (ring().path, retired)} == {0o600}


def test_an_interrupted_change_goes_on_where_it_stopped(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(cast, 5)
    monkeypatch.setattr(rotating, "A_FEW", 2)
    real, calls = rotating._reseal_some, iter(range(100))

    def killed_at_the_second(*args: object) -> int:
        if next(calls) == 1:
            raise KeyboardInterrupt
        return real(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(rotating, "_reseal_some", killed_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        rotating.rotate(say_nothing, settle=0)
    half = read(cast)
    monkeypatch.setattr(rotating, "_reseal_some", real)
    newest = ring().ring().newest
    rotating.rotate(say_nothing, settle=0)
    assert read(cast) == half
    assert ids() == {newest}
    assert list(ring().ring().keys) == [newest]


def test_what_is_written_meanwhile_is_neither_lost_nor_left_under_the_old_key(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(cast)
    old, real = ring().ring(), rotating.reseal
    passes: list[int] = []

    def somebody_writes_late(new: object) -> int:
        done = real(new)  # type: ignore[arg-type]
        if not passes:  # with the ring as it was read before the change, stored after the first pass
            idea = LeadIdea.objects.write(cast.ada, words="")
            late = old.seal("a late idea", f"{LeadIdea._meta.db_table}.words.{idea.pk}".encode())
            LeadIdea._base_manager.filter(pk=idea.pk).update(words=late)
        passes.append(done)
        return done

    monkeypatch.setattr(rotating, "reseal", somebody_writes_late)
    rotating.rotate(say_nothing, settle=0)
    assert "a late idea" in read(cast)
    assert ids() == {ring().ring().newest}


def test_every_sealed_column_is_known_and_the_outbox_too() -> None:
    names = {f"{column.model.__name__}.{column.name}" for column in rotating.columns()}
    ours = apps.get_app_config("goodword").get_models()
    assert names == {
        f"{model.__name__}.{field.name}"
        for model in ours
        for field in model._meta.concrete_fields
        if isinstance(field, BinaryField)
    }


def test_a_value_belongs_to_its_column_as_the_database_calls_it(cast: Cast) -> None:
    there = {(column.model, column.name): column for column in rotating.columns()}
    row = WaitingRow.objects.create(
        person=cast.ada_person,
        relationship=cast.ada.relationship,
        kind="promise",
        subject="Send it",
        page="/",
        turn="ours",
        urgency=3,
    )
    field: Any = WaitingRow._meta.get_field("subject")
    assert there[WaitingRow, "subject"].place(row.pk) == field.place(row.pk)
    renamed = rotating.SealedColumn(LeadLine, "last_line")
    assert (renamed.column, b".word." in renamed.place(row.pk)) == ("word", True)
    rotating.rotate(say_nothing, settle=0)
    rotating.open_samples(ring().ring())
    assert WaitingRow.objects.get(pk=row.pk).subject == "Send it"


def test_two_changes_at_once_are_refused(cast: Cast) -> None:
    with rotating.alone(ring().path), pytest.raises(BlockingIOError):
        rotating.rotate(say_nothing, settle=0)


FILL = """
import django; django.setup()
from goodword.leads.models import LeadIdea
from goodword.people.models import Person
from goodword.relationships import starting
me = Person.objects.at("ada@lane.example", "Ada Lane")
seat = starting.start(me, name="Ben Moor")
for number in range(2000):
    LeadIdea.objects.write(seat, words=f"idea {number}")
"""
READ = """
import django; django.setup()
from goodword.leads.models import LeadIdea
from goodword.people.models import Person
from goodword.relationships.models import Seat
seat = Seat.objects.get(person__email="ada@lane.example")
print(len({idea.words.unseal(seat) for idea in LeadIdea.objects.owned_by(seat)}))
"""


@once
@pytest.mark.processes
def test_killed_in_the_middle_nothing_is_lost(data: Path) -> None:
    env = {**clean(), "GOODWORD_DATA": str(data), "DJANGO_SETTINGS_MODULE": "config.settings"}
    keys = data / "keys"

    def run(*argv: str) -> str:
        return subprocess.run(
            [sys.executable, *argv], cwd=ROOT, env=env, check=True, capture_output=True, text=True
        ).stdout

    run("-c", FILL)
    changing = subprocess.Popen(
        [sys.executable, "manage.py", "rotate_keys"], cwd=ROOT, env=env, stdout=subprocess.DEVNULL
    )
    while len(json.loads(keys.read_text())) == 1:
        time.sleep(0.01)
    time.sleep(0.05)
    changing.send_signal(signal.SIGKILL)
    changing.wait()
    assert run("-c", READ) == "2000\n"
    assert "going on" in run("manage.py", "rotate_keys", "--settle", "0")
    assert len(json.loads(keys.read_text())) == 1
    assert run("-c", READ) == "2000\n"
