"""The rule table is true: every rule has its row, and every test it names is there."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
ROWS = re.findall(r"^\| M(\d+) \|(.*)$", (ROOT / "docs" / "method.md").read_text(), re.MULTILINE)


def test_every_rule_of_the_method_has_a_row() -> None:
    assert [int(number) for number, _ in ROWS] == list(range(1, 39))


def test_every_row_names_tests_that_are_there_or_says_planned() -> None:
    for number, rest in ROWS:
        named = re.findall(r"`([\w/]+\.py)` (\w+)", rest)
        assert named or "*planned*" in rest, f"M{number}"
        for path, name in named:
            assert f"def test_{name}(" in (ROOT / "tests" / path).read_text(), f"M{number}: {path} {name}"
