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


def test_every_rule_that_code_cites_is_in_the_projects_own_documents() -> None:
    threats = (ROOT / "docs" / "threats.md").read_text()
    known = {f"M{number}" for number, _ in ROWS}
    known |= set(re.findall(r"^\| (D\d) \|", threats, re.MULTILINE))
    known |= set(re.findall(r"^\* \*\*(S\d)\*\* ", threats, re.MULTILINE))
    for head in re.findall(r"^\| (T\d[^|]*)\|", threats, re.MULTILINE):
        for first, last in re.findall(r"\bT(\d+)(?:–T(\d+))?", head):
            known |= {f"T{number}" for number in range(int(first), int(last or first) + 1)}
    cited: dict[str, str] = {}
    for place in ("goodword", "config", "bench"):
        for path in sorted((ROOT / place).rglob("*.py")):
            for said in re.findall(r'""".*?"""|#[^\n"]*', path.read_text(), re.DOTALL):
                found = re.findall(r"(?<![\w#])(?:[MST]\d{1,2}|D\d|UX[ -]?\d+)\b", said)
                cited |= {number: str(path.relative_to(ROOT)) for number in found}
    assert {"D1", "M35", "S4", "T4"} <= cited.keys(), "citations are read at all"
    assert {number: path for number, path in cited.items() if number not in known} == {}
