"""The PostgreSQL database as a file a table, by COPY within one snapshot: no program of another version is needed.

The schema is not copied: it is made by the migrations the copy names, which every later version still has.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Model

from goodword.ops import new_database
from goodword.ops.backup.manifest import PIECE, Manifest, WrongBackup

FOLDER = "tables"
LIMITS = "limits"


def size() -> int:
    """Return how many bytes a copy takes, about."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        return int(cursor.fetchone()[0])


def is_empty() -> bool:
    """Whether there is no table yet."""
    return not _tables()


def copy_out(folder: Path) -> dict[str, int]:
    """Write every table as it is at this moment into the folder; return the rows of each. Writers go on meanwhile."""
    (folder / FOLDER).mkdir()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        return {table: _table_out(cursor, table, folder / FOLDER / f"{table}.copy") for table in _tables()}


def _table_out(cursor: Any, table: str, path: Path) -> int:
    columns = ", ".join(map(connection.ops.quote_name, _columns(cursor, table)))
    with path.open("wb") as file:
        file.write(columns.encode() + b"\n")
        with cursor.copy(f"COPY {connection.ops.quote_name(table)} ({columns}) TO STDOUT") as rows:
            for piece in rows:
                file.write(piece)
    return int(cursor.rowcount)


def copy_in(folder: Path, manifest: Manifest) -> None:
    """Make the copy's schema in place of whatever there is, then put all rows in, in one transaction.

    Whoever calls it keeps a mark that it was begun, and begins it again after a kill. Raises WrongBackup if a table has other
    rows afterwards than the copy had.
    """
    _clear()
    make_schema(manifest)
    with transaction.atomic(), connection.cursor() as cursor:
        tables = [path.stem for path in sorted((folder / FOLDER).glob("*.copy"))]
        names = ", ".join(map(connection.ops.quote_name, tables))
        cursor.execute(f"TRUNCATE {names} CASCADE")
        for table in tables:
            found = _table_in(cursor, table, folder / FOLDER / f"{table}.copy")
            if found != manifest.rows[table]:
                raise WrongBackup(f"The backup is damaged: {table} had {manifest.rows[table]} rows and has {found}.")
        _set_sequences(cursor)


def make_schema(manifest: Manifest) -> None:
    """Bring an empty database to the migrations a copy was made at."""
    executor = MigrationExecutor(connection)
    unknown = [name for app, name in manifest.migrations if (app, name) not in executor.loader.graph.nodes]
    if unknown:
        raise WrongBackup(
            f"The backup is of version {manifest.version}, which is newer than this program. Update first."
        )
    applied = {(app, name) for app, name in manifest.migrations}
    if applied == set(executor.loader.graph.nodes):
        new_database.make()
        return
    executor.migrate([key for key in applied if not any(_follows(executor, other, key) for other in applied)])
    if LIMITS in manifest.rows:
        call_command("createcachetable", verbosity=0)


def _follows(executor: MigrationExecutor, other: tuple[str, str], key: tuple[str, str]) -> bool:
    """Whether a migration comes directly after another of its app: only the last of each app is named as a target."""
    return other[0] == key[0] and any(parent.key == key for parent in executor.loader.graph.node_map[other].parents)


def _table_in(cursor: Any, table: str, path: Path) -> int:
    with path.open("rb") as file:
        columns = file.readline().decode().strip()
        with cursor.copy(f"COPY {connection.ops.quote_name(table)} ({columns}) FROM STDIN") as rows:
            while piece := file.read(PIECE):
                rows.write(piece)
    return int(cursor.rowcount)


def _tables() -> list[str]:
    with connection.cursor() as cursor:
        return sorted(connection.introspection.table_names(cursor))


def _columns(cursor: Any, table: str) -> Iterable[str]:
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = %s"
        " ORDER BY ordinal_position",
        [table],
    )
    return [name for (name,) in cursor.fetchall()]


def _clear() -> None:
    """Drop every table of ours, in one statement."""
    names = ", ".join(map(connection.ops.quote_name, _tables()))
    if names:
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE {names} CASCADE")


def _set_sequences(cursor: Any) -> None:
    """Let numbers go on after the highest that was put in: of Django's models, and of its list of migrations."""
    models: list[type[Model]] = [*apps.get_models(include_auto_created=True), MigrationRecorder.Migration]
    present = set(_tables())
    for statement in connection.ops.sequence_reset_sql(
        no_style(), [model for model in models if model._meta.db_table in present]
    ):
        cursor.execute(statement)
