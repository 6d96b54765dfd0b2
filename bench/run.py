"""`run.py bench`: the product's pages against the floor's, under the same server and settings, in turn, in one run."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import house, load
from bench.timing import section_of
from goodword.ops import serving

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / "bench"
PORT = int(os.environ.get("GOODWORD_BENCH_PORT", "18790"))
ONE, MANY = 1, 8
LOAD = "--load"
PAGES = ("list", "relationship", "today", "leads", "follow-up")
FLOOR_LIST, FLOOR_WRITE, REPORT = "floor: list", "floor: write", "report on a lead"
FEED = "feed of 2,000 events"
POSTGRESQL = "on PostgreSQL"
LEAST_RATE, MOST_MEDIAN = (
    dict.fromkeys(PAGES, 0.38) | {"follow-up": 0.2},
    dict.fromkeys(PAGES, 2.0) | {"follow-up": 3.5},
)
MOST_WRITE, MOST_STATEMENTS, MOST_LAST, MOST_SPREAD = 20.0, 16, 200, 5.0
MOST_QUERIES, MOST_FEED, MOST_MEMORY = 12, 300, 220

Figures = dict[str, float]


@dataclass(slots=True)
class Target:
    """Something to be asked for: by whom, where, how; and what came of it in each round."""

    name: str
    floor: bool
    paths: list[str]
    cookie: str
    method: str = "GET"
    body: str = ""
    queries: int | None = None
    size: int = 0
    rounds: dict[int, list[Figures]] = field(default_factory=lambda: {ONE: [], MANY: []})

    def median(self, connections: int, figure: str) -> float:
        """Return the median of a figure over the rounds."""
        return statistics.median(self.all(connections, figure))

    def all(self, connections: int, figure: str) -> list[float]:
        """Return a figure of every round."""
        return [round_[figure] for round_ in self.rounds[connections]]

    def wrong(self) -> int:
        """Return how many answers were refused or broken off."""
        return int(sum(r["refused"] + r["broken"] for rounds in self.rounds.values() for r in rounds))


def main(arguments: Sequence[str]) -> int:
    """Measure, print the table and write it down. Return 1 where a figure misses its target."""
    if shutil.which("wrk") is None:
        print("`run.py bench` needs wrk to ask for pages: sudo apt install wrk", file=sys.stderr)
        return 1
    if LOAD in arguments:
        return load.main([each for each in arguments if each != LOAD])
    asked = options().parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="goodword-bench-") as folder:
        pristine = Pristine(Path(folder), asked.relationships, asked.leads)
        targets = [
            target
            for target in pristine.prepare()
            if not asked.only or target.floor or any(o in target.name for o in asked.only)
        ]
        for number in range(asked.rounds):
            for target in targets:
                measure(target, pristine, asked.seconds)
                rate, median = target.all(MANY, "rps")[-1], target.all(ONE, "p50")[-1]
                print(
                    f"round {number + 1}: {target.name:24} {rate:6.0f} a second at {MANY}, {median:6.2f} ms at {ONE}",
                    flush=True,
                )
        spent = processor_times(pristine)
        if not asked.only:
            targets += postgresql(pristine, asked)
    words, well = report(targets, asked, spent, house.memory(PORT))
    print("\n" + words)
    if asked.write:
        page = ROOT / "docs" / "performance.md"
        # What `bench.timing` found stands on the same page, and stays.
        page.write_text(words + (section_of(page.read_text()) if page.exists() else ""))
    return 0 if well else 1


def options() -> argparse.ArgumentParser:
    """Return the parser of the options."""
    parser = argparse.ArgumentParser(
        prog="run.py bench", description=__doc__, epilog="With --load: a crowd, see `run.py bench --load --help`."
    )
    parser.add_argument("--relationships", type=int, default=10_000)
    parser.add_argument("--leads", type=int, default=50_000, help="and half as many notes")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=5, help="for each measurement")
    parser.add_argument("--only", action="append", help="only pages whose name holds this, and the floor")
    parser.add_argument("--no-write", dest="write", action="store_false", help="do not write docs/performance.md")
    return parser


class Pristine:
    """Freshly laid down databases, of which each measurement gets a copy of its own."""

    def __init__(self, folder: Path, relationships: int, leads: int) -> None:
        self.folder, self.relationships, self.leads = folder, relationships, leads
        self.product, self.floor, self.pages = folder / "product", folder / "floor.sqlite3", folder / "pages.json"

    def prepare(self) -> list[Target]:
        """Lay both down; return what is to be measured."""
        began = time.monotonic()
        print(
            f"Laying down {self.relationships} relationships with {self.leads} leads, and notes, for product and floor",
            flush=True,
        )
        env = {
            **os.environ,
            "GOODWORD_DATA": str(self.product),
            "GOODWORD_DATABASE_URL": "",
            "GOODWORD_BASE_URL": f"http://localhost:{PORT}",
        }
        told = subprocess.run(  # noqa: S603 - our own program
            [sys.executable, "-m", "bench.product", str(self.relationships), str(self.leads)],
            cwd=ROOT,
            env=env,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout
        self.pages.write_text(told)
        found: dict[str, Any] = json.loads(told.splitlines()[-1])
        from bench.floor import ledger

        ledger.lay_down(self.floor, self.relationships, self.leads, settings())
        print(f"Laid down in {time.monotonic() - began:.0f} s", flush=True)
        return targets(found)

    def copy(self, floor: bool) -> tuple[list[str], dict[str, str], Path]:
        """Return command, environment and folder of a server with a fresh copy of its database."""
        fresh = Path(tempfile.mkdtemp(dir=self.folder))
        if floor:
            shutil.copy(self.floor, fresh)
            env = {"FLOOR_DB": str(fresh / self.floor.name), "FLOOR_SETTINGS": settings()}
            return server("bench.floor.app:application"), env, fresh
        shutil.copytree(self.product, fresh, dirs_exist_ok=True)
        base = f"http://localhost:{PORT}"
        env = {
            "GOODWORD_DATA": str(fresh),
            "GOODWORD_DATABASE_URL": "",
            "GOODWORD_BASE_URL": base,
            "GOODWORD_PORT": str(PORT),
        }
        return server("config.wsgi:application"), env, fresh


def settings() -> str:
    """Return the SQLite settings of the product, which the floor runs under too."""
    from config import databases

    return str(databases.sqlite(Path("any"))["OPTIONS"]["init_command"])


def server(application: str) -> list[str]:
    """Return the command line of the web server: the one `run.py` starts."""
    return serving.server("127.0.0.1", PORT, 2, application)


def targets(found: dict[str, Any]) -> list[Target]:
    """Return what is to be measured, floor and product in turn."""
    visit = "visit=floor"
    pages = [
        Target(
            name,
            False,
            found["paths"][name],
            found["cookie"],
            queries=found["queries"][name],
            size=found["sizes"][name],
        )
        for name in PAGES
    ]
    feed = Target(
        FEED, False, found["paths"]["feed"], "", queries=found["queries"]["feed"], size=found["sizes"]["feed"]
    )
    floor_list = Target(FLOOR_LIST, True, [f"/list?phase={n}" for n in (1, 2, 3, 4)], visit)
    floor_write = Target(
        FLOOR_WRITE, True, ["/keep"], visit, "POST", "partner=17&kind=note&words=a+few+words+of+some+length+number+#"
    )
    report_write = Target(
        REPORT,
        False,
        found["paths"]["report"],
        found["cookie"],
        "POST",
        f"csrfmiddlewaretoken={found['csrf']}&outcome=spoke&line=Rang+and+we+meet+soon+number+%23#",
        found["queries"]["report"],
    )
    return [floor_list, *pages, feed, floor_write, report_write]


def measure(target: Target, pristine: Pristine, seconds: int) -> None:
    """Start a server with a fresh database, warm it up, and load it by one connection and by eight."""
    command, env, fresh = pristine.copy(target.floor)
    try:
        with running(command, env, fresh / "log"), worker(None if target.floor else env, fresh / "worker-log"):
            target.size = target.size or (len(fetch(target.paths[0], target.cookie)) if target.method == "GET" else 0)
            warm_up(target)
            for connections in (ONE, MANY):
                time.sleep(0.5)  # what the last load left in the queue is answered first
                target.rounds[connections].append(wrk(target, connections, seconds))
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def warm_up(target: Target) -> None:
    """Have every process and thread of the server load what it loads once, however busy the machine is."""
    before = 0.0
    for _ in range(10):
        rate = wrk(target, MANY, 2)["rps"]
        if rate < before * 1.1:
            return
        before = rate


def processor_times(pristine: Pristine) -> dict[str, float]:
    """Return the milliseconds of processor time a request takes, by name, product and floor."""
    _command, env, fresh = pristine.copy(False)
    argv = [sys.executable, "-m", "bench.processor", str(pristine.pages), str(pristine.floor)]
    told = subprocess.run(argv, cwd=ROOT, env={**os.environ, **env}, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603
    shutil.rmtree(fresh, ignore_errors=True)
    found: dict[str, float] = json.loads(told.stdout.splitlines()[-1])
    return found


def postgresql(pristine: Pristine, asked: argparse.Namespace) -> list[Target]:
    """Return the list and a report, measured on PostgreSQL in one round: to look at, without a target of their own."""
    folder = pristine.folder / "postgresql"
    with house.on_postgresql(folder, PORT, pristine.relationships, pristine.leads) as (found, env):
        chosen = [target for target in targets(found) if target.name in ("list", REPORT)]
        command = server("config.wsgi:application")
        with running(command, env, folder / "log"), worker(env, folder / "worker-log"):
            for target in chosen:
                target.name = f"{target.name} {POSTGRESQL}"
                warm_up(target)
                for connections in (ONE, MANY):
                    target.rounds[connections].append(wrk(target, connections, asked.seconds))
    return chosen


@contextmanager
def running(command: list[str], env: dict[str, str], log: Path) -> Iterator[None]:
    """Run a server for as long as the block lasts."""
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - our own program
            command, cwd=ROOT, env={**os.environ, **env}, stdout=out, stderr=out, start_new_session=True
        )
    try:
        until = time.monotonic() + 60
        while not fetch("/livez", "visit=floor"):
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"the server did not start:\n{log.read_text()[-2000:]}")
            time.sleep(0.05)
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def worker(env: dict[str, str] | None, log: Path) -> Iterator[None]:
    """Run the product's worker beside it, as `run.py` does; None: there is none."""
    if env is None:
        yield
        return
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, str(ROOT / "manage.py"), "worker"],
            cwd=ROOT,
            env={**os.environ, **env},
            stdout=out,
            stderr=out,
        )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


