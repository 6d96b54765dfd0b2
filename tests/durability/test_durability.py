"""What a host may rely on: nothing acknowledged is lost, nothing is half done, whatever dies. In full: run.py test --durability."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from goodword.ops import throwaway
from tests.durability.load import FULL, Writer, ask, check, figure, running, start
from tests.ops.conftest import once
from tests.ops.houses import House
from tests.ops.mailserver import PostOffice, open_post_office

pytestmark = [pytest.mark.processes, once]
KILLS = 200 if FULL else 2
RESTARTS = 10 if FULL else 1


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder to write to, with what is known of it beside it."""
    folder = tmp_path_factory.mktemp("load")
    there = House(folder / "data")
    assert there.run("login-link", "host@vale.example").returncode == 0
    there.scene("load")
    return folder


@pytest.fixture
def there(lived: Path, tmp_path: Path) -> House:
    """A copy of it for this test alone."""
    shutil.copy(lived / "scene.json", tmp_path)
    return House(Path(shutil.copytree(lived / "data", tmp_path / "data")))


def notes(there: House) -> dict[str, str]:
    """What the scene noted: where to write, and as whom."""
    found: dict[str, str] = json.loads((there.data.parent / "scene.json").read_text())
    return found


def test_killed_under_load_it_loses_nothing_it_had_taken_and_is_back_at_once(there: House) -> None:
    writer, dice, slowest = Writer(notes(there)), random.Random(13), 0.0
    for _ in range(KILLS):
        house = start(there)
        slowest = max(slowest, house.started_in)
        with writer.writing(house.port):
            time.sleep(dice.uniform(0.3, 1.5))
            house.kill()
    lost, half = check(there, writer)
    figure(
        "kill -9 under write load",
        f"{KILLS} times, {len(writer.kept)} leads acknowledged, {lost} lost, {half} half done, ready again in {slowest:.1f} s at most",
    )
    assert len(writer.kept) > KILLS
    assert (lost, half) == (0, 0)
    assert writer.refused == []
    assert slowest < (20 if not FULL else 10)  # several tests share the cores; the figure is what counts


def test_each_acknowledged_write_reached_the_disk_first(there: House, tmp_path: Path) -> None:
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("NO STRACE: nobody watches what reaches the disk")
    writer, trace = Writer(notes(there)), tmp_path / "trace"
    with running(there) as house:
        writer.give(house.port)
        argv = [strace, "-f", "-ttt", "-e", "trace=fsync,fdatasync", "-o", str(trace)]
        argv += [part for pid in house.pids() for part in ("-p", str(pid))]
        tracer = subprocess.Popen(argv, stderr=subprocess.PIPE)
        assert tracer.stderr is not None
        if b"attached" not in tracer.stderr.readline():
            pytest.skip("NO STRACE may attach to a process here")
        time.sleep(0.5)
        spans = []
        for _ in range(20):
            began = time.time()
            assert writer.give(house.port)[0] == 302
            spans.append((began, time.time()))
        tracer.send_signal(signal.SIGINT)
        tracer.wait(10)
    synced = [
        float(found[1]) for line in trace.read_text().splitlines() if (found := re.match(r"\d+ +([\d.]+) ", line))
    ]
    without = [span for span in spans if not any(span[0] <= moment <= span[1] for moment in synced)]
    figure("fsync before the answer", f"{len(spans)} writes, {len(without)} answered without one")
    assert without == []


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of forty megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=40m", "tmpfs", str(disk)], capture_output=True, check=False
    ).returncode:
        pytest.skip("NO SMALL DISK can be mounted here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_on_a_full_disk_one_reads_on_keeps_what_one_typed_and_writes_again_when_there_is_room(
    lived: Path, small_disk: Path
) -> None:
    shutil.copy(lived / "scene.json", small_disk)
    there = House(Path(shutil.copytree(lived / "data", small_disk / "data")))
    writer = Writer(notes(there))
    with running(there) as house:
        assert writer.give(house.port)[0] == 302
        filling = small_disk / "filling"
        with filling.open("wb", buffering=0) as file:
            while True:
                try:
                    file.write(bytes(4096))
                except OSError:
                    break
        status = 302
        while status == 302:  # what room its journal still had
            status, text = writer.give(house.port)
        read = [ask(house.port, "GET", path, writer.notes["session"])[0] for path in ("/", "/today", "/leads")]
        typed = f"load {text.partition('load ')[2][:3]}"
        filling.unlink()
        again = writer.give(house.port)[0]
    lost, half = check(there, writer)
    figure(
        "disk full", f"reading {read}, writing {status} with what was typed; with room again {again}, without a restart"
    )
    assert status == 503
    assert len(typed) > len("load ")
    assert set(read) <= {200, 302}
    assert again == 302
    assert (lost, half) == (0, 0)


