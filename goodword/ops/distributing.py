"""`run.py distribute`: prepares a Citus cluster by what each model says of its scope, and goes on where it was broken off.

Each table is done by itself: its links to others are taken away, its id and what it keeps unique get its scope, it is spread, and
the links are made again, each with the scope. A table that is spread already is left as it is; so the same command is run after
every upgrade, before people come back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import AutoField

from config.environment import WrongSetting
from goodword.database import scopes
from goodword.database.scopes import LOCAL, REFERENCE, SPREAD, Table

FOLLOW_US = (
    "CREATE EXTENSION citus; SELECT citus_set_coordinator_host('<this machine>', 5432);"
    " SELECT citus_add_node('<another machine>', 5432);"
)
# One connection for each machine and transaction: what was written in it is seen by all that follows.
SETTINGS = {"citus.multi_shard_modify_mode": "sequential", "citus.max_adaptive_executor_pool_size": "1"}


def distribute(say: Callable[[str], object], shards: int | None = None) -> None:
    """Spread what is not spread yet. Raise WrongSetting with the reason where a rule is broken or there is no cluster."""
    if broken := scopes.broken_rules():
        raise WrongSetting("The tables cannot be spread:\n" + "\n".join(f"  {sentence}" for sentence in broken))
    _refuse_without_cluster()
    new = waiting()
    if not new:
        say("Every table lies where it should.")
        return
    _settle(shards)
    for link in _links_in_the_way(new):
        _run(f"ALTER TABLE {link[0]} DROP CONSTRAINT {_name(link[1])}")
    for model in new:
        _place(model)
    made = sum(_make_links(model) for model in _ours())
    _go_on_counting()
    kinds = {scope: sum(scopes.scope_of(model) == scope for model in new) for scope in (*SPREAD, REFERENCE)}
    say(
        f"{kinds['relationship']} tables spread by relationship, {kinds['person']} by person, {kinds[REFERENCE]} whole on every"
        f" machine, the rest on this one; {made} links made anew."
    )


def waiting() -> list[Table]:
    """Return the models whose tables are not yet where they belong; those others are spread with come first."""
    placed = (
        {str(row[0]) for row in _rows(_SPREAD)}
        if _rows("SELECT 1 FROM pg_extension WHERE extname = 'citus'")
        else set()
    )
    return [model for model in _order() if model._meta.db_table not in placed]


def _order() -> list[Table]:
    """Return the models whose tables do not stay where they are: those that others name or lie with come first."""
    wanted = [model for model in _ours() if scopes.scope_of(model) != LOCAL]
    return sorted(wanted, key=lambda model: (REFERENCE, *SPREAD).index(scopes.scope_of(model)))


_SPREAD = "SELECT logicalrelid::text FROM pg_dist_partition WHERE partmethod = 'h' OR repmodel = 't'"


def refuse_unspread() -> None:
    """Raise WrongSetting if this is a cluster and a table is not where it belongs: what is written there would be in one place."""
    if connection.display_name == "Citus" and (new := waiting()):
        raise WrongSetting(
            f"{len(new)} tables of this cluster are not spread yet. Run run.py distribute, then start again."
        )


def _ours() -> list[Table]:
    return [model for model in apps.get_models() if model._meta.managed]


def _refuse_without_cluster() -> None:
    if connection.display_name != "Citus":
        raise WrongSetting(
            "This is no Citus cluster. Write citus:// in place of postgresql:// in GOODWORD_DATABASE_URL, with its coordinator."
        )
    if not _rows("SELECT 1 FROM pg_extension WHERE extname = 'citus'"):
        raise WrongSetting(f"The database knows nothing of Citus. As its administrator, once: {FOLLOW_US}")
    if not _rows("SELECT 1 FROM pg_dist_node WHERE groupid = 0"):
        raise WrongSetting(f"The coordinator does not know itself. As its administrator, once: {FOLLOW_US}")


def _settle(shards: int | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        database = _name(cursor.fetchone()[0])
        for name, value in SETTINGS.items():
            cursor.execute(f"ALTER DATABASE {database} SET {name} = '{value}'")
            cursor.execute(f"SET {name} = '{value}'")
        if shards:
            cursor.execute("SELECT set_config('citus.shard_count', %s, false)", [str(shards)])


def _links_in_the_way(new: Iterable[Table]) -> list[tuple[str, str]]:
    """Return the links, each by its table and name, that lead from or to tables that are to be placed."""
    tables = [model._meta.db_table for model in new]
    return _rows(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE contype = 'f'"
        " AND (conrelid::regclass::text = ANY(%s) OR confrelid::regclass::text = ANY(%s))",
        [tables, tables],
    )


def _place(model: Table) -> None:
    """Put a table where it belongs."""
    table, scope, column = model._meta.db_table, scopes.scope_of(model), scopes.column_of(model)
    if scope == REFERENCE:
        _run("SELECT create_reference_table(%s)", [table])
        return
    _carry_scope(model, column)
    first = next(one._meta.db_table for one in _order() if scopes.scope_of(one) == scope)
    _run(
        "SELECT create_distributed_table(%s, %s, colocate_with => %s)",
        [table, column, "none" if table == first else first],
    )


def _carry_scope(model: Table, column: str) -> None:
    """Let the id of a table and all that it keeps unique carry its scope."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, table)
    constraints = {row[0] for row in _rows("SELECT conname FROM pg_constraint WHERE conrelid = %s::regclass", [table])}
    for name, one in found.items():
        if not one["unique"] or column in one["columns"] or one["foreign_key"]:
            continue
        columns = ", ".join(_name(each) for each in (*one["columns"], column))
        drop = f"ALTER TABLE {_name(table)} DROP CONSTRAINT" if name in constraints else "DROP INDEX"
        _run(f"{drop} {_name(name)}")
        if one["primary_key"]:
            _run(f"ALTER TABLE {_name(table)} ADD CONSTRAINT {_name(name)} PRIMARY KEY ({columns})")
        else:
            _run(f"CREATE UNIQUE INDEX {_name(name)} ON {_name(table)} ({columns})")


