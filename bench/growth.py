"""How what a page costs grows with the leads there are: the same pages of the same person, with a thousand of them and with a million."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SIZES = (1_000, 10_000, 100_000, 1_000_000)
RELATIONSHIPS = 10_000


def figure(most: int, wanted: float) -> tuple[str, str, bool]:
    """Measure every size up to `most` leads. Return what was measured, the figures in words, and whether none grew by more than wanted."""
    sizes = [size for size in SIZES if size <= most]
    found = [measure(size) for size in sizes]
    words, well = [], True
    for page, (queries, first) in found[0].items():
        grown = max(each[page][1] for each in found) / first
        same = all(each[page][0] <= queries for each in found)
        well = well and same and grown <= wanted
        times = " → ".join(f"{each[page][1]:.1f}" for each in found)
        words.append(f"{page} {times} ms, {'as many queries' if same else 'more queries'} (× {grown:.1f})")
    what = f"cost of a page with {' → '.join(f'{size:,}' for size in sizes)} leads, SQLite, × {wanted} wanted"
    return what, "; ".join(words), well


def measure(leads: int) -> dict[str, tuple[int, float]]:
    """Seed so many leads in a folder that goes afterwards; return each page's queries and milliseconds of processor time."""
    with tempfile.TemporaryDirectory(prefix="goodword-growth-") as folder:
        env = {**os.environ, "GOODWORD_DATA": folder, "GOODWORD_DATABASE_URL": ""}
        pages = Path(folder) / "pages.json"
        seed = [sys.executable, "-m", "bench.product", str(RELATIONSHIPS), str(leads)]
        pages.write_text(subprocess.run(seed, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout)  # noqa: S603
        asked = [sys.executable, "-m", "bench.growth", str(pages)]
        told = subprocess.run(asked, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603
        queries = json.loads(pages.read_text().splitlines()[-1])["queries"]
    took: dict[str, float] = json.loads(told.splitlines()[-1])
    return {page: (queries[page], spent) for page, spent in took.items()}


def main(pages: str) -> None:
    """Measure the pages that `bench.product` described, in the house of GOODWORD_DATA; print milliseconds by page as JSON."""
    from bench import processor

    found: dict[str, Any] = json.loads(Path(pages).read_text().splitlines()[-1])
    ours = processor.product()
    reads = {
        name: (ours, [("GET", path, "") for path in paths], found["cookie"])
        for name, paths in found["paths"].items()
        if name not in ("feed", "report")
    }
    print(json.dumps(processor.median_of_turns(reads)))


if __name__ == "__main__":
    main(sys.argv[1])
