"""Does the time an answer takes tell what is hidden from what never was? Ten routes, a thousand pairs each, interleaved.

`python -m bench.timing` asks in this very process, where there is no network whose noise could hide a difference. Of each pair
one address is of something that exists and is not the asker's to see, and one of something that never was; which goes first is
drawn by lot. The figure is the rank AUC: how often what is hidden takes longer. One half says nothing; the bound is 0.45 to 0.55.
`--write` puts the table into docs/performance.md under its heading.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PAGE = Path(__file__).resolve().parents[1] / "docs" / "performance.md"
HEADING = "## Hidden and absent"
BOUNDS = (0.45, 0.55)
KINDS = 20  # things of each kind, so that no single row is always the warm one
BY_A_STRANGER = ("relationship", "reservations", "encounters", "relationship-leads", "gate")
BY_THE_OTHER = ("reservation-words", "reservation-sharing", "reservation-deletion", "ten-line", "briefing-question")


@dataclass(frozen=True, slots=True)
class Asked:
    """A route with who asks, the addresses of what is hidden, and as many of what never was."""

    route: str
    who: str
    browser: Any
    hidden: list[str]
    absent: list[str]


def world() -> list[Asked]:
    """Make a small world and return what is asked in it."""
    from django.test import Client

    from goodword.briefings.actions import conversation as briefings
    from goodword.ops import readying, seeding
    from goodword.ops.story import PathWalk, begin, join
    from goodword.people import actions as people
    from goodword.people.models import Person
    from goodword.relationships.models import Seat
    from goodword.relationships.steps import Step
    from goodword.reservations.actions import keeping, ten

    readying.ready()
    me = seeding.seed(200, 400, lambda line: None)
    hidden = list(Seat.objects.filter(person=me).values_list("relationship_key", flat=True)[:KINDS])
    ada, ben, cleo = (
        Person.objects.at(f"{name}@else.example", f"{name.title()} Else") for name in ("ada", "ben", "cleo")
    )
    for somebody in (ada, ben, cleo):
        people.describe(somebody, name=somebody.name, business="Else", trade="", town="Marple")
    seat = begin(ada, "Ben Else", ben.email, "Hello")
    join(seat, ben)
    story = PathWalk(seat.key, ada, ben)
    story.walk(Step.SECOND_BRIEFING)
    kept = [keeping.keep(story.a, text=f"Number {n}, and why.", drawer="side").key for n in range(KINDS)]
    keeping.read_promise(story.b.person)
    prepared = [briefings.prepare(story.a, text=f"And number {n}?").key for n in range(KINDS)]
    lines = [
        line for n in range(KINDS // 10) for line in line_keys(ten.begin(story.a, [f"{n} {i}" for i in range(10)]))
    ]
    of = {"ten-line": lines, "briefing-question": prepared}
    browsers = {}
    for somebody in (ben, cleo):
        browsers[somebody.pk] = Client()
        browsers[somebody.pk].force_login(somebody, backend="goodword.people.backend.Sessions")
    return [
        *(asked(route, "a stranger", browsers[cleo.pk], [[key] for key in hidden]) for route in BY_A_STRANGER),
        *(
            asked(route, "the other side", browsers[ben.pk], [[seat.key, key] for key in of.get(route, kept)])
            for route in BY_THE_OTHER
        ),
    ]


def line_keys(round_: Any) -> list[str]:
    """Return the keys of the lines of a round of the precious ten."""
    from goodword.reservations.models import PreciousLine

    return list(PreciousLine.objects.unscoped().filter(round=round_).values_list("key", flat=True))


def asked(route: str, who: str, browser: Any, args: list[list[str]]) -> Asked:
    """Return what is asked of a route: the hidden addresses, and the same with keys that never were."""
    from django.urls import reverse

    from goodword.ground.keys import new_key

    never = [[*some[:-1], new_key()] for some in args]
    found = Asked(
        route, who, browser, [reverse(route, args=some) for some in args], [reverse(route, args=some) for some in never]
    )
    for path in (*found.hidden, *found.absent):
        if browser.get(path).status_code != 404:
            raise SystemExit(f"{path} did not answer 404")
    return found


def took(browser: Any, path: str) -> float:
    """Return how long one answer took, in microseconds."""
    began = time.perf_counter_ns()
    browser.get(path)
    return (time.perf_counter_ns() - began) / 1000


def pairs(it: Asked, many: int) -> tuple[list[float], list[float]]:
    """Return the times of so many pairs, each in an order drawn by lot."""
    times: dict[bool, list[float]] = {True: [], False: []}
    gc.collect()
    gc.disable()
    for number in range(many):
        order = [True, False]
        random.shuffle(order)  # no secret: which of two goes first
        for hidden in order:
            paths = it.hidden if hidden else it.absent
            times[hidden].append(took(it.browser, paths[number % len(paths)]))
    gc.enable()
    return times[True], times[False]


def auc(ones: list[float], others: list[float]) -> float:
    """Return how often one of `ones` is larger than one of `others`, by their ranks; ties count half."""
    ranked = sorted([(value, 1) for value in ones] + [(value, 0) for value in others])
    total, at = 0.0, 0
    while at < len(ranked):
        end = at
        while end < len(ranked) and ranked[end][0] == ranked[at][0]:
            end += 1
        total += sum(flag for _value, flag in ranked[at:end]) * (at + 1 + end) / 2
        at = end
    return (total - len(ones) * (len(ones) + 1) / 2) / (len(ones) * len(others))


def report(many: int) -> tuple[str, bool]:
    """Measure everything; return the section in Markdown, and whether every route is within the bounds."""
    before, rows, well = os.getloadavg()[0], [], True
    for it in world():
        pairs(it, many // 10)  # warm
        hidden, absent = pairs(it, many)
        area = auc(hidden, absent)
        well = well and BOUNDS[0] <= area <= BOUNDS[1]
        medians = [statistics.median(times) / 1000 for times in (hidden, absent)]
        rows.append(f"| {it.route} | {it.who} | {medians[0]:.2f} ms | {medians[1]:.2f} ms | {area:.3f} |")
        print(rows[-1], flush=True)
    words = [
        HEADING,
        "",
        f"`python -m bench.timing`: {many:,} interleaved pairs a route, asked in one process, on {platform.machine()} with",
        f"{os.cpu_count()} cores; load {before:.1f} before and {os.getloadavg()[0]:.1f} after. Rank AUC: how often what exists and is",
        f"not the asker's to see takes longer than what never was; within {BOUNDS[0]} and {BOUNDS[1]}, time tells nothing.",
        "",
        "| route | asked by | hidden, median | absent, median | AUC |",
        "| --- | --- | --- | --- | --- |",
        *rows,
        "",
    ]
    return "\n".join(words), well


def with_section(page: str, section: str) -> str:
    """Return a page with this section in place of the one it has, or at its end."""
    before, _, after = page.partition(HEADING)
    rest = after.partition("\n## ")
    return f"{before.rstrip()}\n\n{section}{f'{chr(10)}## {rest[2]}' if rest[1] else ''}".lstrip()


def section_of(page: str) -> str:
    """Return the section a page has, or nothing: for whoever writes the page anew."""
    _, heading, after = page.partition(HEADING)
    return f"\n{heading}{after.partition(f'{chr(10)}## ')[0]}" if heading else ""


def main() -> int:
    """Measure in a data folder of its own that is thrown away."""
    parser = argparse.ArgumentParser(prog="python -m bench.timing", description=__doc__)
    parser.add_argument("--pairs", type=int, default=1_000)
    parser.add_argument("--write", action="store_true", help="write the table into docs/performance.md")
    asked_for = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="goodword-timing-") as folder:
        os.environ |= {"GOODWORD_DATA": folder, "GOODWORD_DATABASE_URL": "", "GOODWORD_BASE_URL": "http://testserver"}
        os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
        import django

        django.setup()
        words, well = report(asked_for.pairs)
    if asked_for.write:
        PAGE.write_text(with_section(PAGE.read_text() if PAGE.exists() else "# Performance\n", words))
    print("\n" + words)
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
