"""Walking the path by the real actions of every room, up to a step; and remembering where that led.

A walk to the last step is some two hundred acts. The first test of a process that needs a step walks there for real; the rows it
made are kept as the database has them, and the next test starts from them. Nothing is stubbed: they are what the actions wrote.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from goodword.ground.sealing import KEY_ID_BYTES
from goodword.ops.story import PathWalk
from goodword.people.models import Person
from goodword.relationships import news
from goodword.relationships.models import Relationship
from goodword.relationships.steps import Step
from goodword.relationships.waits import Kind

if TYPE_CHECKING:
    from tests.cast import Cast

STILL_TODAY = dt.timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Trail:
    """What a walk left behind: when it was walked, with which key, in which relationship; and for each table its rows."""

    at: dt.datetime
    sealed_with: bytes
    key: str
    rows: dict[str, list[tuple[Any, ...]]]  # by the statement that lays them down


_trails: dict[str, Trail] = {}


def walk(cast: Cast, to: Step) -> None:
    """Bring the cast's relationship to a step, with what came of its gates read."""
    PathWalk(cast.key, cast.ada_person, cast.ben_person).walk(to)
    for seat in (cast.ada, cast.ben):
        news.forget_kind(seat.relationship_id, Kind.READ_RESULT)  # on the way each has read what came of the gates


def _key_in_use() -> bytes:
    return bytes(settings.KEY_RING.seal("", b"")[:KEY_ID_BYTES])


def _stored() -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of ours as the database keeps it, by the statement that lays such rows down."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_app_config("goodword").get_models():
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - our own names
            columns = [connection.ops.quote_name(column[0]) for column in cursor.description]
            places = ", ".join(["%s"] * len(columns))
            if rows := cursor.fetchall():
                found[f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({places})"] = rows  # noqa: S608 - our own names
    return found


def keep(where: str, key: str) -> None:
    """Remember every row there is, as what a walk there leaves behind."""
    _trails[where] = Trail(timezone.now(), _key_in_use(), key, _stored())


def recall(where: str) -> str | None:
    """Lay down what a walk there left behind, and return the relationship's key.

    None where nothing is kept, where the database is not empty, or where the test's clock or key is not that of the walk.
    """
    if where not in _trails or Person.objects.exists() or Relationship.objects.exists():
        return None
    trail = _trails[where]
    if trail.sealed_with != _key_in_use() or not dt.timedelta(0) <= timezone.now() - trail.at < STILL_TODAY:
        return None
    with transaction.atomic(), connection.cursor() as cursor:  # foreign keys are checked when all are there
        for statement, rows in trail.rows.items():
            cursor.executemany(statement, rows)
    return trail.key
