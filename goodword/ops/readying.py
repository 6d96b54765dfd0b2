"""Making the data folder fit for this version: tables up to date, the shared limits table, static files collected."""

from __future__ import annotations

import fcntl
import hashlib
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db.utils import OperationalError

from config.environment import WrongSetting
from goodword.ops import distributing, upgrading
from goodword.ops.backup.manifest import RESTORING


def ready(*, spread: bool = True) -> None:
    """Bring tables and static files up to date. Ends the program with a sentence if the database cannot be reached.

    Of a Citus cluster, `spread` asks that every table lies where it belongs; `distribute` itself asks without.
    """
    if (settings.DATA / RESTORING).exists():
        raise WrongSetting("A restore into this data folder was broken off. Run the same run.py restore again.")
    try:
        upgrading.bring_up_to_date()
        if spread:
            distributing.refuse_unspread()
    except OperationalError as wrong:
        raise WrongSetting(
            f"The database cannot be reached: {str(wrong).strip().splitlines()[0]}. See GOODWORD_DATABASE_URL."
        ) from wrong
    _static()


def hold() -> None:
    """Say, as long as this process and what it starts live, that the data folder is in use: nobody upgrades it meanwhile."""
    upgrading.in_use(fcntl.LOCK_SH)


def waiting_migrations() -> int:
    """Return how many migrations have not been applied."""
    return len(upgrading.waiting())


def _static() -> None:
    """Collect static files, one process at a time: web and worker of one house may start at once."""
    with upgrading.alone():
        _collect()


def _collect() -> None:
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
