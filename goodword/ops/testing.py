"""`run.py test`: every check and test this machine can run, and a plain word on what was skipped."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from goodword.ops import reliability, throwaway

ROOT = Path(__file__).resolve().parents[2]
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_TESTS = 5
DRILL, EVERYTHING, DURABILITY = "--drill", "--everything", "--durability"
CLUSTER = "GOODWORD_CITUS_URL"
USUAL = "not browser and not drill"


@dataclass(slots=True)
class Tally:
    """What came of everything so far."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    wrong: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def count(self, report: Path) -> None:
        """Add a pytest run from its report."""
        if not report.exists():
            return
        for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314 - our own file
            many = {name: int(suite.get(name, "0")) for name in ("tests", "failures", "errors", "skipped")}
            self.failed += many["failures"] + many["errors"]
            self.skipped += many["skipped"]
            self.passed += many["tests"] - many["failures"] - many["errors"] - many["skipped"]
            for test in suite.iter("skipped"):
                self.leave_out(test.get("message", ""))

    def leave_out(self, reason: str) -> None:
        """Note, once, what this machine lacks for a test: such reasons begin with NO."""
        if reason.startswith("NO ") and reason not in self.left_out:
            self.left_out.append(reason)


def run_everything(only: Sequence[str] = ()) -> int:
    """Run all checks and tests; with `only`, just these tests (paths and pytest's options). Return the exit code.

    Among them `--everything` runs all tests on both engines, and those that take long; `--drill` adds the drill.
    `--durability` runs the durability harness alone, in full, and writes docs/reliability.md.
    """
    began, tally = time.monotonic(), Tally()
    drilled, everything = DRILL in only, EVERYTHING in only
    os.chdir(ROOT)
    if DURABILITY in only:
        return reliability.run([each for each in only if each != DURABILITY])
    only = [each for each in only if each not in (DRILL, EVERYTHING)]
    with tempfile.TemporaryDirectory(prefix="goodword-checks-") as folder, ThreadPoolExecutor(1) as beside:
        os.environ["TMPDIR"] = folder  # what the tests leave behind goes when they are done
        # Many tests start programs of ours: our modules are compiled once, and not again by each of these.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        # With it, Django would be loaded before the tests name a data folder of their own: on the developer's.
        os.environ.pop("DJANGO_SETTINGS_MODULE", None)
        checked = [] if only else checks(tally, Path(folder), beside)
        tests(tally, only, Path(folder), everything)
        for each in checked:
            tell_of(tally, each.result())
        if drilled:
            drill(tally, Path(folder))
        else:
            tally.left_out.append("THE DRILL (do the tests catch leaks put into a copy?): ask with run.py test --drill")
    tell(tally, time.monotonic() - began)
    return 1 if tally.wrong else 0


@dataclass(frozen=True, slots=True)
class Check:
    """What came of a check that ran beside the tests."""

    name: str
    code: int
    words: str
    seconds: float


def checks(tally: Tally, folder: Path, beside: Executor) -> list[Future[Check]]:
    """Look at the style; begin, beside the tests that follow, what takes longer, one after the other: types, the order of the
    rooms, and migrations that nobody has written yet. Return these: each uses one core, and while the tests start there is one."""
    python = sys.executable
    # Checks load the settings, which make a data folder: never the developer's own.
    env = {"GOODWORD_DATA": str(folder / "data"), "GOODWORD_DATABASE_URL": ""}
    step(tally, "ruff", [python, "-m", "ruff", "check", "."])
    step(tally, "format", [python, "-m", "ruff", "format", "--check", "."])
    longer = {
        "mypy": [python, "-m", "mypy", "goodword", "config", "bench", "run.py", "manage.py", "tests"],
        "import contracts": [str(Path(python).with_name("lint-imports")), "--no-cache"],
        "migrations": [python, "manage.py", "makemigrations", "--check", "--dry-run"],
    }
    return [beside.submit(check, name, argv, {**os.environ, **env}) for name, argv in longer.items()]


def check(name: str, argv: list[str], env: dict[str, str]) -> Check:
    """Run one check and keep what it says."""
    began = time.monotonic()
    done = subprocess.run(argv, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)  # noqa: S603
    return Check(name, done.returncode, done.stdout, time.monotonic() - began)


