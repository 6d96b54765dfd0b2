"""Many relationships that stand where one has walked to: its rows copied, each under ids and keys of its own.

Two hundred rounds need two hundred relationships before a gate, and walking each there takes a hundred times as long as the
instant the round is about. Sealed texts are bound to their rows, so they do not open in a copy: nothing at the gate reads them.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction

from goodword.ground.keys import new_id, new_key
from goodword.relationships.models import Relationship
from tests.raw import stored

Rows = list[tuple[type[models.Model], list[tuple[Any, ...]]]]


def copies(of: uuid.UUID, many: int) -> Iterator[str]:
    """Yield the public keys of `many` copies of the relationship with this id, made all at once."""
    rows = list(_rows(of))
    with transaction.atomic():
        keys = [_copy(rows) for _ in range(many)]
    return iter(keys)


def _rows(of: uuid.UUID) -> Iterator[tuple[type[models.Model], list[tuple[Any, ...]]]]:
    """Yield every row of a relationship, by model, as the database keeps it."""
    for model in apps.get_app_config("goodword").get_models():
        scope = "id" if model is Relationship else "relationship_id"
        if scope in {field.column for field in model._meta.concrete_fields}:
            columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
            with connection.cursor() as cursor:
                cursor.execute(
                    f'SELECT {columns} FROM "{model._meta.db_table}" WHERE "{scope}" = %s',  # noqa: S608 - our own names
                    [stored(of)],
                )
                yield model, cursor.fetchall()


def _copy(rows: Rows) -> str:
    """Write all these rows once more; return the key of the relationship they are now."""
    names: dict[Any, Any] = {}
    for model, all_rows in rows:
        for at, field in enumerate(model._meta.concrete_fields):
            if isinstance(field, models.UUIDField | models.CharField) and (field.unique or field.name == "key"):
                make = _new_id if isinstance(field, models.UUIDField) else new_key
                names |= {row[at]: make() for row in all_rows if row[at] is not None}
    for model, all_rows in rows:
        _insert(model, [[names.get(value, value) for value in row] for row in all_rows])
    (_, (relationship,)) = next(one for one in rows if one[0] is Relationship)
    return str(names[relationship[Relationship._meta.concrete_fields.index(Relationship._meta.get_field("key"))]])


def _new_id() -> uuid.UUID | str:
    return stored(new_id())


def _insert(model: type[models.Model], rows: list[list[Any]]) -> None:
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)]
    columns, marks = ", ".join(f'"{field.column}"' for field in fields), ", ".join(["%s"] * len(fields))
    kept = [model._meta.concrete_fields.index(field) for field in fields]
    with connection.cursor() as cursor:
        cursor.executemany(
            f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({marks})',  # noqa: S608 - our own names
            [[row[at] for at in kept] for row in rows],
        )
