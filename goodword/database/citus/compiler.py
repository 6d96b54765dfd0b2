"""SQL that carries its scope: two tables of one scope are joined by it too, a row is written where its scope says that it lies,
and of a table that is asked together with tables of another scope, the rows asked for are fetched first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Value
from django.db.models.expressions import Col
from django.db.models.lookups import Lookup
from django.db.models.sql import compiler
from django.db.models.sql.datastructures import BaseTable, Join

from goodword.database import scopes


class ScopedCompiler:
    """A compiler that knows where rows lie."""

    query: Any
    quote_name_unless_alias: Any

    def compile(self, node: Any) -> Any:
        """Return the SQL of a node, and its values."""
        sql, params = super().compile(node)  # type: ignore[misc]
        if isinstance(node, Join):
            return self._with_scope(node, sql), params
        if isinstance(node, BaseTable) and self._asked_across(node):
            return self._fetched_first(node)
        return sql, params

    def _with_scope(self, join: Join, sql: str) -> str:
        """Return the SQL of a join with the scope of both tables, where it is the same."""
        spread = scopes.spread_tables()
        here = spread.get(join.table_name)
        there = spread.get(self.query.alias_map[join.parent_alias].table_name)
        if here is None or there is None or here[0] != there[0]:
            return sql
        quoted = self.quote_name_unless_alias
        same = f"{quoted(join.parent_alias)}.{quoted(there[1])} = {quoted(join.table_alias)}.{quoted(here[1])}"
        return sql if same in sql else f"{sql.removesuffix(')')} AND {same})"

    def _asked_across(self, table: BaseTable) -> bool:
        """Whether this table is joined with tables of another scope."""
        spread = scopes.spread_tables()
        used = [one for alias, one in self.query.alias_map.items() if self.query.alias_refcount[alias]]
        kinds = {spread[one.table_name][0] for one in used if one.table_name in spread}
        return table.table_name in spread and len(kinds) > 1

    def _fetched_first(self, table: BaseTable) -> tuple[str, list[Any]]:
        """Return a table narrowed to the rows that are asked for."""
        quoted, alias = self.quote_name_unless_alias, table.table_alias
        parts: list[str] = []
        params: list[Any] = []
        for lookup in self._about(table):
            sql, values = super().compile(lookup)  # type: ignore[misc]
            parts.append(sql)
            params += values
        where = f" WHERE {' AND '.join(parts)}" if parts else ""
        name = quoted(table.table_name) if alias == table.table_name else f"{quoted(table.table_name)} {quoted(alias)}"
        return f"(SELECT * FROM {name}{where} OFFSET 0) {quoted(alias)}", params  # noqa: S608 - our own names

    def _about(self, table: BaseTable) -> Iterator[Lookup[Any]]:
        """Yield what is asked of a table's own columns by plain values."""
        where = self.query.where
        if where.connector != "AND" or where.negated:
            return
        for one in where.children:
            plain = isinstance(one, Lookup) and isinstance(one.lhs, Col) and one.lhs.alias == table.table_alias
            if plain and (isinstance(one.rhs, Value) or not hasattr(one.rhs, "resolve_expression")):
                yield one


class SQLCompiler(ScopedCompiler, compiler.SQLCompiler):
    """Reads."""


class SQLInsertCompiler(ScopedCompiler, compiler.SQLInsertCompiler):
    """Inserts."""


class SQLDeleteCompiler(ScopedCompiler, compiler.SQLDeleteCompiler):
    """Deletes."""


class SQLUpdateCompiler(ScopedCompiler, compiler.SQLUpdateCompiler):
    """Updates: the scope of a row never changes, so it says where the row is."""

    def as_sql(self) -> Any:  # type: ignore[override]
        """Return the SQL, and its values."""
        _scope, column = scopes.spread_tables().get(self.query.model._meta.db_table, ("", ""))
        scope = [one for one in self.query.values if one[0].column == column]
        if scope and len(self.query.values) > 1:
            field, _model, value = scope[0]
            self.query.values = [one for one in self.query.values if one[0] is not field]
            self.query.add_filter(field.name, value)
        return super().as_sql()


class SQLAggregateCompiler(ScopedCompiler, compiler.SQLAggregateCompiler):
    """Counts and sums."""