def fetch(path: str, cookie: str) -> bytes:
    """Return a page's bytes, or nothing while nobody answers."""
    request = urllib.request.Request(f"http://127.0.0.1:{PORT}{path}", headers={"Cookie": cookie})
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
            body: bytes = answer.read()
            return body
    except urllib.error.HTTPError as answer:
        raise RuntimeError(f"{path} answered {answer.code}") from answer
    except OSError:
        return b""


def wrk(target: Target, connections: int, seconds: int) -> Figures:
    """Load the running server; return rate and latencies (ms)."""
    with tempfile.NamedTemporaryFile("w", suffix=".paths") as paths:
        paths.write("\n".join(target.paths) + "\n")
        paths.flush()
        argv = [
            "wrk",
            "-t1",
            f"-c{connections}",
            f"-d{seconds}s",
            "--timeout",
            "20s",
            "-s",
            str(HERE / "load.lua"),
            f"http://127.0.0.1:{PORT}",
            "--",
            paths.name,
            target.method,
            target.cookie,
            target.body,
        ]
        told = subprocess.run(argv, capture_output=True, text=True, check=False)  # noqa: S603
    for line in told.stdout.splitlines():
        if line.startswith("RESULT "):
            figures: Figures = json.loads(line.removeprefix("RESULT "))
            if not figures["requests"]:  # nothing came back in time: no latency at all is not a short one
                figures |= dict.fromkeys(("p50", "p95", "p99", "most"), float("inf")) | {"broken": 1}
            return figures
    raise RuntimeError(told.stdout + told.stderr)


