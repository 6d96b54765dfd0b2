"""The replica that lists are read from: whether it follows this very database, and how far behind it is."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections

from goodword.database.replica import ALIAS, FAR
from goodword.ops.doctor.findings import Finding, well, worth_a_look, wrong

HERE = "SELECT pg_is_in_recovery(), system_identifier FROM pg_control_system()"
BEHIND = "SELECT coalesce(pg_wal_lsn_diff(%s::pg_lsn, pg_last_wal_replay_lsn()), 0)"
MUCH = 16_000_000  # bytes of journal
ELSEWHERE = "Lists are read from the primary meanwhile."


def follows(now: dt.datetime) -> list[Finding]:
    """Whether there is one, and it is what it should be."""
    if ALIAS not in settings.DATABASES:
        return [well("lists are read from the database itself, see GOODWORD_REPLICA_URL")]
    try:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(FAR)
            far, of = cursor.fetchone()
        with connections[ALIAS].cursor() as cursor:
            cursor.execute(HERE)
            follower, its = cursor.fetchone()
            if its != of:
                return [wrong("the replica is of another database", "See GOODWORD_REPLICA_URL, and copy it anew.")]
            if not follower:
                return [wrong("what should be a replica follows nobody", f"Copy it anew. {ELSEWHERE}")]
            cursor.execute(BEHIND, [far])
            behind = max(0, int(cursor.fetchone()[0]))
    except Error as trouble:
        return [wrong(f"the replica cannot be asked ({type(trouble).__name__})", f"Start it. {ELSEWHERE}")]
    words = f"the replica is {behind / 1e6:,.1f} MB of journal behind"
    return [worth_a_look(words, ELSEWHERE) if behind > MUCH else well(words)]
