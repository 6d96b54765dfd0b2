"""`run.py test --durability`: the durability harness in full, and its figures in docs/reliability.md."""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "reliability.md"
HARNESS = ("tests/durability", "tests/ops/test_upgrading.py")
BEGIN, END = "<!-- figures -->", "<!-- end of figures -->"


def run(options: Sequence[str]) -> int:
    """Run the harness, with pytest's options if some are given, and put the figures of this run into the page; return the exit code.

    A figure that this run did not take stays as it was, with its own day.
    """
    with tempfile.TemporaryDirectory(prefix="goodword-durability-") as folder:
        figures = Path(folder) / "figures"
        env = {**os.environ, "GOODWORD_DURABILITY": "full", "GOODWORD_FIGURES": str(figures), "TMPDIR": folder}
        env.pop("GOODWORD_DATABASE_URL", None)
        argv = [sys.executable, "-m", "pytest", "-s", *HARNESS, *options]
        code = subprocess.run(argv, cwd=ROOT, env=env, check=False).returncode  # noqa: S603 - our own tests
        found = [json.loads(line) for line in figures.read_text().splitlines()] if figures.exists() else []
    write_down(PAGE, dict(found))
    return code


def write_down(page: Path, found: dict[str, str]) -> None:
    """Put figures of today into the table of a page."""
    page.write_text(with_figures(page.read_text(), found, dt.datetime.now(dt.UTC).date()))


def with_figures(page: str, found: dict[str, str], day: dt.date) -> str:
    """Return the page with these figures in its table, beside those of earlier runs."""
    head, _, rest = page.partition(BEGIN)
    table, _, tail = rest.partition(END)
    rows = dict(re.findall(r"^\| (.+?) \| (.+) \|$", table, re.MULTILINE))
    rows |= {name: f"{said} | {day:%-d %B %Y}, {machine()}" for name, said in found.items()}
    lines = [f"| {name} | {said} |" for name, said in rows.items() if name not in ("what", "---")]
    return "\n".join(
        [f"{head}{BEGIN}", "| what | found | when and where |", "| --- | --- | --- |", *lines, f"{END}{tail}"]
    )


def machine() -> str:
    """Return what it ran on, in a few words."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GiB, Python {platform.python_version()}"