def report(found: list[Target], asked: argparse.Namespace, spent: dict[str, float], memory: float) -> tuple[str, bool]:
    """Return the report in Markdown, and whether every target is met."""
    lines = [
        "# Performance",
        "",
        "Written by `python3 run.py bench`; the last run.",
        "",
        f"- {machine()}",
        f"- {asked.relationships} relationships of one person, {asked.leads} leads, half as many notes; signed in;"
        " SQLite (WAL, synchronous=FULL); granian, 2 worker processes of 4 threads, and the product's worker beside them",
        f"- {asked.rounds} rounds of {asked.seconds} s, product and floor in turn, a fresh database each; medians,"
        " with least and most",
        "- The floor (`bench/floor`): plain WSGI, five SQL queries and a compiled template for a page of 25 rows,"
        " or one durable insert with its update; same server, same SQLite settings",
        "",
        f"| | a second at {MANY} | least – most | median at {ONE}, ms | least – most | p95 at {MANY}, ms | p99"
        " | longest | queries | bytes | wrong answers |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        *(_row(target) for target in found),
        "",
        "Processor time of a request, asked in one process in turn, which other work on the machine disturbs least:",
        "",
        "| | ms | times the floor's |",
        "| --- | ---: | ---: |",
        *(f"| {name} | {ms:.2f} | {ms / spent[_floor_of(name)]:.1f} |" for name, ms in spent.items()),
        "",
        "## Targets",
        "",
        "| | found | wanted | |",
        "| --- | ---: | ---: | --- |",
    ]
    judged = list(_judged({target.name: target for target in found}, memory))
    lines += [f"| {what} | {value} | {wanted} | {'met' if met else 'missed'} |" for what, value, wanted, met in judged]
    return "\n".join([*lines, "", *_notes(), ""]), all(met for *_, met in judged)


