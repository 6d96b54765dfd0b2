"""Making the data folder fit for this version: tables up to date, the shared limits table, static files collected."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import OperationalError

from config.environment import WrongSetting


def ready() -> None:
    """Bring tables and static files up to date. Ends the program with a sentence if the database cannot be reached."""
    try:
        _tables()
    except OperationalError as wrong:
        raise WrongSetting(
            f"The database cannot be reached: {str(wrong).strip().splitlines()[0]}. See GOODWORD_DATABASE_URL."
        ) from wrong
    _static()


def waiting_migrations() -> int:
    """Return how many migrations have not been applied."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _tables() -> None:
    waiting = waiting_migrations()
    if waiting:
        print(f"Preparing the database: {waiting} steps", flush=True)
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)


def _static() -> None:
    stamp, want = Path(settings.STATIC_ROOT) / "stamp", _static_sources()
    if stamp.exists() and stamp.read_text() == want:
        return
    print("Collecting style, fonts and scripts", flush=True)
    call_command("collectstatic", verbosity=0, interactive=False, clear=Path(settings.STATIC_ROOT).exists())
    stamp.write_text(want)


def _static_sources() -> str:
    """Return a hash that changes when a static file does."""
    sum_ = hashlib.sha256()
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                sum_.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return sum_.hexdigest()
