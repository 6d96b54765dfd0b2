"""Prepares the product for measuring: seeds, signs in, counts queries; prints what to ask for as JSON."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import django

PAGES_OF_EACH = 1_000
REPORTS = 2_000
EVENTS = 2_000


def main(relationships: int, leads: int) -> None:
    """Seed and describe. The data folder is GOODWORD_DATA."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.utils import timezone

    from goodword.ops import readying, seeding
    from goodword.relationships import waiting

    # The test client speaks to a host of its own.
    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    readying.ready()
    me = seeding.seed(relationships, leads, lambda line: None)
    paths = paths_for(me)
    cookie, csrf = signed_in(me)
    seen = {name: seen_at(cookie, csrf, name, paths[name][0]) for name in paths}
    waiting.settle_due(timezone.now())  # as the worker does, which does not run where processor time is measured
    if connection.vendor == "sqlite":  # the file alone is copied for each round
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    told = {
        "cookie": cookie,
        "csrf": csrf,
        "paths": paths,
        "queries": {n: q for n, (q, _) in seen.items()},
        "sizes": {n: s for n, (_, s) in seen.items()},
    }
    print(json.dumps(told))


def paths_for(me: Any) -> dict[str, list[str]]:
    """Return the addresses of each kind of page."""
    from django.urls import reverse

    from goodword.encounters import calendar_entries
    from goodword.leads.lines import LeadLine
    from goodword.relationships.models import Seat
    from goodword.relationships.steps import Step

    keys = Seat.objects.filter(person=me).order_by("?").values_list("relationship_key", flat=True)[:PAGES_OF_EACH]
    leads = (
        LeadLine.objects.filter(person=me, direction="got")
        .exclude(waiting="")
        .order_by("?")
        .values_list("relationship_key", "lead_key")
    )
    advocating = (
        Seat.objects.filter(person=me, step=Step.ADVOCATE).order_by("?").values_list("relationship_key", flat=True)
    )
    shown, shown_leads = reverse("relationships"), reverse("leads")
    return {
        "list": [shown, *(f"{shown}?step={step}" for step in (1, 2, 3))],
        "relationship": [reverse("relationship", args=[key]) for key in keys],
        "today": [reverse("today")],
        "leads": [
            shown_leads,
            *(shown_leads + more for more in ("?waiting=1", "?way=got&state=work", "?q=kitchen&page=2")),
        ],
        "follow-up": [reverse("follow-up", args=[key]) for key in advocating[:PAGES_OF_EACH]],
        "feed": [
            reverse(
                "calendar-feed", args=[calendar_entries.token_of(calendar_entries.open_feed(with_a_full_diary(me)))]
            )
        ],
        "report": [reverse("lead-report", args=list(pair)) for pair in leads[:REPORTS]],
    }


def with_a_full_diary(me: Any) -> Any:
    """Return somebody across from me, with a diary of many events laid down in bulk."""
    import datetime as dt

    from django.utils import timezone

    from goodword.encounters.calendar_entries import CalendarEntry
    from goodword.ground.keys import new_id, new_key
    from goodword.relationships.models import Seat

    seat = Seat.objects.exclude(person=me).select_related("person", "side")[0]
    CalendarEntry.objects.bulk_create(
        CalendarEntry(
            person=seat.person,
            seat=seat,
            encounter_id=new_id(),
            key=new_key(),
            kind="meeting",
            zone="Europe/London",
            minutes=60,
            planned_at=timezone.now() + dt.timedelta(hours=number),
            place="The Lantern Café, up the stairs",
            own_name=seat.side.person_name,
            sequence=number % 3,
            changed_at=timezone.now(),
        )
        for number in range(EVENTS)
    )
    return seat.person


def signed_in(me: Any) -> tuple[str, str]:
    """Return the cookies of a session of this person, and the token forms carry."""
    from django.middleware.csrf import _get_new_csrf_string
    from django.test import Client

    client = Client()
    client.force_login(me, backend="goodword.people.backend.Sessions")
    token: str = _get_new_csrf_string()
    return f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}", token


def seen_at(cookie: str, csrf: str, name: str, path: str) -> tuple[int, int]:
    """Return how many queries one request takes, session and all, and its bytes. Ends if it does not answer."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(enforce_csrf_checks=True, headers={} if name == "feed" else {"cookie": cookie})
    form = {"csrfmiddlewaretoken": csrf, "outcome": "spoke", "line": "Rang."}
    for _ in range(2):  # the second time, everything that is made once has been made
        with CaptureQueriesContext(connection) as queries:
            answer = client.post(path, form) if name == "report" else client.get(path)
        if answer.status_code != (302 if name == "report" else 200):
            raise SystemExit(f"{path} answered {answer.status_code}")
        form["line"] = "Rang again."
    statements = [
        q["sql"]
        for q in queries.captured_queries
        if not q["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))
    ]
    return len(statements), len(answer.content)


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