def tell_of(tally: Tally, check: Check) -> None:
    """Print what a check said, and note whether all was well."""
    print(f"\n== {check.name} (beside the tests)\n{check.words}", end="")
    report_end(check.name, check.code, check.seconds)
    if check.code:
        tally.wrong.append(check.name)


def tests(tally: Tally, only: list[str], folder: Path, everything: bool) -> None:
    """The tests on SQLite, on PostgreSQL where there is one, and in a browser where there is one.

    On PostgreSQL what tells engines apart (marked `sql`, see tests/conftest.py), unless everything or a path is asked for.
    """
    usual = USUAL if everything else f"{USUAL} and not everything"
    cluster = os.environ.pop(CLUSTER, "")
    pytest(tally, "tests on SQLite", ["-m", usual, *only], folder, {"GOODWORD_DATABASE_URL": ""})
    if (binaries := throwaway.binaries()) is None:
        tally.left_out.append("tests on PostgreSQL: no server found (apt-get install postgresql)")
    else:
        apart = usual if everything or only else f"{usual} and sql"
        with throwaway.postgresql(binaries) as url:
            pytest(tally, "tests on PostgreSQL", ["-m", apart, *only], folder, {"GOODWORD_DATABASE_URL": url})
    if not everything:
        tally.left_out.append("what both engines answer alike, on PostgreSQL: ask with run.py test --everything")
    if cluster:
        pytest(tally, "tests on Citus", ["-m", usual, *only], folder, {CLUSTER: cluster})
    else:
        tally.left_out.append(f"tests on a Citus cluster: name its coordinator in {CLUSTER}")
    chromium = next((path for name in CHROMIUMS if (path := shutil.which(name))), None)
    if chromium is None:
        tally.left_out.append("tests in a browser: no Chromium found (apt-get install chromium)")
        return
    env = {"GOODWORD_DATABASE_URL": "", "GOODWORD_CHROMIUM": chromium}
    pytest(tally, "tests in a browser", ["-m", "browser", *only], folder, env)


def drill(tally: Tally, folder: Path) -> None:
    """Put one plausible leak after another into a copy of the tree, and see that the tests catch each."""
    pytest(tally, "the drill", ["-m", "drill", "tests/house/drill"], folder, {"GOODWORD_DATABASE_URL": ""})


def workers() -> list[str]:
    """Return pytest's options for processes that take work from each other, one more than two cores keep busy: many tests wait."""
    return ["-n", "3", "--dist", "worksteal"] if (os.cpu_count() or 1) > 1 else []


def pytest(tally: Tally, name: str, options: list[str], folder: Path, env: dict[str, str]) -> None:
    """Run pytest once and count what came of it."""
    report = folder / f"{name.replace(' ', '-')}.xml"
    code = run_under_heading(name, [sys.executable, "-m", "pytest", *workers(), *options, f"--junitxml={report}"], env)
    tally.count(report)
    if code == NO_TESTS:
        tally.left_out.append(f"{name}: none were asked for")
    elif code:
        tally.wrong.append(name)


def step(tally: Tally, name: str, argv: list[str], env: dict[str, str] | None = None) -> None:
    """Run one check."""
    if run_under_heading(name, argv, env or {}):
        tally.wrong.append(name)


def run_under_heading(name: str, argv: list[str], env: dict[str, str]) -> int:
    """Run a program under a heading; return its exit code."""
    print(f"\n== {name}", flush=True)
    began = time.monotonic()
    code = subprocess.run(argv, env={**os.environ, **env}, check=False).returncode  # noqa: S603 - our own tools
    report_end(name, code, time.monotonic() - began)
    return code


def report_end(name: str, code: int, seconds: float) -> None:
    """Print how something ended."""
    print(f"-- {name}: {'well' if not code else f'exit code {code}'}, {seconds:.0f} s", flush=True)


def tell(tally: Tally, seconds: float) -> None:
    """Print the summary."""
    print()
    for line in tally.left_out:
        print(f"Skipped: {line}")
    for name in tally.wrong:
        print(f"Not well: {name}")
    print(f"{tally.passed} passed, {tally.failed} failed, {tally.skipped} skipped; {seconds:.0f} s", flush=True)
