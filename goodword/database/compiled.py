"""Reads whose SQL is made once and run again with other values.

Django makes the SQL of a queryset anew each time it is asked, which takes three to five times as long as the database needs for
it. What every page reads is therefore a function that builds a queryset, marked `@compiled`:

    @compiled
    def _story(seat: Seat, most: int, *, since: dt.datetime) -> QuerySet[Event]:
        return Event.objects.visible_to(seat).filter(created_at__gte=since)[:most]

    rows = _story(seat, 15, since=then)

Keyword arguments are values: a `Slot` stands in for each while the SQL is made. What is given by position is part of the shape:
another `most` is another SQL. A seat comes first and is both: its ids are values, and the locks look at its shape, both of them
on its stand-in. So the function may only pass its values on to the queryset; None, a list, a day of a date (`__date`, which
depends on the zone) and words to search for are no values. Rows come back as the queryset would give them. In the suite, every
such read is compared with the plain queryset's SQL as it is asked.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models.expressions import Value

from goodword.database import replica

MOST = 400  # SQL kept for each connection: far more than there are shapes
Row = TypeVar("Row")
_FIELDS: dict[type, models.Field[Any, Any]] = {uuid.UUID: models.UUIDField(), dt.datetime: models.DateTimeField()}


class Slot(Value):
    """Stands for a named value while SQL is made."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Return a place for the value."""
        return "%s", [self]


class Read:
    """One queryset with slots, its SQL made for one connection, which is one thread's."""

    def __init__(self, rows: models.QuerySet[Any, Any], connection: Any) -> None:
        self.rows: Any = rows
        self.connection = connection
        compiler: Any = self.rows.query.get_compiler(connection=connection)
        try:
            self.sql, self.params = compiler.as_sql()
        except EmptyResultSet:
            self.sql, self.params = "", ()
            return
        converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])
        compiler.get_converters = lambda _expressions: converters
        compiler.execute_sql = self._execute
        self.rows.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]

    def run(self, values: dict[str, Any]) -> list[Any]:
        """Return the rows for these values."""
        if not self.sql:
            return []
        self.given = self.filled(values)
        return list(self.rows._iterable_class(self.rows))

    def filled(self, values: dict[str, Any]) -> tuple[Any, ...]:
        """Return the parameters of the SQL for these values."""
        return tuple(self._prepared(values[one.value]) if isinstance(one, Slot) else one for one in self.params)

    def _prepared(self, value: Any) -> Any:
        if value is None:
            raise TypeError("None is asked as IS NULL, which is another shape")
        field = _FIELDS.get(type(value))
        return field.get_db_prep_value(value, self.connection) if field else value

    def _execute(self, *_: Any, **__: Any) -> list[Any]:
        with self.connection.cursor() as cursor:
            cursor.execute(self.sql, self.given)
            return [cursor.fetchall()]


def read_of(build: Callable[..., Any], given: tuple[Any, ...], values: dict[str, Any]) -> Read:
    """Return the read of a function for arguments of this shape, its SQL made where it is the first."""
    connection = connections[replica.asked()]
    reads: dict[Any, Read] = connection.__dict__.setdefault("compiled_reads", {})
    seat, rest = (given[0], given[1:]) if _is_seat(given) else (None, given)
    key = (build, seat and seat.shape, *rest, *values)
    if key not in reads:
        if len(reads) >= MOST:
            reads.clear()
        slots = {name: Slot(name) for name in values}
        reads[key] = Read(build(seat.stand_in(), *rest, **slots) if seat else build(*rest, **slots), connection)
    return reads[key]


def _is_seat(given: tuple[Any, ...]) -> bool:
    return bool(given) and hasattr(given[0], "stand_in")


def compiled(build: Callable[..., models.QuerySet[Any, Row]]) -> Callable[..., list[Row]]:
    """Make a function that builds a queryset into one that returns its rows: see above."""

    @wraps(build)
    def rows(*given: Any, **values: Any) -> list[Row]:
        read = read_of(build, given, values)
        return read.run({**given[0].values, **values} if _is_seat(given) else values)

    return rows
