"""The PostgreSQL backend with what a spread database needs: joins that carry their scope, and links made by `run.py distribute`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.backends.postgresql import base, features, operations

from goodword.database import scopes


class Operations(operations.DatabaseOperations):
    """Django's, with compilers of our own."""

    compiler_module = "goodword.database.citus.compiler"

    def on_conflict_suffix_sql(
        self, fields: list[Any], on_conflict: Any, update_fields: Iterable[str], unique_fields: Iterable[str]
    ) -> str:
        """Name the scope among what makes a row the same: that is what its unique index holds."""
        names = list(unique_fields)
        table = fields[0].model._meta.db_table if fields else ""
        _scope, column = scopes.spread_tables().get(table, ("", ""))
        if names and column and column not in names and [column] != names:
            names.append(column)
        return str(super().on_conflict_suffix_sql(fields, on_conflict, update_fields, iter(names)))


class Features(features.DatabaseFeatures):
    """Links are not made with their tables: `run.py distribute` makes each with its scope."""

    supports_foreign_keys = False


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the coordinator of a cluster."""

    ops_class = Operations
    features_class = Features
    display_name = "Citus"
