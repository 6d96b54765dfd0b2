"""Looking at rows as the database keeps them, past the ORM."""

from __future__ import annotations

import uuid

from django.db import connection


def stored(value: uuid.UUID) -> uuid.UUID | str:
    """Return an id as this database keeps it: SQLite has no type for it and keeps its 32 digits."""
    return value.hex if connection.vendor == "sqlite" else value