def test_postgresql_restarted_under_load_loses_nothing_and_goes_on_by_itself(tmp_path: Path) -> None:
    programs = throwaway.binaries()
    if programs is None:
        pytest.skip("NO POSTGRESQL is installed")
    with throwaway.cluster(programs, durable=True) as cluster:
        there = House(tmp_path / "data", cluster.url)
        assert there.run("login-link", "host@vale.example").returncode == 0
        there.scene("load")
        writer, longest = Writer(notes(there)), 0.0
        with running(there) as house:
            for number in range(RESTARTS):
                with writer.writing(house.port):
                    time.sleep(1)
                    cluster.stop((signal.SIGINT, signal.SIGQUIT)[number % 2])
                    cluster.start()
                    back = time.monotonic()
                    before = len(writer.kept)
                    while len(writer.kept) < before + 3:
                        assert time.monotonic() - back < 20
                        time.sleep(0.02)
                    longest = max(longest, time.monotonic() - back)
        lost, half = check(there, writer)
    figure(
        "PostgreSQL restarted or crashed under load",
        f"{RESTARTS} times, {len(writer.kept)} leads acknowledged, {lost} lost, {half} half done, writing again after {longest:.1f} s",
    )
    assert (lost, half) == (0, 0)
    assert set(writer.refused) <= {500, 503}


def letters_of(office: PostOffice) -> list[str]:
    """The names of the letters that were handed over."""
    return [str(letter["Message-ID"]) for letter in office.letters]


@pytest.mark.skipif(not FULL, reason="only with run.py test --durability; tests/ops/test_worker.py has the short form")
def test_while_the_mail_server_is_away_letters_wait_and_each_comes_once(there: House) -> None:
    away, writer = 600, Writer(notes(there))
    with open_post_office() as (office, port):
        smtp = {"GOODWORD_SMTP_URL": f"smtp://127.0.0.1:{port}"}
        office.moods = ["later"] * 10_000
        with running(there, **smtp) as house:
            for _ in range(5):
                ask(house.port, "POST", "/sign-in", "", {"email": f"somebody{_}@vale.example"})
            time.sleep(away)
            office.moods = []
            until = time.monotonic() + 1800
            while len(set(letters_of(office))) < 5 and time.monotonic() < until:
                time.sleep(0.5)
            assert writer.give(house.port)[0] == 302
    names = letters_of(office)
    figure(
        "mail server away", f"{away} s; 5 letters waited, {len(set(names))} came, {len(names) - len(set(names))} twice"
    )
    assert len(names) == len(set(names)) == 5


@pytest.mark.skipif(not FULL, reason="only with run.py test --durability")
def test_a_gigabyte_is_backed_up_and_restored_in_time(there: House, tmp_path: Path) -> None:
    done = there.run("many", module="tests.ops.scenes")
    assert done.returncode == 0, done.stderr
    size = (there.data / "goodword.sqlite3").stat().st_size / 1e9
    (tmp_path / "word").write_text("correct horse battery staple")
    sealed = ["--passphrase-file", str(tmp_path / "word")]
    began = time.monotonic()
    assert there.run("backup", str(tmp_path / "to"), *sealed).returncode == 0
    made = time.monotonic()
    back = House(tmp_path / "back" / "data")
    assert back.run("restore", str(next((tmp_path / "to").glob("*.tar"))), *sealed).returncode == 0
    took = time.monotonic() - began
    figure(
        "backup and restore, sealed",
        f"{size:.2f} GB in {made - began:.0f} s and {took - made + began:.0f} s; 10 GB in {took / size / 6:.1f} min",
    )
    assert took / size * 10 < 600


@pytest.mark.skipif(not FULL, reason="only with run.py test --durability")
@pytest.mark.parametrize("how", ["torn page", "flipped bit"])
def test_how_often_damage_is_found(there: House, tmp_path: Path, how: str) -> None:
    dice, found, rounds = random.Random(5), 0, 40
    subprocess.run(
        ["sqlite3", str(there.data / "goodword.sqlite3"), "PRAGMA wal_checkpoint(TRUNCATE)"],
        check=True,
        capture_output=True,
    )
    raw = (there.data / "goodword.sqlite3").read_bytes()
    for _ in range(rounds):
        hurt, page = bytearray(raw), dice.randrange(1, len(raw) // 4096)
        if how == "torn page":
            hurt[page * 4096 + 2048 : (page + 1) * 4096] = os.urandom(2048)
        else:
            hurt[page * 4096 + dice.randrange(4096)] ^= 1 << dice.randrange(8)
        (there.data / "goodword.sqlite3").write_bytes(hurt)
        found += "integrity    every page" not in there.run("doctor").stdout
    figure(f"damage found by doctor: {how}", f"{found} of {rounds}, at random places, empty and unused ones too")
    assert found > 0
