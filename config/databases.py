"""The databases that the environment names, as Django's settings: the one that is written to, and a replica for lists."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote

from config.environment import WrongSetting, split, value

POSTGRESQL = ("postgres", "postgresql", "citus")
ENGINES = {"citus": "goodword.database.citus"}  # PostgreSQL's own, with joins that carry their scope
# What may stand behind an address's question mark: all of it is libpq's.
PLACES = ("host", "port")
OPTIONS = ("sslmode", "sslrootcert", "sslcert", "sslkey", "target_session_attrs", "connect_timeout")
# A replica that is away is stepped over, so nobody waits for it long.
IN_A_HURRY = {"connect_timeout": "2", "tcp_user_timeout": "5000"}


def database(folder: Path) -> dict[str, Any]:
    """Return Django's settings for the database named by GOODWORD_DATABASE_URL; SQLite in the data folder when absent."""
    url = value("GOODWORD_DATABASE_URL")
    if not url:
        return sqlite(folder / "goodword.sqlite3")
    parts = split(url)
    if parts.scheme == "sqlite" and parts.path.strip("/"):
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme in POSTGRESQL and parts.path.strip("/"):
        return _postgresql("GOODWORD_DATABASE_URL", parts)
    raise WrongSetting(
        "GOODWORD_DATABASE_URL: write postgresql://user:password@host:5432/name, or leave it out for SQLite in the data folder."
    )


def replica() -> dict[str, dict[str, Any]]:
    """Return Django's settings for the replica named by GOODWORD_REPLICA_URL, under its alias; nothing when absent."""
    url = value("GOODWORD_REPLICA_URL")
    if not url:
        return {}
    parts = split(url)
    if parts.scheme not in POSTGRESQL or not parts.path.strip("/"):
        raise WrongSetting("GOODWORD_REPLICA_URL: write postgresql://user:password@host:5432/name, or leave it out.")
    if split(value("GOODWORD_DATABASE_URL")).scheme not in POSTGRESQL:
        raise WrongSetting(
            "GOODWORD_REPLICA_URL: only a PostgreSQL in GOODWORD_DATABASE_URL has a replica. Leave it out."
        )
    found = _postgresql("GOODWORD_REPLICA_URL", parts)
    return {"replica": {**found, "OPTIONS": {**IN_A_HURRY, **found["OPTIONS"]}, "TEST": {"MIRROR": "default"}}}


def _postgresql(name: str, parts: SplitResult) -> dict[str, Any]:
    more = dict(parse_qsl(parts.query))
    if unknown := sorted(set(more) - {*PLACES, *OPTIONS}):
        raise WrongSetting(
            f"{name}: nothing reads {unknown[0]}= in it. Behind the question mark may stand {', '.join((*PLACES, *OPTIONS))}."
        )
    return {
        "ENGINE": ENGINES.get(parts.scheme, "django.db.backends.postgresql"),
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or "") or more.get("host", ""),
        "PORT": str(parts.port or "") or more.get("port", ""),
        "OPTIONS": {option: more[option] for option in OPTIONS if option in more},
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "DISABLE_SERVER_SIDE_CURSORS": True,  # a PgBouncer in transaction mode knows none (docs/operating.md)
    }


def sqlite(path: Path) -> dict[str, Any]:
    # IMMEDIATE: without it two writers that both read first end in "database is locked" four times in ten.
    # FULL: a write we have acknowledged survives a power cut.
    return {
        "ENGINE": "goodword.database.sqlite",  # Django's own, with turns for those who write
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "TEST": {"NAME": str(path.with_name("test.sqlite3"))},  # a file: threads and processes share it as in real life
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;PRAGMA cache_size=-16000;",
        },
    }
