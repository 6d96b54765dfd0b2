"""Today with more than a day holds: what is most urgent in each relationship, and a way to all that waits there."""

from __future__ import annotations

import re

from django.utils import timezone

from goodword.desk.queries.today import A_DAY, MOST
from goodword.relationships import starting, waiting
from tests.cast import Cast

MORE = re.compile(r'<a class="tap" href="([^"]+)">All that waits with ')

WAY = re.compile(r'<a class="btn" href="([^"?]+)\?back=today"')


def today(cast: Cast) -> str:
    return cast.ada_browser.get("/today").content.decode()


def start_many(cast: Cast, many: int) -> None:
    for number in range(many):
        starting.start(cast.ada_person, name=f"Other {number}", business="", town="")
    while waiting.settle_due(timezone.now()):
        pass


def test_where_everything_is_shown_no_relationship_is_said_to_have_more(cast: Cast) -> None:
    start_many(cast, A_DAY)
    assert "All that waits with" not in today(cast)


def test_where_more_waits_than_a_day_holds_each_relationship_leads_to_all_of_its_own(cast: Cast) -> None:
    start_many(cast, MOST)
    page = today(cast)
    pages = MORE.findall(page)
    assert len(pages) == A_DAY
    assert "What can wait after these" in page
    thing = WAY.findall(page)[-1]
    assert f'href="{thing}' in cast.ada_browser.get(pages[-1]).content.decode()
