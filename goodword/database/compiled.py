"""Reads whose SQL is made once and run again with other values.

Django makes the SQL of a queryset anew each time it is asked, which takes three to five times as long as the database needs for
it. What every page reads is therefore a function that builds a queryset, marked `@compiled`:

    @compiled
    def _story(seat: Seat, most: int, *, since: dt.datetime) -> QuerySet[Event]:
        return Event.objects.visible_to(seat).filter(created_at__gte=since)[:most]

    rows = _story(seat, 15, since=then)

Keyword arguments are values: a `Slot` stands in for each while the SQL is made. What is given by position is part of the shape:
another `most` is another SQL. A seat comes first and is both: its ids are values, and the locks look at its shape, both of them
on its stand-in. So the function may only pass its values on to the queryset; None, a list, and a day of a date (`__date`, which
depends on the zone) are no values; words to search for are one by `as_value`. Rows come back as the queryset would give them.
In the suite, every such read is compared with the plain queryset's SQL as it is asked.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Iterator
from functools import wraps
from typing import Any, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models import query as querysets
from django.db.models.expressions import Value

from goodword.database import replica

MOST = 600  # SQL kept for each connection: far more than there are shapes
Row = TypeVar("Row")
_FIELDS: dict[type, models.Field[Any, Any]] = {uuid.UUID: models.UUIDField(), dt.datetime: models.DateTimeField()}
_NOBODYS = [uuid.UUID(int=number) for number in range(100)]


class Placeholder(Value):
    """Stands for a named value while SQL is made."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Return a place for the value."""
        return "%s", [self]


class Constant(Value):
    """A number that stands in the SQL itself: SQLite answers by an index of some rows only where it sees which are asked for."""

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        """Return the number."""
        return str(int(self.value)), []


def as_value(words: str) -> Value:
    """Return words to search for (`__contains`) as a value: then the database escapes in them what LIKE has a meaning for."""
    return words if isinstance(words, Value) else Value(words)


class Read:
    """One queryset with slots, its SQL made for one connection, which is one thread's."""

    made: Callable[[tuple[Any, ...]], Any] | None = None  # makes a model's object of a row, where rows are such

    def __init__(self, rows: models.QuerySet[Any, Any], connection: Any) -> None:
        self.rows: Any = rows
        self.connection = connection
        compiler: Any = self.rows.query.get_compiler(connection=connection)
        try:
            self.sql, self.params = compiler.as_sql()
        except EmptyResultSet:
            self.sql, self.params = "", ()
            return
        columns = [column[0] for column in compiler.select[: compiler.col_count]]
        self.converters = [
            (at, converter_of(steps, expression, connection))
            for at, (steps, expression) in compiler.get_converters(columns).items()
        ]
        compiler.execute_sql, compiler.results_iter = self._execute, self._convert
        self.rows.query.get_compiler = lambda *_, **__: compiler  # type: ignore[method-assign]
        if self.rows._iterable_class is querysets.ModelIterable and not compiler.annotation_col_map:
            self.made = _builder_of(compiler.klass_info, compiler.select, connection.alias)

    def run(self, values: dict[str, Any]) -> list[Any]:
        """Return the rows for these values."""
        if not self.sql:
            return []
        self.given = self.parameters_for(values)
        if self.made:
            return [self.made(row) for row in self._convert()]
        return list(self.rows._iterable_class(self.rows))

    def parameters_for(self, values: dict[str, Any]) -> tuple[Any, ...]:
        """Return the parameters of the SQL for these values."""
        return tuple(self._value_for(values[one.value]) if isinstance(one, Placeholder) else one for one in self.params)

    def _value_for(self, value: Any) -> Any:
        if value is None:
            raise TypeError("None is asked as IS NULL, which is another shape")
        field = _FIELDS.get(type(value))
        return field.get_db_prep_value(value, self.connection) if field else value

    def _execute(self, *_: Any, **__: Any) -> list[Any]:
        with self.connection.cursor() as cursor:
            cursor.execute(self.sql, self.given)
            return cast(list[Any], cursor.fetchall())

    def _convert(self, rows: list[Any] | None = None, **_: Any) -> Iterator[tuple[Any, ...]]:
        """Return rows with their values as Python has them: column by column, which is quicker than row by row."""
        rows = self._execute() if rows is None else rows
        if not rows or not self.converters:
            return iter(rows)
        columns: list[Any] = list(zip(*rows, strict=True))
        for at, convert in self.converters:
            columns[at] = map(convert, columns[at])
        return zip(*columns, strict=True)


def _builder_of(klass: dict[str, Any], select: Any, alias: str) -> Callable[[tuple[Any, ...]], Any]:
    """Return what makes an object, with what is read beside it, of a row: Django's `ModelIterable`, prepared once."""
    model, begin, end = klass["model"], klass["select_fields"][0], klass["select_fields"][-1] + 1
    names = [column[0].target.attname for column in select[begin:end]]
    beside = cast(Any, querysets).get_related_populators(klass, select, alias)

    def made(row: tuple[Any, ...]) -> Any:
        one = model.from_db(alias, names, row[begin:end])
        for each in beside:
            each.populate(row, one)
        return one

    return made


def converter_of(steps: list[Callable[..., Any]], expression: Any, connection: Any) -> Callable[[Any], Any]:
    """Return what makes a value of a column into Python's: Django's converters, one after the other."""
    if len(steps) == 1:
        return lambda value, step=steps[0]: step(value, expression, connection)  # type: ignore[misc]

    def convert(value: Any) -> Any:
        for step in steps:
            value = step(value, expression, connection)
        return value

    return convert


def slots_for(ids: Iterable[uuid.UUID], most: int) -> dict[str, uuid.UUID]:
    """Return ids as values by name, filled up to `most` with such as are nobody's, so that a list is of one shape."""
    padded = [*ids, *_NOBODYS[:most]][:most]
    return {f"id_{number}": one for number, one in enumerate(padded)}


def read_of(build: Callable[..., Any], given: tuple[Any, ...], values: dict[str, Any]) -> Read:
    """Return the read of a function for arguments of this shape, its SQL made where it is the first."""
    connection = connections[replica.alias_in_use()]
    reads: dict[Any, Read] = connection.__dict__.setdefault("compiled_reads", {})
    seat, rest = (given[0], given[1:]) if _is_seat(given) else (None, given)
    key = (build, seat and seat.shape, *rest, *values)
    if key not in reads:
        if len(reads) >= MOST:
            reads.clear()
        slots = {name: Placeholder(name) for name in values}
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
