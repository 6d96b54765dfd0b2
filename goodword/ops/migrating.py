"""Applying migrations without holding up whoever reads and writes meanwhile.

On PostgreSQL a change of a table waits for every transaction that has looked at it, and whoever comes later waits behind the change: one
long query, a backup for instance, and everybody stands. So a change waits three seconds, gives up, lets all of them through, and
is tried again, for ten minutes. Each migration is one transaction, so what was given up left nothing behind.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from itertools import chain, repeat
from typing import Any

from django.core.management import call_command
from django.db import OperationalError, connection

WAIT = 3.0  # seconds for a lock, while others stand behind it
PAUSES = (1.0, 2.0, 4.0, 8.0, 15.0)  # between two tries; the last one goes on
ENOUGH = 600.0  # seconds in all
LOCK_TIMEOUT = "55P03"  # PostgreSQL's code: a lock was not to be had in time
CHANGES = ("ALTER", "CREATE", "DROP", "LOCK", "TRUNCATE")
log = logging.getLogger("goodword.ops")


def apply() -> None:
    """Apply every migration that waits. Raises OperationalError if a table was in use all the time, and what migrations raise."""
    if connection.vendor != "postgresql":
        _migrate()
        return
    begun = time.monotonic()
    for pause in chain(PAUSES, repeat(PAUSES[-1])):
        if _applied():
            return
        if time.monotonic() - begun > ENOUGH:
            break
        log.warning(
            "a table is in use by a long transaction: the migration lets it go on, and tries again in %.0f s", pause
        )
        time.sleep(pause)
    raise OperationalError(
        f"a table was in use by a long transaction for {ENOUGH / 60:.0f} minutes: pg_stat_activity shows it, perhaps a backup"
    )


def _applied() -> bool:
    """Try once; return False if a lock was not to be had. Migrations done before that one stay done."""
    try:
        with connection.execute_wrapper(_in_a_hurry):
            _migrate()
    except OperationalError as wrong:
        if getattr(wrong.__cause__, "sqlstate", "") != LOCK_TIMEOUT:
            raise
        return False
    return True


def _migrate() -> None:
    call_command("migrate", verbosity=0, interactive=False)


def _in_a_hurry(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    """Let no change of a table wait long. For its transaction alone: a PgBouncer gives the connection to somebody else then."""
    if connection.in_atomic_block and str(sql).lstrip().upper().startswith(CHANGES):
        execute(f"SET LOCAL lock_timeout = {WAIT * 1000:.0f}", None, False, context)
    return execute(sql, params, many, context)
