"""Lists read from a replica: a PostgreSQL that follows the one that is written to (GOODWORD_REPLICA_URL).

A view marked `@lists_from_replica` reads there, and nobody can tell: before it begins, the primary says how far its journal has
reached the disk, and the replica is asked only if it has everything up to there. So a list is never older than the moment it was
asked for: whoever acts reads their act, and what somebody took back is gone at once. A replica that is behind, away, or not of this
database is stepped over; where it fails in the middle, the view, which changes nothing, begins again on the primary.

Writes, and reads once something was written or inside a transaction, go to the primary.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections

ALIAS = "replica"
REST = 5.0  # seconds for which one that failed is left alone
FAR = "SELECT pg_current_wal_flush_lsn()::text, system_identifier FROM pg_control_system()"
NEAR = "SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= %s::pg_lsn AND system_identifier = %s FROM pg_control_system()"
P = ParamSpec("P")
T = TypeVar("T")
log = logging.getLogger("goodword.db")
_alias: ContextVar[str] = ContextVar("asked", default=DEFAULT_DB_ALIAS)
_rests_until = 0.0  # of this process


class Router:
    """Tells Django which database is asked. Only in force where there is a replica."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        """Return the database that is asked now."""
        return alias_in_use()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        """Return the primary; from now on it is asked too."""
        _alias.set(DEFAULT_DB_ALIAS)
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """Rows of either are rows of one database."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        """Only the primary is migrated; its replica follows."""
        return db == DEFAULT_DB_ALIAS


def alias_in_use() -> str:
    """Return the alias of the database that is asked now."""
    alias = _alias.get()
    return DEFAULT_DB_ALIAS if alias != DEFAULT_DB_ALIAS and connections[DEFAULT_DB_ALIAS].in_atomic_block else alias


def lists_from_replica(view: Callable[P, T]) -> Callable[P, T]:
    """Let a view that only reads ask the replica, where there is one and it has everything."""

    @wraps(view)
    def inner(*args: P.args, **kwargs: P.kwargs) -> T:
        if ALIAS not in settings.DATABASES or not has_everything():
            return view(*args, **kwargs)
        token = _alias.set(ALIAS)
        try:
            return view(*args, **kwargs)
        except Error as trouble:
            if _alias.get() != ALIAS:  # it went over to the primary by itself
                raise
            step_over(trouble)
        finally:
            _alias.reset(token)
        return view(*args, **kwargs)

    return inner


def has_everything() -> bool:
    """Whether the replica answers, and has all that the primary has acknowledged by now."""
    global _rests_until
    now = time.monotonic()
    if now < _rests_until or connections[DEFAULT_DB_ALIAS].in_atomic_block:
        return False
    if _rests_until:  # it failed before: one looks whether it is back, the others need not wait
        _rests_until = now + REST
    try:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(FAR)
            far = cursor.fetchone()
        with connections[ALIAS].cursor() as cursor:
            cursor.execute(NEAR, far)
            found = bool(cursor.fetchone()[0])
    except Error as trouble:
        step_over(trouble)
        return False
    _rests_until = 0.0
    return found


def step_over(trouble: Exception) -> None:
    """Leave the replica alone for a while."""
    global _rests_until
    _rests_until = time.monotonic() + REST
    connections[ALIAS].close()
    log.warning("the replica is stepped over for %d s (%s)", REST, type(trouble).__name__)
