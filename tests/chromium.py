"""The one Chromium of a test process: where it is, and how it is started.

Playwright's loop lives in the thread that started it, and there can be one only: every test that needs a browser takes the
fixture `browser` and opens a context of its own.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
]


def chromium() -> str | None:
    """Return the path of a Chromium, or None if this machine has none."""
    named = os.environ.get("GOODWORD_CHROMIUM", "/usr/bin/chromium")
    return named if Path(named).exists() else next((found for name in NAMES if (found := shutil.which(name))), None)


def launched() -> Iterator[Browser]:
    """Yield a running Chromium; close it afterwards."""
    from playwright.sync_api import sync_playwright

    # Playwright runs a loop in this thread; only tests ask Django from within it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as play:
        running = play.chromium.launch(executable_path=chromium(), args=FLAGS)
        yield running
        running.close()
