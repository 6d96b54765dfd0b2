"""The list of relationships: what stands beside its filters, counted no further than a hundred, and where its rows lead."""

from __future__ import annotations

import re

from goodword.gates import actions as gates
from goodword.gates.rules import Choice
from goodword.relationships import starting
from tests.cast import Cast
from tests.encounters.at_hand import planned
from tests.stories.test_gates import story


def test_a_row_says_what_is_next_and_leads_to_that_very_thing_and_back(cast: Cast) -> None:
    it = planned(cast.ada)
    row = cast.ada_browser.get("/relationships").content.decode().split('<ul class="rels">')[1].split("</li>")[0]
    assert f'<a href="/r/{cast.key}/encounters/{it.key}?back=relationships">See the plan' in row
    assert f'<a class="who" href="/r/{cast.key}">' in row


def test_news_in_a_row_is_seen_by_opening_it_and_not_by_looking_at_the_list(cast: Cast) -> None:
    story(cast).explore()
    gates.decide(cast.ada, Choice.GO_ON)
    gates.decide(cast.ben, Choice.GO_ON)
    row = cast.ada_browser.get("/relationships").content.decode().split('<ul class="rels">')[1].split("</li>")[0]
    [page] = re.findall(r'<button form="seen" name="page" value="([^"]+)">You and Ben have both decided', row)
    assert cast.ada_browser.post("/today/seen", {"page": page}).headers["Location"] == page
    assert "You both said go on" in cast.ada_browser.get(page).content.decode()
    assert "have both decided" not in cast.ada_browser.get("/relationships").content.decode()


def counts(cast: Cast) -> list[str]:
    """Return what stands beside All, the five steps, and Ended."""
    page = cast.ada_browser.get("/relationships").content.decode()
    filters = page.split('<nav class="filters"')[1].split("</nav>")[0]
    return re.findall(r"<span>([^<]*)</span>", filters)


def test_the_counts_beside_the_filters_are_exact_up_to_a_hundred_and_end_there(cast: Cast) -> None:
    for number in range(98):
        starting.start(cast.ada_person, name=f"Other {number}", business="", town="")
    assert counts(cast) == ["99", "99", "0", "0", "0", "0", "0"]
    starting.start(cast.ada_person, name="The hundredth", business="", town="")
    assert counts(cast) == ["99+", "99+", "0", "0", "0", "0", "0"]
