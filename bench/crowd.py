"""Prepares a house for a crowd: `python -m bench.crowd RELATIONSHIPS LEADS USERS` seeds, signs users in, prints who asks for what as JSON.

One user in ten is the one person who has everything: their pages are the longest, and their act is a report on a lead. The others are
people across from them, with one relationship each; their act is to keep a reservation of their own.
"""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import django

BUSY = 10  # one in so many is the person who has everything
REPORTS = 200  # so many leads each of them reports on in turn


def main(relationships: int, leads: int, users: int) -> None:
    """Seed and describe. The data folder is GOODWORD_DATA."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    from django.conf import settings

    from goodword.ops import readying, seeding

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    readying.ready()
    me = seeding.seed(relationships, leads, lambda line: None)
    print(json.dumps({"users": [*busy(me, users // BUSY), *quiet(me, users - users // BUSY)], "rows": rows()}))


def busy(me: Any, many: int) -> list[dict[str, Any]]:
    """Return so many sessions of the person who has everything: their pages and their reports."""
    from bench.product import paths_for, signed_in

    paths = paths_for(me)
    reads = [paths["today"][0], *paths["list"], *paths["leads"], *paths["relationship"][:20], *paths["follow-up"][:20]]
    shares = [paths["report"][at : at + REPORTS] for at in range(0, len(paths["report"]), REPORTS)]
    found = []
    for number in range(many):
        cookie, csrf = signed_in(me)
        form = f"csrfmiddlewaretoken={csrf}&outcome=spoke&line=Rang+and+we+meet+soon+number+%23#"
        found.append({"cookie": cookie, "reads": reads, "writes": shares[number % len(shares)], "form": form})
    return found


def quiet(me: Any, many: int) -> list[dict[str, Any]]:
    """Return so many people across from them: the pages of their one relationship, and a reservation to keep."""
    from django.urls import reverse

    from bench.product import signed_in
    from goodword.relationships.models import Seat
    from goodword.reservations.actions import keeping

    found = []
    for seat in Seat.objects.exclude(person=me).select_related("person").order_by("?")[:many]:
        keeping.read_promise(seat.person)
        cookie, csrf = signed_in(seat.person)
        key = [seat.relationship_key]
        own = [reverse(name, args=key) for name in ("relationship", "reservations", "encounters", "relationship-leads")]
        form = f"csrfmiddlewaretoken={csrf}&drawer=mine&text=Do+they+really+ring+back,+number+%23#"
        reads = [reverse("today"), reverse("relationships"), *own]
        found.append({"cookie": cookie, "reads": reads, "writes": own[1:2], "form": form})
    return found


def rows() -> int:
    """Return how many rows all tables hold."""
    from django.db import connection

    with connection.cursor() as cursor:
        total = 0
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own tables
            total += int(cursor.fetchone()[0])
    return total


if __name__ == "__main__":
    main(*(int(each) for each in sys.argv[1:4]))
