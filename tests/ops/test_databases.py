"""What the addresses of databases say reaches the driver; what nothing reads is refused, because it may have meant safety."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import databases
from config.environment import WrongSetting

AT = "postgresql://goodword:word@db.example:6432/goodword"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GOODWORD_DATABASE_URL", "GOODWORD_REPLICA_URL"):
        monkeypatch.delenv(name, raising=False)


def test_encryption_and_several_hosts_reach_the_driver(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GOODWORD_DATABASE_URL", f"{AT}?sslmode=verify-full&sslrootcert=%2Fetc%2Fca.pem")
    found = databases.database(tmp_path)
    assert (found["HOST"], found["PORT"], found["NAME"]) == ("db.example", "6432", "goodword")
    assert found["OPTIONS"] == {"sslmode": "verify-full", "sslrootcert": "/etc/ca.pem"}
    several = "postgresql://goodword@/goodword?host=one,two&port=5432,5433&target_session_attrs=read-write"
    monkeypatch.setenv("GOODWORD_DATABASE_URL", several)
    found = databases.database(tmp_path)
    assert (found["HOST"], found["PORT"]) == ("one,two", "5432,5433")
    assert found["OPTIONS"] == {"target_session_attrs": "read-write"}


def test_what_nothing_reads_is_refused_without_repeating_the_password(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GOODWORD_DATABASE_URL", f"{AT}?ssl=require")
    with pytest.raises(WrongSetting) as wrong:
        databases.database(tmp_path)
    assert "nothing reads ssl= in it" in str(wrong.value)
    assert "word@" not in str(wrong.value)


def test_a_cluster_is_named_by_its_coordinator(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GOODWORD_DATABASE_URL", AT.replace("postgresql", "citus"))
    found = databases.database(tmp_path)
    assert (found["ENGINE"], found["HOST"], found["PORT"]) == ("goodword.database.citus", "db.example", "6432")


def test_a_replica_is_asked_in_a_hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    assert databases.replica() == {}
    monkeypatch.setenv("GOODWORD_DATABASE_URL", AT)
    monkeypatch.setenv("GOODWORD_REPLICA_URL", f"{AT}?sslmode=require")
    options = databases.replica()["replica"]["OPTIONS"]
    assert options == {"connect_timeout": "2", "tcp_user_timeout": "5000", "sslmode": "require"}
