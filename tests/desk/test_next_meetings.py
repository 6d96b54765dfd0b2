"""Today shows the next few meetings, says when there are more, and leads to them."""

from __future__ import annotations

import datetime as dt
import re

from django.urls import reverse
from django.utils import timezone

from goodword.encounters.actions import plans
from goodword.ops.story import PathWalk
from goodword.relationships import waiting
from tests.cast import Cast, joined
from tests.encounters.at_hand import planned, soon


def test_four_meetings_stand_on_today_and_the_fifth_is_one_tap_away(cast: Cast) -> None:
    for days in range(4):
        planned(cast.ada, soon(3 + days))
    assert "And more after these" not in cast.ada_browser.get("/today").content.decode()
    fifth = planned(cast.ada, soon(20))
    today = cast.ada_browser.get("/today").content.decode()
    assert "And more after these" in today and fifth.key not in today.split("Next meetings")[1]
    assert f"{reverse('own-calendar')}#ahead" in today
    everything = cast.ada_browser.get(reverse("own-calendar")).content.decode()
    assert 'id="ahead"' in everything and fifth.key in everything


def test_many_meetings_are_paged_and_an_odd_page_is_the_first(cast: Cast) -> None:
    made = [planned(cast.ada, soon(3) + dt.timedelta(days=day)) for day in range(27)]
    address = reverse("own-calendar")
    first, second = (cast.ada_browser.get(f"{address}?page={page}").content.decode() for page in ("1", "2"))
    assert made[0].key in first and made[26].key in second and made[26].key not in first
    for odd in ("x", "9" * 5000, "-1", "0"):
        assert cast.ada_browser.get(f"{address}?page={odd}").status_code == 200
    plans.call_off(cast.ada, made[0])
    assert made[0].key not in cast.ada_browser.get(address).content.decode()


def test_in_the_list_a_meeting_ahead_stands_below_what_is_to_be_done_and_its_date_says_what_it_is(db: None) -> None:
    cast = Cast()
    there = joined(cast.ada_person, cast.cleo_person)[0]
    planned(there)
    PathWalk(cast.key, cast.ada_person, cast.ben_person).explore()
    waiting.settle_due(timezone.now())
    page = cast.ada_browser.get("/relationships").content.decode()
    assert page.index("Ben Moor") < page.index("Cleo Stone")
    assert re.search(r'class="touched">On <time', page) and re.search(r'class="touched">Last touched <time', page)
