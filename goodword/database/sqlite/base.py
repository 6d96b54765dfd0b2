"""Django's SQLite backend, with a turn taken before each transaction and each statement that writes outside of one."""

from __future__ import annotations

import os
from typing import Any

from django.db.backends.sqlite3 import base

from goodword.database.sqlite.turns import Turn, turn_at

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLAC")


class Cursor(base.SQLiteCursorWrapper):
    """A cursor whose writes take a turn, unless a transaction that has one is going on."""

    turn: Turn

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

    def _has_turn(self, query: str) -> bool:
        return self.connection.in_transaction or not query.lstrip()[:6].upper().startswith(WRITES)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions take turns."""

    _turn: Turn | None = None  # while a transaction is going on

    def create_cursor(self, name: str | None = None) -> Cursor:
        """Return a cursor that knows where its turn is taken."""
        cursor: Cursor = self.connection.cursor(factory=Cursor)
        cursor.turn = self._place()
        return cursor

    def _place(self) -> Turn:
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
