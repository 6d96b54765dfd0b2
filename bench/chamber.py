"""What one day costs a chamber of commerce: `python -m bench.chamber`, 40,000 members with 200,000 seats.

Lays them down, lives an idle hour by a clock that is put forward and then an hour with acts in it, one a second or fewer, each with
the worker's steps; and then the day after it in longer steps, for the letters that come later. From what an act costs, a day is
reckoned in which every member does so many. The result goes into docs/load.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import cycle
from pathlib import Path
from typing import Any

from goodword.ops import reliability

HOUR = 3_600  # seconds
LATER = 300  # seconds a step of the day after


def main() -> None:
    """Measure, print and write it down."""
    parser = argparse.ArgumentParser(prog="python -m bench.chamber", description=__doc__)
    parser.add_argument("--members", type=int, default=40_000)
    parser.add_argument("--seats", type=int, default=200_000)
    parser.add_argument("--acts", type=int, default=1_200, help="that are done in the hour that is lived")
    parser.add_argument(
        "--a-day", type=float, default=1.0, help="acts of a member a day, for which the day is reckoned"
    )
    parser.add_argument("--no-write", dest="write", action="store_false", help="do not write docs/load.md")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="goodword-chamber-") as folder:
        os.environ |= {
            "GOODWORD_DATA": folder,
            "GOODWORD_DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        cost = a_day(asked.seats, asked.acts)
    many = round(asked.members * asked.a_day)
    said = (
        f"{many:,} acts: worker {cost.idle * 24 + cost.worker * many:.0f} s of processor time, of which {cost.idle * 24:.0f} s"
        f" would pass without any; web server {cost.web * many:.0f} s for the acts; disk {cost.disk * many / 2**20:.0f} MB;"
        f" {cost.letters * many:,.0f} letters (an act: worker {cost.worker * 1000:.1f} ms, web server {cost.web * 1000:.1f} ms,"
        f" {cost.disk / 1024:.1f} kB, {cost.letters:.2f} letters)"
    )
    what = f"a day of {asked.members:,} members with {asked.seats:,} seats, SQLite, reckoned from {asked.acts:,} acts"
    print(f"{what}: {said}")
    if asked.write:
        reliability.write_down(Path(__file__).resolve().parents[1] / "docs" / "load.md", {what: said})


@dataclass(frozen=True, slots=True)
class Cost:
    """What an idle hour of the worker takes (seconds of processor time), and what an act does: seconds, bytes of disk, letters."""

    idle: float
    worker: float
    web: float
    disk: float
    letters: float


def a_day(seats: int, many: int) -> Cost:
    """Lay down the chamber and live in it; return what it costs."""
    import django

    django.setup()
    import time_machine
    from django.conf import settings

    from goodword.ops import jobs, readying, schedule, seeding
    from goodword.ops.worker import URGENT_EVERY, Worker, deliver
    from goodword.post.models import OutboxLetter
    from goodword.post.outbox import URGENT

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    readying.ready()
    me = seeding.seed(seats // 2, many, lambda line: None)
    schedule.register_jobs()
    morning = _next_morning()
    jobs.begin(jobs.all_jobs(), dt.datetime.now(dt.UTC))
    worker = Worker()

    def live(seconds: int, step: int, act: Callable[[int], float]) -> tuple[float, float]:
        """Live so long in such steps. Return the worker's seconds of processor time, and those of the acts."""
        spent, acts = 0.0, 0.0
        for second in range(0, seconds, step):
            clock.shift(step)
            acts += act(second)
            began = time.process_time()
            while worker.step():
                pass
            for _turn in range(round(1 / URGENT_EVERY)):
                deliver(URGENT)
            spent += time.process_time() - began
        return spent, acts

    while jobs.run_due(dt.datetime.now(dt.UTC)):  # what laying down left to be done
        pass
    todo = acts_of(me, many)
    with time_machine.travel(morning, tick=False) as clock:
        live(HOUR, LATER, lambda second: 0.0)  # what the hours since have made due
        idle, _ = live(HOUR, 1, lambda second: 0.0)
        room, letters = _disk(), OutboxLetter.objects.count()
        every = max(1, HOUR // many)
        busy, web = live(HOUR, 1, lambda second: 0.0 if second % every else next(todo)())
        after, _ = live(24 * HOUR, LATER, lambda second: 0.0)
        done = HOUR // every
        return Cost(
            idle=idle,
            worker=max(0.0, busy - idle + after - idle * 24 / LATER) / done,
            web=web / done,
            disk=(_disk() - room) / done,
            letters=(OutboxLetter.objects.count() - letters) / done,
        )


def acts_of(me: Any, many: int) -> Iterator[Callable[[], float]]:
    """Yield acts without end, of two kinds in turn: a report on a lead, of which its giver is told, and a reservation that is kept."""
    from django.test import Client
    from django.urls import reverse

    from bench.product import paths_for, signed_in
    from goodword.relationships.models import Seat
    from goodword.reservations.actions import keeping

    own, _ = signed_in(me)
    seats = list(Seat.objects.exclude(person=me).select_related("person")[: min(many, 200)])
    others = []
    for seat in seats:
        keeping.read_promise(seat.person)
        others.append((signed_in(seat.person)[0], reverse("reservations", args=[seat.relationship_key])))

    def post(cookie: str, path: str, form: dict[str, str]) -> float:
        client = Client(headers={"cookie": cookie})
        began = time.process_time()
        answer = client.post(path, form)
        spent = time.process_time() - began
        if answer.status_code != 302:
            raise SystemExit(f"{path} answered {answer.status_code}")
        return spent

    for number, (report, (cookie, path)) in enumerate(zip(cycle(paths_for(me)["report"]), cycle(others), strict=False)):
        line = f"Rang, and we meet soon, number {number}."
        yield partial(post, own, report, {"outcome": "spoke", "line": line})
        yield partial(post, cookie, path, {"drawer": "mine", "text": line})


def _next_morning() -> dt.datetime:
    """Return nine o'clock of the next working day."""
    day = dt.datetime.now(dt.UTC).replace(hour=9, minute=0, second=0, microsecond=0) + dt.timedelta(days=1)
    while day.weekday() > 4:
        day += dt.timedelta(days=1)
    return day


def _disk() -> int:
    """Return the bytes the database takes."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute("PRAGMA freelist_count")
        free = cursor.fetchone()[0]
        cursor.execute("PRAGMA page_size")
        return int((pages - free) * cursor.fetchone()[0])


if __name__ == "__main__":
    main()
