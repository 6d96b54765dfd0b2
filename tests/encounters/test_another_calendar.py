"""A calendar of another make, khal, reads our invitation and our feed at the hour they mean, in the reader's own zone."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from email import message_from_bytes, policy
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from goodword.encounters import calendar_entries
from goodword.post.delivery import deliver_due
from tests.cast import Cast
from tests.encounters.at_hand import planned, soon

CONFIG = """[calendars]
[[own]]
path = {folder}
type = calendar
[locale]
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
local_timezone = {zone}
default_timezone = {zone}
"""


def read_by_khal(folder: Path, text: str, zone: str) -> list[str]:
    """Return start, end, title and place of each event, as khal shows it to somebody in this zone."""
    (folder / "own").mkdir(exist_ok=True)
    (folder / "config").write_text(CONFIG.format(folder=folder / "own", zone=zone))
    (folder / "one.ics").write_text(text, newline="")
    khal = Path(sys.executable).with_name("khal")
    if not khal.exists():
        pytest.skip("NO KHAL beside this Python: no calendar of another make has read ours")
    argv = [
        str(khal),
        "-c",
        str(folder / "config"),
        "printics",
        "-f",
        "{start} {end-time} {title} @ {location}",
        str(folder / "one.ics"),
    ]
    said = subprocess.run(argv, capture_output=True, text=True, check=True, timeout=60).stdout
    return sorted(line for line in said.splitlines() if "@" in line)


def shown(at: dt.datetime, zone: str, title: str) -> str:
    """Return an hour's meeting at the Lantern Café as khal would show it."""
    here = at.astimezone(ZoneInfo(zone))
    return f"{here:%Y-%m-%d %H:%M} {here + dt.timedelta(hours=1):%H:%M} {title} @ The Lantern Café"


@pytest.mark.parametrize("zone", ["Europe/London", "Pacific/Auckland"])
def test_the_invitation_and_the_feed_say_the_same_hour_to_another_calendar(
    cast: Cast, tmp_path: Path, zone: str
) -> None:
    at = soon(40)
    planned(cast.ada, at)
    deliver_due()
    letter = next(one for one in mail.outbox if one.to == ["ben@moor.example"] and one.attachments)
    parts = {
        part.get_content_type(): part
        for part in message_from_bytes(letter.message().as_bytes(), policy=policy.default).walk()
    }
    (invited,) = read_by_khal(tmp_path, parts["text/calendar"].get_content(), zone)
    assert invited == shown(at, zone, invited.split(" ", 3)[3].partition(" @ ")[0])
    link = reverse("calendar-feed", args=[calendar_entries.token_of(calendar_entries.open_feed(cast.ben_person))])
    (fed,) = read_by_khal(tmp_path, Client().get(link).content.decode(), zone)
    assert fed == shown(at, zone, "Meeting: Ben Moor and Ada Lane")