def _row(target: Target) -> str:
    rates, medians = target.all(MANY, "rps"), target.all(ONE, "p50")
    cells = [
        target.name,
        f"{target.median(MANY, 'rps'):.0f}",
        f"{min(rates):.0f} – {max(rates):.0f}",
        f"{target.median(ONE, 'p50'):.2f}",
        f"{min(medians):.2f} – {max(medians):.2f}",
        *(f"{target.median(MANY, figure):.1f}" for figure in ("p95", "p99", "most")),
        "" if target.queries is None else str(target.queries),
        str(target.size or ""),
        str(target.wrong()),
    ]
    return f"| {' | '.join(cells)} |"


def _floor_of(name: str) -> str:
    return FLOOR_WRITE if name in ("report", FLOOR_WRITE) else FLOOR_LIST


def _judged(found: dict[str, Target], memory: float) -> Iterator[tuple[str, str, str, bool]]:
    floor, write = found[FLOOR_LIST], found[FLOOR_WRITE]
    for name in PAGES:
        if page := found.get(name):
            rate = page.median(MANY, "rps") / floor.median(MANY, "rps")
            slow = page.median(ONE, "p50") / floor.median(ONE, "p50")
            yield (
                f"{name}: requests a second at {MANY}, of the floor's list",
                f"{rate:.2f}",
                f"≥ {LEAST_RATE[name]:.2f}",
                rate >= LEAST_RATE[name],
            )
            yield (
                f"{name}: median at {ONE}, times the floor's list",
                f"{slow:.2f}",
                f"≤ {MOST_MEDIAN[name]}",
                slow <= MOST_MEDIAN[name],
            )
            queries = page.queries or 0
            yield f"{name}: queries", str(queries), f"≤ {MOST_QUERIES}", queries <= MOST_QUERIES
    if said := found.get(REPORT):
        slow = said.median(ONE, "p50") / write.median(ONE, "p50")
        yield (
            f"{REPORT}: median at {ONE}, times the floor's write",
            f"{slow:.2f}",
            f"≤ {MOST_WRITE:.0f}",
            slow <= MOST_WRITE,
        )
        many, last = said.queries or 0, said.median(MANY, "p99")
        spread = last / said.median(MANY, "p50")
        yield f"{REPORT}: statements", str(many), f"≤ {MOST_STATEMENTS}", many <= MOST_STATEMENTS
        yield f"{REPORT}: p99 at {MANY}, ms", f"{last:.0f}", f"≤ {MOST_LAST}", last <= MOST_LAST
        yield (
            f"{REPORT}: p99 at {MANY}, times its median",
            f"{spread:.1f}",
            f"≤ {MOST_SPREAD:.0f}",
            spread <= MOST_SPREAD,
        )
    if feed := found.get(FEED):
        took = feed.median(ONE, "p50")
        yield f"{FEED}: median at {ONE}, ms", f"{took:.0f}", f"≤ {MOST_FEED}", took <= MOST_FEED
    yield "memory of the whole house at rest, MB", f"{memory:.0f}", f"≤ {MOST_MEMORY}", memory <= MOST_MEMORY
    wrong = sum(target.wrong() for target in found.values())
    yield "answers refused or broken off", str(wrong), "0", wrong == 0


def _notes() -> list[str]:
    remarks = HERE / "remarks.md"
    return remarks.read_text().splitlines() if remarks.exists() else []


def machine() -> str:
    """Describe this machine in one line."""
    facts = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    model = next(
        (line.partition(":")[2].strip() for line in facts.splitlines() if line.startswith("model name")),
        platform.processor(),
    )
    gigabytes = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    import sqlite3

    load = os.getloadavg()[0]
    return (
        f"{time.strftime('%-d %B %Y')}: {os.cpu_count()} cores ({model}), {gigabytes:.0f} GiB,"
        f" {platform.system()} {platform.release()},"
        f" Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}; load at the end {load:.1f}"
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
