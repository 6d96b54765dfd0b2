"""Upgrades nobody fears: a copy first, every row there afterwards or the copy back in place, and never a start that is blocked."""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.utils import timezone

from goodword.ops import upgrading
from goodword.version import VERSION
from tests.durability.load import FULL, figure
from tests.ops import releases
from tests.ops.conftest import ROOT, once
from tests.ops.houses import House, house
from tests.ops.releases import NEXT

KILLS = 20 if FULL else 4
START = ("login-link", "host@vale.example")  # the cheapest command that makes the data fit for its program
pytestmark = pytest.mark.processes


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A backup of a house with forty private texts."""
    folder = tmp_path_factory.mktemp("small")
    with house(folder / "data") as here:
        assert here.run(*START).returncode == 0
        here.scene("small")
        done = here.run("backup", str(folder))
        assert done.returncode == 0, done.stderr
        yield folder


@pytest.fixture
def old(small: Path, tmp_path: Path) -> Iterator[House]:
    """A house of this version, in use."""
    shutil.copy(small / "scene.json", tmp_path)
    with house(tmp_path / "data") as here:
        if here.database:
            done = here.run("restore", str(next(small.glob("*.tar.gz"))))
            assert done.returncode == 0, done.stderr
            assert here.run(*START).returncode == 0
        else:
            shutil.copytree(small / "data", here.data)
        yield here


def ideas(there: House, cwd: Path = ROOT) -> int:
    """Return how many of the forty private texts their author reads."""
    done = there.run("ideas", module="tests.ops.scenes", cwd=cwd)
    assert done.returncode == 0, done.stderr[-2000:]
    return len(json.loads(done.stdout))


def copies(there: House) -> list[Path]:
    """Return the copies made before upgrades."""
    return list((there.data / "upgrades").glob("*-to-*"))


@pytest.mark.sql
def test_an_upgrade_makes_a_copy_first_and_loses_nothing(old: House, tmp_path: Path) -> None:
    tree = releases.newer(tmp_path / "tree", releases.GOOD)
    done = old.run(*START, cwd=tree)
    assert done.returncode == 0, done.stderr
    assert f"Upgrading from {VERSION} to {NEXT}" in done.stdout
    assert len(copies(old)) == 1
    assert ideas(old, tree) == 40
    again = old.run(*START, cwd=tree)
    assert (again.returncode, "Upgrading" in again.stdout) == (0, False)


def test_copies_of_the_time_before_an_upgrade_go_after_a_month(settings: LazySettings, tmp_path: Path) -> None:
    settings.DATA, now = tmp_path, timezone.now()
    for days in (29, 31):
        (tmp_path / "upgrades" / f"{now - dt.timedelta(days=days):%Y%m%dT%H%M%SZ}-{VERSION}-to-{NEXT}").mkdir(
            parents=True
        )
    assert upgrading.forget_copies(now) == 1
    assert len(list((tmp_path / "upgrades").iterdir())) == 1


@pytest.mark.parametrize("fill", ["LOSES", "RAISES", "GARBLES"])
def test_an_upgrade_that_goes_wrong_puts_the_copy_back_and_says_so(old: House, tmp_path: Path, fill: str) -> None:
    tree = releases.newer(tmp_path / "tree", getattr(releases, fill))
    for _ in range(2):  # a service that is started again and again makes no heap of copies
        done = old.run(*START, cwd=tree)
        assert done.returncode == 1
        assert f"The upgrade from {VERSION} to {NEXT} did not come to its end" in done.stderr
        assert "private words" not in done.stderr + done.stdout
        assert copies(old) == []
    assert old.run(*START).returncode == 0  # the older version goes on
    assert ideas(old) == 40


def test_data_of_a_newer_version_is_refused_and_both_versions_are_named(old: House, tmp_path: Path) -> None:
    tree = releases.newer(tmp_path / "tree", releases.GOOD)
    assert old.run(*START, cwd=tree).returncode == 0
    done = old.run(*START)
    assert done.returncode == 1
    assert f"The data is of Goodword {NEXT}, and this program is {VERSION}" in done.stderr
    assert ideas(old, tree) == 40


def test_a_backup_of_an_older_version_goes_into_a_newer_one_and_not_the_other_way(
    small: Path, old: House, tmp_path: Path
) -> None:
    tree = releases.newer(tmp_path / "tree", releases.GOOD)
    shutil.copy(small / "scene.json", tmp_path / "tree")
    with house(tmp_path / "tree" / "data") as there:
        assert there.run("restore", str(next(small.glob("*.tar.gz"))), cwd=tree).returncode == 0
        assert there.run(*START, cwd=tree).returncode == 0
        assert ideas(there, tree) == 40
        assert there.run("backup", str(tmp_path / "newer"), cwd=tree).returncode == 0
    with house(tmp_path / "back") as there:
        done = there.run("restore", str(next((tmp_path / "newer").glob("*.tar.gz"))))
        assert (done.returncode, f"of version {NEXT}" in done.stderr) == (1, True)


def test_an_upgrade_killed_anywhere_goes_on_or_is_taken_back_at_the_next_start(old: House, tmp_path: Path) -> None:
    tree, dice = releases.newer(tmp_path / "tree", releases.GOOD, pause=0.03), random.Random(7)
    for _ in range(KILLS):
        started = subprocess.Popen(
            [sys.executable, "-m", "goodword.ops", *START],
            cwd=tree,
            env=old.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        time.sleep(dice.uniform(0.6, 3.5))
        os.killpg(started.pid, signal.SIGKILL)
        started.wait()
    began = time.monotonic()
    done = old.run(*START, cwd=tree)
    took = time.monotonic() - began
    assert done.returncode == 0, done.stderr
    read = ideas(old, tree)
    figure(
        "an upgrade killed at random points",
        f"{KILLS} times, then a start in {took:.1f} s; {read} of 40 private texts read by the new version",
    )
    assert read == 40
    assert not list((old.data / "upgrades").glob("*.json"))


@once
def test_nothing_is_upgraded_under_an_older_version_that_still_runs(old: House, tmp_path: Path) -> None:
    tree = releases.newer(tmp_path / "tree", releases.GOOD)
    running = subprocess.Popen([sys.executable, "-m", "goodword.ops", "worker"], env=old.env)
    try:
        while not (old.data / "in-use").exists():
            assert running.poll() is None
            time.sleep(0.05)
        time.sleep(0.5)
        done = old.run(*START, cwd=tree)
        assert (done.returncode, "An older Goodword still runs" in done.stderr) == (1, True)
    finally:
        running.terminate()
        running.wait(30)
    assert old.run(*START, cwd=tree).returncode == 0


@once
def test_putting_back_that_was_killed_is_done_again(old: House, tmp_path: Path) -> None:
    tree = releases.newer(tmp_path / "tree", releases.GOOD, pause=0.2)
    started = subprocess.Popen([sys.executable, "-m", "goodword.ops", *START], cwd=tree, env=old.env)
    mark = old.data / "upgrades" / "under-way.json"
    while not mark.exists() and started.poll() is None:
        time.sleep(0.05)
    started.kill()
    started.wait()
    mark = mark.rename(mark.with_name("putting-back.json"))
    (old.data / "goodword.sqlite3").write_bytes(b"half a file")
    assert old.run(*START).returncode == 0
    assert ideas(old) == 40
    assert not mark.exists()


@once
def test_a_disk_that_fills_during_an_upgrade_leaves_the_data_as_it_was(small: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("NO SMALL DISK can be mounted here")
    try:
        shutil.copy(small / "scene.json", disk)
        there = House(disk / "data")
        assert there.run("restore", str(next(small.glob("*.tar.gz")))).returncode == 0
        assert there.run(*START).returncode == 0
        tree = releases.newer(tmp_path / "tree", releases.GROWS)
        done = there.run(*START, cwd=tree)
        assert done.returncode == 1
        assert "did not come to its end" in done.stderr
        assert "disk is full" in done.stderr
        assert there.run(*START).returncode == 0
        read = ideas(there)
        figure(
            "a disk that fills during an upgrade",
            f"the copy put back and a sentence; {read} of 40 private texts read by the old version",
        )
        assert read == 40
    finally:
        subprocess.run(["umount", str(disk)], check=True)


@once
def test_without_room_for_a_copy_an_upgrade_does_not_begin(small: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("NO SMALL DISK can be mounted here")
    try:
        shutil.copy(small / "scene.json", disk)
        there = House(disk / "data")
        assert there.run("restore", str(next(small.glob("*.tar.gz")))).returncode == 0
        assert there.run(*START).returncode == 0
        (disk / "filling").write_bytes(b"x" * (shutil.disk_usage(disk).free - 500_000))
        done = there.run(*START, cwd=releases.newer(tmp_path / "tree", releases.GOOD))
        assert (done.returncode, "The upgrade has not begun" in done.stderr) == (1, True)
        assert copies(there) == []
        assert ideas(there) == 40
    finally:
        subprocess.run(["umount", str(disk)], check=True)
