"""Reading changes nothing, for anybody, anywhere (S4)."""

from __future__ import annotations

import hashlib

import pytest
from django.apps import apps
from django.db import connection

from tests.house.world import SEATED, Address, World, unsettle


def state() -> dict[str, str]:
    """Return a digest of every table of ours."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_app_config("goodword").get_models():
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}" ORDER BY 1')  # noqa: S608 - our own table names
            found[model.__name__] = hashlib.sha256(repr(cursor.fetchall()).encode()).hexdigest()
    return found


@pytest.mark.parametrize("who", [*SEATED, "guest", "nobody"])
def test_get_and_head_change_nothing(world: World, doors: list[Address], who: str) -> None:
    unsettle()
    before = state()
    for address in doors:
        if "GET" in address.methods:
            world.browsers[who].get(address.path)
            world.browsers[who].head(address.path)
    after = state()
    assert {name for name in before if before[name] != after[name]} == set()
