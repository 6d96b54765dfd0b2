"""A copy: a folder with the database as it was at one moment, what belongs to it, and a manifest. On either engine."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from goodword.ground.sealing import KEY_ID_BYTES
from goodword.ground.stores import StoreAway
from goodword.ops import files
from goodword.ops.backup import postgres, sqlite
from goodword.ops.backup.manifest import Manifest, WrongBackup, proofs_of, sums
from goodword.ops.rotating import SealedColumn, columns
from goodword.people import deletions
from goodword.version import VERSION

FOLDERS = ("playbook",)  # of the data folder: what a host put there
FILES = "files"  # what lies in the store for files
DELETIONS = "deletions"


def is_postgres() -> bool:
    """Whether the database is PostgreSQL."""
    return connection.vendor == "postgresql"


def size() -> int:
    """Return how many bytes a copy takes, about."""
    return postgres.size() if is_postgres() else sqlite.size()


def is_empty() -> bool:
    """Whether the database holds nothing at all."""
    return postgres.is_empty() if is_postgres() else sqlite.is_empty()


def copy_out(folder: Path, now: dt.datetime, with_files: bool = False) -> Manifest:
    """Make a copy in a new folder (0700) and return its manifest. With files, those in the store are in it too.

    Raises WrongBackup if the disk has no room for it, the database is damaged, or private text lies under a key that the key
    file does not have: such a backup would be worth nothing, and nobody would notice.
    """
    room_for(size() + (_size_of_files() if with_files else 0), folder.parent)
    refuse_without_keys()
    folder.mkdir(mode=0o700)
    rows = postgres.copy_out(folder) if is_postgres() else sqlite.copy_out(folder)
    for name in FOLDERS:
        if (settings.DATA / name).is_dir():
            shutil.copytree(settings.DATA / name, folder / name)
    if with_files:
        _copy_files_out(folder / FILES)
    (folder / DELETIONS).write_text("".join(deletions.lines()))
    manifest = Manifest(
        made_at=now.isoformat(),
        version=VERSION,
        engine=connection.vendor,
        migrations=sorted(list(key) for key in MigrationRecorder(connection).applied_migrations()),
        rows=rows,
        proofs=proofs_of(settings.KEY_RING.ring()),
        files=sums(folder),
    )
    manifest.write(folder)
    return manifest


def _size_of_files() -> int:
    with _store_asked():
        return files.size()


def _copy_files_out(folder: Path) -> None:
    with _store_asked():
        files.copy_out(folder)


@contextmanager
def _store_asked() -> Iterator[None]:
    try:
        yield
    except StoreAway as away:
        raise WrongBackup(
            f"The files in the store could not be copied ({away}), so no backup was made: run.py doctor says more."
        ) from away


def copy_in(folder: Path, manifest: Manifest) -> None:
    """Put a copy in the database's place, whatever is there. Raises WrongBackup if it is damaged or of the other engine."""
    if manifest.engine != connection.vendor:
        raise WrongBackup(
            f"The backup is of {manifest.engine} and cannot go into {connection.vendor}: see GOODWORD_DATABASE_URL."
        )
    if is_postgres():
        postgres.copy_in(folder, manifest)
    else:
        sqlite.copy_in(folder)


def room_for(wanted: int, where: Path) -> None:
    """Raise WrongBackup unless a disk has room for so many bytes and a tenth more."""
    free = shutil.disk_usage(where).free
    if free < wanted * 1.1:
        raise WrongBackup(
            f"The disk of {where} has {free / 1e6:,.0f} MB left, and a copy takes {wanted * 1.1 / 1e6:,.0f} MB."
            " Make room, then try again; nothing was changed."
        )


def refuse_without_keys() -> None:
    """Raise WrongBackup, naming the tables, if anything is sealed with a key that is not in the key file."""
    sealed = [column for column in columns() if _is_there(column)]
    missing = sorted({column.model._meta.db_table for column in sealed if _key_ids_in(column) - set(_ring())})
    if missing:
        raise WrongBackup(
            f"Private text in {', '.join(missing)} belongs to a key that is not in {settings.KEY_RING.path}."
            " Put that key back (keys.retired, or a backup of the keys): without it that text is lost."
        )


def _ring() -> list[bytes]:
    return list(settings.KEY_RING.ring().keys)


def _is_there(column: SealedColumn) -> bool:
    """Whether a column holds sealed bytes in this database: an older version's may have no such table or column, or one in clear."""
    about, table = connection.introspection, column.model._meta.db_table
    with connection.cursor() as cursor:
        if table not in about.table_names(cursor):
            return False
        found = [one for one in about.get_table_description(cursor, table) if one.name == column.column]
        return any(about.get_field_type(one.type_code, one) == "BinaryField" for one in found)


def _key_ids_in(column: SealedColumn) -> set[bytes]:
    quoted = connection.ops.quote_name
    table, name = quoted(column.model._meta.db_table), quoted(column.column)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT substr({name}, 1, {KEY_ID_BYTES}) FROM {table} WHERE length({name}) > 0")  # noqa: S608
        return {bytes(key_id) for (key_id,) in cursor.fetchall()}


def keys_of_the_house() -> str:
    """Return what a copy is worth nothing without, as JSON: the key ring, keys set aside, and the signing secret."""
    path = Path(settings.KEY_RING.path)
    retired = path.with_name(f"{path.name}.retired")
    return json.dumps(
        {
            "keys": json.loads(path.read_text()),
            "retired": json.loads(retired.read_text()) if retired.exists() else [],
            "secret": settings.SECRET_KEY,
        },
        indent=1,
    )
