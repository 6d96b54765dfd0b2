"""The navigation lights up the room one is in: a page reached with a seat is one of that relationship, or of its leads."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from goodword.relationships.steps import Step
from goodword.reservations.actions import keeping
from goodword.ui.doors import routes
from tests.cast import Cast
from tests.house.world import NEW_EACH_TIME


@pytest.mark.alike
def test_every_page_of_a_relationship_stands_under_relationships_or_leads(db: None) -> None:
    cast, lit = Cast(at=Step.ADVOCATE), dict[str, str]()
    keeping.read_promise(cast.ada_person)
    for _path, pattern in routes():
        ours = list(pattern.pattern.converters) == ["key"] and "GET" in pattern.callback.methods  # type: ignore[attr-defined]
        if ours and pattern.name and pattern.name not in NEW_EACH_TIME:
            answer = cast.ada_browser.get(reverse(pattern.name, args=[cast.key]))
            page = answer.content.decode() if answer.headers.get("Content-Type", "").startswith("text/html") else ""
            if answer.status_code == 200 and '<nav class="nav"' in page:
                lit[pattern.name] = "".join(re.findall(r'aria-current="page">(\w+)<', page.split("</nav>")[0]))
    assert len(lit) > 40
    assert {name: room for name, room in lit.items() if room not in ("Relationships", "Leads")} == {}
