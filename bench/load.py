"""`run.py bench --load`: five hundred people at once who think between two pages, and how what a page costs grows. Writes docs/load.md.

With `--minutes 60` it is a soak: memory is looked at all the while. Figures of earlier runs stay on the page until taken again.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from bench import growth, house
from goodword.ops import reliability, throwaway

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "load.md"
PORT = int(os.environ.get("GOODWORD_BENCH_PORT", "18790"))
THINK = 5_000  # milliseconds between two requests of one user, on average
WARM = 20  # seconds of load before figures are taken
MOST_P95, MOST_P99, MOST_GROWTH = 200, 500, 1.5
LOCKED = re.compile(r"database (?:table )?is locked", re.IGNORECASE)

Figures = dict[str, float]


def main(arguments: Sequence[str]) -> int:
    """Measure what is asked for, print it and write it down. Return 1 where a figure misses what is wanted."""
    asked = options().parse_args(arguments)
    found: dict[str, str] = {}
    met = True
    for engine in asked.engine or ("SQLite", "PostgreSQL"):
        with tempfile.TemporaryDirectory(prefix="goodword-load-") as folder:
            what, said, well = crowd(engine, Path(folder), asked)
        print(f"{what}: {said}", flush=True)
        found[what], met = said, met and well
    if asked.growth:
        what, said, well = growth.figure(asked.leads_up_to, MOST_GROWTH)
        print(f"{what}: {said}", flush=True)
        found[what], met = said, met and well
    if asked.write:
        reliability.write_down(PAGE, found)
    return 0 if met else 1


def options() -> argparse.ArgumentParser:
    """Return the parser of the options."""
    parser = argparse.ArgumentParser(prog="run.py bench --load", description=__doc__)
    parser.add_argument("--relationships", type=int, default=10_000)
    parser.add_argument("--leads", type=int, default=290_000, help="with what belongs to them, a million rows")
    parser.add_argument("--users", type=int, default=500)
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--engine", action="append", choices=["SQLite", "PostgreSQL"], help="only this one")
    parser.add_argument("--no-growth", dest="growth", action="store_false", help="only the crowd")
    parser.add_argument("--leads-up-to", type=int, default=1_000_000, help="how far growth is followed")
    parser.add_argument("--no-write", dest="write", action="store_false", help="do not write docs/load.md")
    return parser


def crowd(engine: str, folder: Path, asked: argparse.Namespace) -> tuple[str, str, bool]:
    """Have a crowd use a whole house. Return what was measured, the figures in words, and whether they are as wanted."""
    with ExitStack() as stack:
        env = stack.enter_context(database(engine, folder))
        seeded = prepare(env, asked)
        users = folder / "users"
        users.write_text("".join(f"{_line(user)}\n" for user in seeded["users"]))
        log = folder / "log"
        process = stack.enter_context(house.up(env, log))
        wrk(users, asked.users, WARM)
        memory = [house.memory_of(process.pid)]
        figures = []
        for _minute in range(max(1, round(asked.minutes))):
            figures.append(wrk(users, asked.users, round(60 * min(1.0, asked.minutes))))
            memory.append(house.memory_of(process.pid))
        locked = len(LOCKED.findall(log.read_text(errors="replace")))
    p95, p99 = _middle(figures, "p95"), _middle(figures, "p99")
    wrong = int(sum(each["refused"] + each["broken"] for each in figures))
    said = (
        f"{sum(each['requests'] for each in figures):.0f} requests, p50 {_middle(figures, 'p50'):.0f} ms,"
        f" p95 {p95:.0f} ms (wanted {MOST_P95}), p99 {p99:.0f} ms (wanted {MOST_P99}), longest"
        f" {max(each['most'] for each in figures):.0f} ms; {wrong} refused or broken off, {locked} times locked; memory"
        f" {memory[0]:.0f} MB after {WARM} s, {memory[len(memory) // 2]:.0f} half-way, {memory[-1]:.0f} at the end"
    )
    what = f"{asked.users} users for {asked.minutes:g} minutes, {seeded['rows']:,} rows, {engine}"
    return what, said, p95 <= MOST_P95 and p99 <= MOST_P99 and not wrong and not locked


@contextmanager
def database(engine: str, folder: Path) -> Iterator[dict[str, str]]:
    """Yield the settings of a house on this engine, its data in this folder. Raises LookupError where there is no PostgreSQL.

    PostgreSQL is a server of our own, as durable as a real one.
    """
    env = {
        "GOODWORD_DATA": str(folder / "data"),
        "GOODWORD_DATABASE_URL": "",
        "GOODWORD_BASE_URL": f"http://localhost:{PORT}",
        "GOODWORD_PORT": str(PORT),
    }
    if engine == "SQLite":
        yield env
        return
    programs = throwaway.binaries()
    if programs is None:
        raise LookupError("there is no PostgreSQL on this machine")
    with throwaway.cluster(programs, durable=True) as server:
        yield env | {"GOODWORD_DATABASE_URL": server.url}


def prepare(env: dict[str, str], asked: argparse.Namespace) -> dict[str, Any]:
    """Seed a house and sign the users in; return who they are and how many rows there are."""
    many = [str(each) for each in (asked.relationships, asked.leads, asked.users)]
    told = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "bench.crowd", *many],
        cwd=ROOT,
        env={**os.environ, **env},
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
    found: dict[str, Any] = json.loads(told.splitlines()[-1])
    return found


def wrk(users: Path, many: int, seconds: int) -> Figures:
    """Let so many users go about for so long; return rate and latencies (ms)."""
    argv = ["wrk", "-t2", f"-c{many}", f"-d{seconds}s", "--timeout", "20s", "-s", str(ROOT / "bench" / "crowd.lua")]
    argv += [f"http://127.0.0.1:{PORT}", "--", str(users), str(THINK)]
    told = subprocess.run(argv, capture_output=True, text=True, check=False)  # noqa: S603
    for line in told.stdout.splitlines():
        if line.startswith("RESULT "):
            figures: Figures = json.loads(line.removeprefix("RESULT "))
            return figures
    raise RuntimeError(told.stdout + told.stderr)


def _line(user: dict[str, Any]) -> str:
    return "\t".join([user["cookie"], " ".join(user["reads"]), " ".join(user["writes"]), user["form"]])


def _middle(figures: Sequence[Figures], name: str) -> float:
    each = sorted(figure[name] for figure in figures)
    return each[len(each) // 2]
