"""A test database on a Citus cluster: the same machines as of the database that GOODWORD_CITUS_URL names, and everything spread."""

from __future__ import annotations

import os
from typing import Any

import psycopg
from django.db import connection

from goodword.ops import distributing

NAME = "GOODWORD_CITUS_URL"
SHARDS = 4


def spread() -> None:
    """Make the test database one of the cluster's, on each of its machines, and spread its tables."""
    if connection.display_name != "Citus":
        return
    if not distributing.waiting():
        return  # made by a run before, and asked for again by --reuse-db
    asked = connection.settings_dict
    name = str(asked["NAME"])
    with _at(asked["HOST"], asked["PORT"], _home()) as home:
        machines = home.execute("SELECT nodename, nodeport, groupid FROM pg_dist_node ORDER BY groupid").fetchall()
    for host, port, group in machines:
        if group:
            with _at(host, port, _home()) as there:
                there.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
                there.execute(f'CREATE DATABASE "{name}"')
            with _at(host, port, name) as there:
                there.execute("CREATE EXTENSION citus")
    with connection.cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS citus")
        for host, port, group in machines:
            known = "citus_add_node" if group else "citus_set_coordinator_host"
            cursor.execute(f"SELECT {known}(%s, %s)", [host, port])
        if len(machines) == 1:
            cursor.execute("SELECT citus_set_node_property(%s, %s, 'shouldhaveshards', true)", list(machines[0][:2]))
    distributing.distribute(print, SHARDS)


def _home() -> str:
    url = os.environ[NAME]
    return url.rsplit("/", 1)[1].split("?")[0] if "?" not in url else url.split("?")[0].rsplit("/", 1)[1]


def _at(host: Any, port: Any, name: str) -> psycopg.Connection[Any]:
    asked = connection.settings_dict
    return psycopg.connect(
        host=host, port=port, dbname=name, user=asked["USER"], password=asked["PASSWORD"], autocommit=True
    )
