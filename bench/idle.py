"""What a day costs on which nothing is due: `python -m bench.idle --seats 200000`.

Lays down that many seats, lets the worker bring what stands on them up to date, and then lives a day of its steps, one a second, by a
clock that is put forward. Printed are the processor time of the day, and what was written, by table. A row in which somebody's
standing is kept is written by an act or at an instant of its own, so the tables of seats and of what waits stay untouched. The result
goes into docs/load.md.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import re
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from goodword.ops import reliability

DAY = 86_400  # seconds
MOST = 60  # seconds of processor time that are wanted for a day
WRITTEN = re.compile(r"^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+\"?(\w+)", re.IGNORECASE)


def main() -> None:
    """Measure one idle day and print it."""
    parser = argparse.ArgumentParser(prog="python -m bench.idle", description=__doc__)
    parser.add_argument("--seats", type=int, default=200_000)
    parser.add_argument("--seconds", type=int, default=DAY, help="how much of a day is lived; the rest is reckoned")
    parser.add_argument("--no-write", dest="write", action="store_false", help="do not write docs/load.md")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="goodword-idle-") as folder:
        os.environ |= {
            "GOODWORD_DATA": folder,
            "GOODWORD_DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        spent, written = an_idle_day(asked.seats, asked.seconds)
    what = f"a day of the worker on which nothing is due, {asked.seats:,} seats, SQLite, by {asked.seconds:,} seconds of it"
    tables = ", ".join(f"{table} {many}" for table, many in written.most_common()) or "nothing"
    said = f"{spent * DAY / asked.seconds:.0f} s of processor time (wanted {MOST}); written in that time: {tables}"
    print(f"{what}: {said}")
    if asked.write:
        reliability.write_down(Path(__file__).resolve().parents[1] / "docs" / "load.md", {what: said})


def an_idle_day(seats: int, seconds: int) -> tuple[float, Counter[str]]:
    """Return the processor time in seconds that the worker took, and how many statements wrote to which table."""
    import django

    django.setup()
    import time_machine
    from django.db import connection

    from goodword.ops import jobs, readying, schedule, seeding
    from goodword.ops.worker import URGENT_EVERY, Worker, deliver
    from goodword.post.outbox import URGENT

    readying.ready()
    seeding.seed(seats // 2, 0, lambda line: None)
    schedule.register_jobs()
    begin = dt.datetime.now(dt.UTC)
    jobs.begin(jobs.all_jobs(), begin)
    worker, written = Worker(), Counter[str]()

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if found := WRITTEN.match(sql):
            written[found[1]] += 1
        return execute(sql, params, many, context)

    while jobs.run_due(dt.datetime.now(dt.UTC)):  # what laying down left to be done
        pass
    with time_machine.travel(begin + dt.timedelta(hours=1), tick=False) as clock, connection.execute_wrapper(note):
        began = time.process_time()
        for _second in range(seconds):
            clock.shift(1)
            worker.step()
            for _turn in range(round(1 / URGENT_EVERY)):
                deliver(URGENT)
        return time.process_time() - began, written


if __name__ == "__main__":
    main()
