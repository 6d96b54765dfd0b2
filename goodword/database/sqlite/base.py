"""Django's SQLite backend, with a turn taken before each transaction and each statement that writes outside of one."""

from __future__ import annotations

import datetime as dt
import os
import uuid
from functools import lru_cache
from typing import Any

from django.db.backends.sqlite3 import base, operations

from goodword.database.sqlite.turns import WriterTurn, turn_at

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLAC")


class Cursor(base.SQLiteCursorWrapper):
    """A cursor whose writes take a turn, unless a transaction that has one is going on."""

    turn: WriterTurn

    def execute(self, query: str, params: Any = None) -> Any:
        """Run a statement."""
        if self._has_turn(query):
            return super().execute(query, params)
        with self.turn:
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        """Run a statement for each of the parameters."""
        if self._has_turn(query):
            return super().executemany(query, param_list)
        with self.turn:
            return super().executemany(query, param_list)

    def convert_query(self, query: str, *, param_names: Any = None) -> str:
        """Return a statement with its places for values as SQLite has them: looked up, where it was asked before."""
        return _with_places(query) if param_names is None else super().convert_query(query, param_names=param_names)

    def _has_turn(self, query: str) -> bool:
        return self.connection.in_transaction or not query.lstrip()[:6].upper().startswith(WRITES)


@lru_cache(maxsize=512)
def _with_places(query: str) -> str:
    return base.FORMAT_QMARK_REGEX.sub("?", query).replace("%%", "%")


class Operations(operations.DatabaseOperations):
    """Django's operations; moments and ids, of which a page reads hundreds, by the shortest way to the same values."""

    def convert_datetimefield_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Return a moment with its zone."""
        if type(value) is dt.datetime and value.tzinfo is None:
            return value.replace(tzinfo=connection.timezone)
        return super().convert_datetimefield_value(value, expression, connection)

    def convert_uuidfield_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Return an id."""
        return value if value is None else id_of(value)


def id_of(digits: str) -> uuid.UUID:
    """Return the UUID of 32 hexadecimal digits, as they are kept; other forms as Python reads them."""
    if len(digits) != 32:
        return uuid.UUID(digits)
    made = _new(uuid.UUID)
    _put(made, "int", int(digits, 16))
    _put(made, "is_safe", _UNKNOWN)
    return made


_new, _put, _UNKNOWN = object.__new__, object.__setattr__, uuid.SafeUUID.unknown


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions take turns."""

    ops_class = Operations
    _turn: WriterTurn | None = None  # while a transaction is going on

    def create_cursor(self, name: str | None = None) -> Cursor:
        """Return a cursor that knows where its turn is taken."""
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        cursor.turn = self._place()
        return cursor

    def _place(self) -> WriterTurn:
        return turn_at(str(self.settings_dict["NAME"]), os.getpid())

    def _start_transaction_under_autocommit(self) -> None:
        turn = self._place()
        turn.__enter__()
        self._turn = turn
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._give_turn()
            raise

    def _commit(self) -> None:
        try:
            super()._commit()  # type: ignore[misc]
        finally:
            self._give_turn()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._give_turn()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._give_turn()

    def _give_turn(self) -> None:
        turn, self._turn = self._turn, None
        if turn is not None:
            turn.__exit__()
