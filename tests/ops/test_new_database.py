"""A new database is made in one go, and is the one that all migrations would have made."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.db import migrations
from django.db.migrations.loader import MigrationLoader
from django.test import override_settings

from tests.ops.conftest import ROOT
from tests.ops.houses import house

MADE = "from goodword.ops import new_database, upgrading; new_database.make(); assert upgrading.waiting() == []"
MIGRATED = "from goodword.ops import upgrading; upgrading.migrate()"
LOOKED_AT = """
from django.db import connection
with connection.cursor() as cursor:
    for table in sorted(connection.introspection.table_names(cursor)):
        if table == "auth_group_permissions":
            continue  # nobody here has one; Django itself makes its id in two widths
        columns = connection.introspection.get_table_description(cursor, table)
        print(table, *sorted(repr((c.name, c.type_code, c.null_ok, c.default, c.internal_size)) for c in columns))
        found = connection.introspection.get_constraints(cursor, table).values()
        print(*sorted(repr(sorted((name, str(what)) for name, what in one.items())) for one in found))
"""


def schema(folder: Path, how: str) -> str:
    """Return what tables, columns, constraints and indexes a database has that was made like that."""
    program = f"import django; django.setup(); {how}\n{LOOKED_AT}"
    with house(folder) as new:
        argv = [sys.executable, "-c", program]
        done = subprocess.run(argv, cwd=ROOT, env=new.env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.mark.sql
@pytest.mark.processes
def test_every_model_has_its_table_and_no_migration_is_left_to_apply(tmp_path: Path) -> None:
    tables = {line.split()[0] for line in schema(tmp_path / "made", MADE).splitlines()[::2]}
    assert tables >= {model._meta.db_table for model in apps.get_models()}


@pytest.mark.everything
def test_it_is_made_as_all_migrations_would_make_it(tmp_path: Path) -> None:
    assert schema(tmp_path / "made", MADE) == schema(tmp_path / "migrated", MIGRATED)


@override_settings(MIGRATION_MODULES={})  # the tests' own database does without
def test_no_migration_makes_what_no_model_tells_of() -> None:
    """Tables that are made from the models would be without it."""
    ours = [one for (app, _name), one in MigrationLoader(None).disk_migrations.items() if app == "goodword"]
    assert ours
    assert not [one.name for one in ours if any(isinstance(step, migrations.RunSQL) for step in one.operations)]
