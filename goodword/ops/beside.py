"""Whether an upgrade can be taken beside machines that still run the version before, on one PostgreSQL.

Older code goes on reading and writing what it knows. So a migration may only add: tables, columns that are empty or have a default in
the database, indexes. It may not take away, rename or narrow what older code writes, nor look at rows once that older code goes on
making. One that does the latter and may all the same says why: `beside_older = "…"` in its class; one that must not says
`stops_older = "…"`, and is begun only when no other machine works.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection
from django.db.migrations import Migration, RunPython, RunSQL, SeparateDatabaseAndState
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.models import NOT_PROVIDED, Field, Model

from config.environment import WrongSetting
from goodword.ops.models import FRESH, Beat
from goodword.version import VERSION


@dataclass(frozen=True, slots=True)
class Column:
    """A column as the database has it."""

    type: str
    may_be_empty: bool
    fills_itself: bool
    unique: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table as the database has it."""

    columns: dict[str, Column]
    rules: frozenset[str]


def others_work(now: dt.datetime) -> bool:
    """Whether another machine works on this database: its worker has beaten within a minute and a half."""
    known = connection.vendor == "postgresql" and Beat._meta.db_table in connection.introspection.table_names()
    return known and Beat.objects.filter(at__gt=now - FRESH).exists()


def state_now() -> ProjectState:
    """Return the state of what has been applied."""
    loader = MigrationLoader(connection)
    return loader.project_state([node for node in loader.applied_migrations if node in loader.graph.nodes])


def refuse(plan: Iterable[tuple[Migration, bool]], state: ProjectState) -> None:
    """End the program with a sentence if these migrations, from this state on, cannot be taken beside older code."""
    if why := reasons([migration for migration, _backwards in plan], state):
        raise WrongSetting(
            f"Machines with an older Goodword work on this database, and the upgrade to {VERSION} cannot be taken beside them"
            f" ({why[0]}). Stop them all, then start {VERSION}; after a crash, wait a minute and a half. Nothing was changed."
        )


def reasons(plan: Iterable[Migration], state: ProjectState) -> list[str]:
    """Return why these migrations, from this state on, cannot be taken beside older code; nothing where they can."""
    found, before = [], tables(state)
    for migration in plan:
        state = migration.mutate_state(state)
        after = tables(state)
        found += [f"{migration.name}: {why}" for why in _reasons(migration, before, after)]
        before = after
    return found


def _reasons(migration: Migration, before: dict[str, Table], after: dict[str, Table]) -> Iterator[str]:
    if stops := getattr(migration, "stops_older", ""):
        yield stops
    elif not getattr(migration, "beside_older", ""):
        for name, table in before.items():
            yield from _table_reasons(name, table, after.get(name))
        yield from (f"{type(one).__name__} looks at rows once" for one in _looks_at_rows(migration.operations))


def _table_reasons(name: str, was: Table, now: Table | None) -> Iterator[str]:
    """Say what of a table older code would miss, or be refused."""
    if now is None:
        yield f"the table {name} goes"
        return
    for column, it in now.columns.items():
        old = was.columns.get(column)
        if old is None and not (it.may_be_empty or it.fills_itself):
            yield f"{name}.{column} is new, and has no default in the database (db_default)"
        elif old is not None and it.type != old.type:
            yield f"{name}.{column} gets another type"
        elif old is not None and ((old.may_be_empty and not it.may_be_empty) or (it.unique and not old.unique)):
            yield f"{name}.{column} takes less than before"
    yield from (f"{name}.{column} goes" for column in was.columns.keys() - now.columns.keys())
    yield from (f"{name} has a new rule, {rule}" for rule in sorted(now.rules - was.rules))


def _looks_at_rows(operations: Iterable[Operation]) -> Iterator[Operation]:
    for one in operations:
        if isinstance(one, RunPython | RunSQL):
            yield one
        elif isinstance(one, SeparateDatabaseAndState):
            yield from _looks_at_rows(one.database_operations)


def tables(state: ProjectState) -> dict[str, Table]:
    """Return every table of a state, by its name in the database."""
    return {model._meta.db_table: _table(model) for model in state.apps.get_models(include_auto_created=True)}


def _table(model: type[Model]) -> Table:
    columns = {str(field.column): _column(field) for field in model._meta.local_concrete_fields}
    rules = [rule.name for rule in model._meta.constraints] + [str(some) for some in model._meta.unique_together]
    return Table(columns, frozenset(rules))


def _column(field: Field[object, object]) -> Column:
    default = getattr(field, "db_default", NOT_PROVIDED)
    return Column(field.db_type(connection) or "", field.null, default is not NOT_PROVIDED, field.unique)
