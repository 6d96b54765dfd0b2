"""Questions to the database that took too long, in the log: the SQL with its places for parameters, never the parameters."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

LONGEST = 600
log = logging.getLogger("goodword.db")
_LISTS = re.compile(r"%s(?:, %s)+")
_WORDS = re.compile(r"'(?:[^']|'')*'")


def watch() -> None:
    """Time every question on every connection from now on."""
    connection_created.connect(_watch_one, dispatch_uid="goodword.slow")


def _watch_one(connection: BaseDatabaseWrapper, **_: object) -> None:
    if _measure not in connection.execute_wrappers:
        connection.execute_wrappers.append(_measure)


def _measure(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    began = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        took = time.perf_counter() - began
        if took > settings.SLOW_QUERY:
            log.warning("slow query", extra={"facts": {"ms": round(took * 1000), "sql": without_values(sql)}})


def without_values(sql: str) -> str:
    """Return a statement with its lists drawn together and any text in it blotted out."""
    return _LISTS.sub("%s, …", _WORDS.sub("'…'", sql))[:LONGEST]
