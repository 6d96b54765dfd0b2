"""What a run of the tests says at its end: what came of it, and what this machine lacks for the rest."""

from __future__ import annotations

from pathlib import Path

import pytest

from goodword.ops import testing

REPORT = """<testsuites><testsuite tests="4" failures="0" errors="0" skipped="3">
<testcase name="a"><skipped type="pytest.skip" message="NO CONTAINERS here: the image is neither built nor started">at</skipped></testcase>
<testcase name="b"><skipped type="pytest.skip" message="NO CONTAINERS here: the image is neither built nor started">at</skipped></testcase>
<testcase name="c"><skipped type="pytest.skip" message="how SQLite plans">at</skipped></testcase>
<testcase name="d"/></testsuite></testsuites>"""


def test_what_the_machine_lacks_is_said_once_and_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report, tally = tmp_path / "report.xml", testing.Tally()
    report.write_text(REPORT)
    for _engine in range(2):
        tally.count(report)
    testing.tell(tally, 1)
    said = capsys.readouterr().out
    assert said.count("Skipped: NO CONTAINERS here: the image is neither built nor started") == 1
    assert "SQLite plans" not in said
    assert "2 passed, 0 failed, 6 skipped" in said
