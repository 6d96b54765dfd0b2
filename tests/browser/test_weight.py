"""What a guest's first page weighs, measured at the real server as a browser takes it from there."""

from __future__ import annotations

import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, CDPSession

from tests.ops.conftest import clean, data, pristine  # noqa: F401 - a data folder of its own
from tests.ops.test_up import free_port

ROOT = Path(__file__).resolve().parents[2]
MOST, MOST_SCRIPT = 100_000, 15_000
INVITE = """
from goodword.people.models import Person
from goodword.relationships import invitations, starting
ada = Person.objects.at("ada@lane.example"); ada.name = "Ada Lane"; ada.save()
seat = starting.start(ada, name="Tom Hale", business="Hale Kitchens", town="Marple")
letter = invitations.write(seat, words="You told me how you work. " * 12, address="tom@hale.example")
invitations.offer(seat, by_mail=False)
print("PATH /i/" + invitations.token_of(letter))
"""

pytestmark = pytest.mark.processes


@pytest.fixture
def guest_page(data: Path, tmp_path: Path) -> Iterator[str]:  # noqa: F811
    """The address of an invitation at a started house."""
    port = free_port()
    env = {**clean(), "GOODWORD_DATA": str(data), "GOODWORD_PORT": str(port), "GOODWORD_WORKERS": "1"}
    run = [sys.executable, "manage.py", "shell", "-v0", "-c", INVITE]
    told = subprocess.run(run, cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout
    path = re.search(r"PATH (\S+)", told)
    assert path
    with (tmp_path / "told").open("w") as out:
        house = subprocess.Popen([sys.executable, "-m", "goodword.ops"], cwd=ROOT, env=env, stdout=out, stderr=out)
    until = time.monotonic() + 60
    while time.monotonic() < until and not answers(port):
        time.sleep(0.2)
    yield f"http://localhost:{port}{path.group(1)}"
    house.terminate()
    house.wait(60)


def answers(port: int) -> bool:
    """Whether the house answers already."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/livez", timeout=2):
            return True
    except OSError:
        return False


def test_a_guests_first_page_is_light(browser: Browser, guest_page: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    weighed: dict[str, float] = {}
    kinds: dict[str, str] = {}
    wire: CDPSession = context.new_cdp_session(page)
    wire.send("Network.enable")
    wire.on("Network.responseReceived", lambda each: kinds.update({each["requestId"]: each["type"]}))
    wire.on("Network.loadingFinished", lambda each: weighed.update({each["requestId"]: each["encodedDataLength"]}))
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(guest_page, wait_until="networkidle")
    whole = sum(weighed.values())
    scripts = sum(size for one, size in weighed.items() if kinds.get(one) == "Script")
    print(f"a guest's first page: {whole / 1000:.1f} kB in {len(weighed)} answers, scripts {scripts / 1000:.1f} kB")
    context.close()
    assert complaints == []
    assert len(weighed) >= 5
    assert whole < MOST
    assert scripts < MOST_SCRIPT
