"""The operator's document says the limits that hold, all of those that are counted among them."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROW = re.compile(r"^\| .+ \| (\d+) \| `([\w/]+\.[A-Z_]+)` \|$", re.MULTILINE)
COUNTED = re.compile(r"\ballow\([^\n]+, ([A-Z_]+|\d+), (?:[\d_ *]+|[A-Z_]+)\)")


def listed() -> dict[str, int]:
    """Return the limits the document names, each by its module and name."""
    table = (ROOT / "docs" / "operating.md").read_text().partition("## How often and how much")[2].partition("\n## ")[0]
    return {name: int(many) for many, name in ROW.findall(table)}


def test_each_limit_in_the_document_is_the_one_that_holds() -> None:
    assert len(listed()) > 15
    for name, many in listed().items():
        module, _, constant = name.rpartition(".")
        assert getattr(importlib.import_module(f"goodword.{module.replace('/', '.')}"), constant) == many, name


def test_whatever_is_counted_stands_in_the_document() -> None:
    counted = {
        limit
        for path in (ROOT / "goodword").rglob("*.py")
        if path.name != "limits.py" and path.parts[-2:] != ("forms", "factors.py")  # an app's code works once: no limit
        for limit in COUNTED.findall(path.read_text())
    }
    assert len(counted) > 7
    assert counted <= {name.rpartition(".")[2] for name in listed()}
