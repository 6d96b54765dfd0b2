"""Old and new version side by side on one PostgreSQL: what only adds is migrated while the old one writes."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from goodword.ops import throwaway
from tests.durability.load import FULL, Writer, ask, check, figure, running
from tests.durability.standby import until
from tests.durability.test_durability import notes
from tests.ops.conftest import once
from tests.ops.houses import House
from tests.ops.releases import NEXT, newer

pytestmark = [pytest.mark.processes, once]
ADDS = 'migrations.AddField("lead", "extra", models.TextField(db_default=""))'


class Calm(Writer):
    """One that leaves the machine to others between two leads."""

    def give(self, port: int) -> tuple[int, str]:
        """Give one lead, and wait a moment."""
        time.sleep(0.2)
        return super().give(port)


def test_the_old_version_writes_on_while_the_new_one_migrates_what_only_adds(tmp_path: Path) -> None:
    programs = throwaway.binaries()
    if programs is None:
        pytest.skip("NO POSTGRESQL is installed")
    with throwaway.cluster(programs) as cluster:
        there = House(tmp_path / "data", cluster.url)
        assert there.run("login-link", "host@vale.example").returncode == 0
        there.scene("load")
        tree, writer = newer(tmp_path / "newer", "", column=ADDS), Calm(notes(there))
        with running(there) as house:
            until(lambda: ask(house.port, "GET", "/readyz")[0] == 200)  # its worker has beaten
            with writer.writing(house.port, many=1):
                before = len(writer.kept)
                done = there.run("login-link", "host@vale.example", cwd=tree)
                during = len(writer.kept) - before
                after = len(writer.kept)
                until(lambda: len(writer.kept) > after + 5)
                time.sleep(3 if FULL else 0)
            ready = ask(house.port, "GET", "/readyz")[0]
            page = ask(house.port, "GET", "/leads", writer.notes["session"])[0]
        lost, half = check(there, writer)
    figure(
        "an upgrade beside the version before",
        f"{len(writer.kept)} leads acknowledged by the old version, {during} of them during the upgrade, {lost} lost, {half} half done",
    )
    assert done.returncode == 0, done.stderr
    assert f"to {NEXT} beside older machines: 3 steps" in done.stdout
    assert (ready, page, writer.refused, lost, half) == (200, 200, [], 0, 0)
