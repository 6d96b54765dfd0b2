"""The leaks of the drill still fit the code, and name tests that are there: seen in every run, in a second."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.house.drill.edits import (
    Astray,
    Edit,
    call,
    condition,
    edited,
    file_of,
    first,
    last,
    returned,
    value,
    without,
)
from tests.house.drill.leaks import Leak
from tests.house.drill.patches import LEAKS

ROOT = Path(__file__).resolve().parents[3]
SOURCE = '''
def sold(basket, day):
    """Return what was sold."""
    if day is None:
        raise LookupError("no day")
    rows = basket.filter(day=day,
                         paid=True)
    return rows
'''


def test_the_drill_has_leaks_of_many_kinds_each_with_a_name_of_its_own() -> None:
    assert len({leak.name for leak in LEAKS}) == len(LEAKS) >= 140


@pytest.mark.parametrize("leak", LEAKS, ids=lambda leak: leak.name.replace(" ", "-"))
def test_a_leak_fits_what_it_names_exactly_once(leak: Leak) -> None:
    module, _, name = leak.at.partition(":")
    source = file_of(ROOT, module).read_text()
    assert edited(source, name, leak.edits) != source


def test_every_test_that_must_catch_a_leak_is_there() -> None:
    there: dict[str, set[str]] = {}
    for test in {test for leak in LEAKS for test in leak.caught_by}:
        file, _, name = test.partition("::")
        if file not in there:
            tree = ast.parse((ROOT / file).read_text())
            there[file] = {each.name for each in ast.walk(tree) if isinstance(each, ast.FunctionDef)} | {""}
        assert name.partition("[")[0] in there[file], test


@pytest.mark.parametrize(
    "edit, put, gone",
    [
        (without("paid", of="basket.filter"), "filter(day=day)", "paid=True"),
        (value("rows", "list($it)"), "list((basket.filter(", "rows = basket"),
        (value("day", "None", of="filter"), "day=(None)", "day=day,"),
        (call("filter", "$on.all($args)"), "basket.all(day=day, paid=True)", "filter"),
        (condition("False", before="LookupError"), "if (False):", "is None"),
        (returned("[*$it]"), "return ([*(rows)])", "return rows"),
        (first("basket.log()"), "    basket.log()\n    if day", 'sold."""\n    if'),
        (last("basket.log()"), "return rows\n    basket.log()", "rows\n\n"),
    ],
)
def test_an_edit_is_put_where_it_says(edit: Edit, put: str, gone: str) -> None:
    new = edited(SOURCE, "sold", [edit])
    assert put in new and gone not in new


def test_an_edit_that_fits_nowhere_or_twice_and_a_name_that_is_gone_are_said() -> None:
    for name, edit in [("sold", value("price", "1")), ("sold", value("day", "1")), ("bought", returned("1"))]:
        source = SOURCE.replace("return rows", "return rows.filter(day=day)")
        with pytest.raises(Astray):
            edited(source, name, [edit])
