"""The same furniture stands in every room of the method, so that whoever knows one room finds their way in all (docs/house.md)."""

from __future__ import annotations

from pathlib import Path

import pytest

CODE = Path(__file__).parents[2] / "goodword"
ROOMS = (
    "account",
    "agreements",
    "alone",
    "briefings",
    "desk",
    "encounters",
    "followups",
    "gates",
    "leads",
    "profiles",
    "reservations",
    "teaching",
)
FURNITURE = {
    "urls",
    "views",
    "forms",
    "actions",
    "queries",
    "rules",
    "models",
    "follows",
    "waiting",
    "wording",
    "half_minute",
    "mailing",
    "paper",
}
TEMPLATES = {"letters", "pages", "papers", "parts"}

# What a room has beside, and why it is none of the above.
BESIDE = {
    "account/operators": "what whoever runs the server did: its own table, and the only writer of it",
    "encounters/calendar_entries": "rows kept for each person's calendar: their table, how they are written, how they are read",
    "gates/needs": "the table that joins each need of the rules with the room that meets it",
    "gates/readiness": "the facts of both sides that a gate decides on, and shows to neither",
    "leads/currencies": "a list from ISO 4217",
    "leads/lines": "rows kept for each person's list of leads: their table, and how they are written",
    "leads/links": "secrets in links, made from a lead's key: for tables, letters and doors alike",
    "profiles/files": "a program of its own that makes files clean",
    "profiles/store": "where files lie",
    "teaching/own": "a person's own, before any relationship: its table, and the only writer of it",
    "teaching/practice": "for oneself alone: its table, and the only writer of it",
}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_has_the_furniture_of_every_room(room: str) -> None:
    found = {
        each.name.removesuffix(".py")
        for each in (CODE / room).iterdir()
        if each.name not in ("__init__.py", "__pycache__") and (each.is_dir() or each.suffix == ".py")
    }
    beside = {name.partition("/")[2] for name in BESIDE if name.startswith(f"{room}/")}
    assert found - FURNITURE - TEMPLATES == beside


@pytest.mark.parametrize("room", (*ROOMS, "people", "post", "relationships"))
def test_a_capability_is_named_once_by_its_place(room: str) -> None:
    """What belongs into a package stands in it: no `at_table_views` beside `views`."""
    ends = tuple(f"_{name}" for name in FURNITURE)
    assert [each.name for each in (CODE / room).glob("*.py") if each.stem.endswith(ends)] == []
