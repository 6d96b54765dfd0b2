"""The house is killed in the middle of a meeting and started again: both phones go on where they were."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.chromium import chromium
from tests.ops.conftest import once
from tests.ops.test_up import PATIENCE, ROOT, children, environment, free_port, page, until

pytestmark = [
    pytest.mark.processes,
    pytest.mark.browser,
    once,
    pytest.mark.skipif(chromium() is None, reason="NO CHROMIUM: nobody holds a meeting"),
]
MEETING = """
import datetime as dt, json
import django
django.setup()
from django.utils import timezone
from tests.cast import Cast
from tests.encounters.at_hand import planned
cast = Cast()
it = planned(cast.ada, timezone.now() + dt.timedelta(minutes=1))
keys = [browser.cookies["sessionid"].value for browser in (cast.ada_browser, cast.ben_browser)]
print(json.dumps({"path": f"/r/{cast.key}/encounters/{it.key}", "keys": keys}))
"""


@contextmanager
def started(data: Path, port: int) -> Iterator[subprocess.Popen[str]]:
    """A house on this data, until it answers; killed at the end if it still lives."""
    house = subprocess.Popen(
        [sys.executable, "-m", "goodword.ops"],
        cwd=ROOT,
        env=environment(data, port),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    until(lambda: page(port, "/livez") != "")
    try:
        yield house
    finally:
        house.terminate()
        house.wait(PATIENCE)


def killed(house: subprocess.Popen[str], port: int) -> None:
    """Kill a house and everything of it, at once and without a word."""
    pids = [*children(house.pid).values(), house.pid]
    pids += [pid for one in pids for pid in children(one).values()]
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
    house.wait(PATIENCE)
    until(lambda: page(port, "/livez") == "")


def phones(browser: Any, url: str, keys: list[str]) -> Iterator[Any]:
    """Yield a phone for each session key."""
    for key in keys:
        context = browser.new_context(viewport={"width": 390, "height": 844})
        context.add_cookies([{"name": "sessionid", "value": key, "url": url}])
        yield context.new_page()


def test_a_meeting_goes_on_where_it_was_after_the_server_was_killed(data: Path, browser: Any) -> None:
    port = free_port()
    url = f"http://localhost:{port}"
    made = subprocess.run(
        [sys.executable, "-c", MEETING],
        cwd=ROOT,
        env={**environment(data, port), "DJANGO_SETTINGS_MODULE": "config.settings"},
        check=True,
        capture_output=True,
        text=True,
    )
    meeting = json.loads(made.stdout.splitlines()[-1])
    ada, ben = phones(browser, url, meeting["keys"])
    with started(data, port) as house:
        for one in (ada, ben):
            one.goto(f"{url}{meeting['path']}/table")
        ada.get_by_role("button", name="Start with Ben’s half").click()
        ben.get_by_role("button", name="Pause").wait_for()
        since = ben.locator(".halves").inner_text()
        ada.fill("textarea", "Ask about the fitters")
        ada.get_by_role("button", name="Put away").click()
        expect(ada.locator("textarea")).to_have_value("")
        killed(house, port)
    ada.fill("textarea", "He lights up at the workshop")
    ada.get_by_role("button", name="Put away").click()
    expect(ada.locator("[data-kept]")).to_be_visible()
    with started(data, port):
        expect(ada.locator("[data-kept]")).to_be_hidden(timeout=PATIENCE * 1000)
        assert ben.locator(".halves").inner_text() == since
        ben.get_by_role("button", name="Pause").click()
        ada.get_by_role("button", name="Go on").wait_for()
        ada.goto(f"{url}{meeting['path']}")
        for words in ("Ask about the fitters", "He lights up at the workshop"):
            expect(ada.get_by_text(words)).to_have_count(1)
        for one in (ada, ben):
            one.context.close()
