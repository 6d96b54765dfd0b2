"""Looking at rows as the database keeps them, past the ORM."""

from __future__ import annotations

import base64
import uuid
from collections.abc import Iterator

from django.db import connection


def stored(value: uuid.UUID) -> uuid.UUID | str:
    """Return an id as this database keeps it: SQLite has no type for it and keeps its 32 digits."""
    return value.hex if connection.vendor == "sqlite" else value


def stored_rows() -> Iterator[tuple[str, bytes]]:
    """Yield every row of every table: the table, and all that stands in the row."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a table's name
            for row in cursor.fetchall():
                yield table, b" ".join(_as_bytes(value) for value in row)


def _as_bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def forms_of(word: str) -> list[bytes]:
    """Return the bytes by which a word is known: plain, as UTF-16, as hexadecimal, and as base64 at each of its three places."""
    plain = word.encode()
    encoded = [base64.b64encode(b"x" * shift + plain)[4 if shift else 0 : -4] for shift in range(3)]
    return [plain, word.encode("utf-16-le"), plain.hex().encode(), *encoded]


def shows(raw: bytes, word: str) -> bool:
    """Whether some bytes hold a word in any of its forms."""
    low = raw.lower()
    return any(form.lower() in low for form in forms_of(word))