def _make_links(model: Table) -> int:
    """Make the links of a table that are not there: each with its scope, none out of it. Return how many."""
    table, scope, column = model._meta.db_table, scopes.scope_of(model), scopes.column_of(model)
    there = {tuple(row[0]) for row in _rows(_LINKS, [table])}
    made = 0
    for field in scopes.links_of(model):
        target = field.related_model
        if scopes.is_across(field):
            continue
        columns, theirs = [field.column], [target._meta.pk.column]
        if scope in SPREAD and scopes.scope_of(target) == scope and field.column != column:
            columns, theirs = [column, *columns], [scopes.column_of(target), *theirs]
        if tuple(sorted(columns)) in there:
            continue
        name = f"{table[:34]}_{field.column[:24]}_fk"
        _run(
            f"ALTER TABLE {_name(table)} ADD CONSTRAINT {_name(name)} FOREIGN KEY ({_list(columns)})"
            f" REFERENCES {_name(target._meta.db_table)} ({_list(theirs)}) DEFERRABLE INITIALLY DEFERRED"
        )
        made += 1
    return made


_LINKS = (
    "SELECT array(SELECT attname::text FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY(conkey) ORDER BY attname::text)"
    " FROM pg_constraint WHERE contype = 'f' AND conrelid = %s::regclass"
)


def _go_on_counting() -> None:
    """Let tables whose ids are counted go on after the last: Citus begins anew at one where it takes a table over."""
    for model in _ours():
        pk, table = model._meta.pk, model._meta.db_table
        if isinstance(pk, AutoField) and pk.column:
            _run(
                f"SELECT setval(pg_get_serial_sequence(%s, %s), (SELECT max({_name(pk.column)}) FROM {_name(table)}))",  # noqa: S608 - our own names
                [table, pk.column],
            )


def _name(name: str) -> str:
    return str(connection.ops.quote_name(name))


def _list(names: Iterable[str]) -> str:
    return ", ".join(map(_name, names))


def _run(sql: str, values: list[Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def _rows(sql: str, values: list[Any] | None = None) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())
