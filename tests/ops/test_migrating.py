"""A migration on PostgreSQL never makes everybody wait behind somebody's long transaction."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator

import psycopg
import pytest
from django.db import OperationalError, connection

from goodword.ops import migrating

ON_POSTGRESQL = os.environ.get("GOODWORD_DATABASE_URL", "").startswith("postgres")
pytestmark = [
    pytest.mark.sql,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not ON_POSTGRESQL, reason="SQLite has no locks of tables: this runs on PostgreSQL"),
]


def another() -> psycopg.Connection:
    """Return a connection of somebody else's to the tests' database."""
    return psycopg.connect(**connection.get_connection_params() | {"cursor_factory": None, "context": None})


@pytest.fixture
def change(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A migration that adds a column to a table, with little patience; the table is as it was afterwards."""

    def migrate() -> None:
        with connection.schema_editor() as editor:
            editor.execute("ALTER TABLE goodword_beat ADD COLUMN extra integer")

    monkeypatch.setattr(migrating, "_migrate", migrate)
    monkeypatch.setattr(migrating, "WAIT", 0.5)
    monkeypatch.setattr(migrating, "PAUSES", (1.0,))
    yield
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE goodword_beat DROP COLUMN IF EXISTS extra")


def test_others_read_on_while_a_migration_waits_for_a_long_transaction(change: None) -> None:
    reads: list[int] = []
    with another() as long, another() as others:
        long.execute("SELECT count(*) FROM goodword_beat")

        def read() -> None:
            try:
                others.execute("SET statement_timeout = '20s'")  # behind a change that waits for ever, it would stand
                for _ in range(5):
                    others.execute("SELECT count(*) FROM goodword_beat")
                    others.commit()
                    reads.append(1)
            finally:
                long.rollback()

        asking = threading.Timer(0.2, read)
        asking.start()
        migrating.apply()
        asking.join()
    assert len(reads) == 5
    with connection.cursor() as cursor:
        cursor.execute("SELECT extra FROM goodword_beat")
        cursor.execute("SHOW lock_timeout")
        assert cursor.fetchone() == ("0",)  # of the transaction alone


def test_a_table_that_is_never_free_ends_the_migration_with_a_sentence(
    change: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrating, "ENOUGH", 0.0)
    with another() as long:
        long.execute("SELECT count(*) FROM goodword_beat")
        with pytest.raises(OperationalError, match="in use by a long transaction"):
            migrating.apply()
        long.rollback()
    assert "extra" not in {
        one.name for one in connection.introspection.get_table_description(connection.cursor(), "goodword_beat")
    }


def test_what_is_wrong_with_a_migration_itself_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    tries: list[int] = []

    def migrate() -> None:
        tries.append(1)
        raise OperationalError("the disk is full")

    monkeypatch.setattr(migrating, "_migrate", migrate)
    with pytest.raises(OperationalError, match="the disk is full"):
        migrating.apply()
    assert len(tries) == 1
