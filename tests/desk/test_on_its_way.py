"""What one has confirmed of leads and can still take back says so where one stands, and is offered nowhere a second time."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from goodword.leads.actions import giving, receiving
from goodword.leads.actions.giving import Consent
from goodword.leads.models import Lead
from goodword.relationships import waiting
from goodword.relationships.steps import Step
from tests.cast import Cast, half_a_minute, signed_in

WAY, BACK = "On its way…", "Take it back"


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the cast where leads may be given."""
    return Cast(at=Step.ADVOCATE)


def given(cast: Cast, name: str = "Mrs Crane") -> Lead:
    """Return a lead of Ben's that Ada looks after and has not reported on."""
    consent = Consent(timezone.localdate())
    lead = giving.give(
        cast.ben, why="Buys a flat.", route="now", name=name, reach="crane@hill.example", consent=consent
    )
    receiving.accept(cast.ada, lead)
    return lead


def reported(cast: Cast, lead: Lead) -> None:
    answer = cast.ada_browser.post(f"/r/{cast.key}/leads/{lead.key}/report", {"outcome": "spoke", "line": "We spoke."})
    assert "/held/" in answer.headers["Location"]


def line_of(page: str, name: str) -> str:
    """Return the line of a page that is about this lead."""
    lines = re.findall(r"<li>.*?</li>|<tr>.*?</tr>", page.split("<main")[1], re.DOTALL)
    return next((line for line in lines if name in line), "")


def places(browser: Client, cast: Cast) -> list[str]:
    """Return the relationship's page and the list of leads."""
    return [browser.get(path).content.decode() for path in (f"/r/{cast.key}", "/leads")]


def taken_back(browser: Client, line: str) -> str:
    """Tap "Take it back" in a line; return the address that answers."""
    [address] = re.findall(r'<form action="([^"]+)"', line)
    return str(browser.post(address).headers["Location"])


def test_a_report_that_can_still_be_taken_back_stands_where_it_was_asked_for(cast: Cast) -> None:
    lead = given(cast)
    assert all("Report" in line_of(page, "Mrs Crane") for page in places(cast.ada_browser, cast))
    reported(cast, lead)
    for page in places(cast.ada_browser, cast):
        line = line_of(page, "Mrs Crane")
        assert WAY in line and BACK in line and "Report" not in line
    assert "One lead is waiting" not in places(cast.ada_browser, cast)[1]
    assert "Nothing is waiting for you" in cast.ada_browser.get("/leads?waiting=1").content.decode()


@pytest.mark.parametrize(("place", "back"), [(0, "/r/"), (1, "/leads")])
def test_taking_it_back_leads_back_there_and_asks_again(cast: Cast, place: int, back: str) -> None:
    reported(cast, given(cast))
    sent = taken_back(cast.ada_browser, line_of(places(cast.ada_browser, cast)[place], "Mrs Crane"))
    assert sent.startswith(back)
    for page in places(cast.ada_browser, cast):
        assert WAY not in page and "Report" in line_of(page, "Mrs Crane")


def test_once_it_has_left_the_lead_stands_as_it_does_and_nothing_can_be_taken_back(cast: Cast) -> None:
    reported(cast, given(cast))
    half_a_minute()
    for page in places(cast.ada_browser, cast):
        assert WAY not in page and BACK not in page
        assert "Talking" in line_of(page, "Mrs Crane")


def test_a_lead_that_has_just_been_given_is_there_by_name_and_can_be_taken_back(cast: Cast) -> None:
    said = {"name": "Noor Haddad", "why": "Sells a house.", "route": "ask"}
    sent = cast.ada_browser.post(f"/r/{cast.key}/leads/give", said).headers["Location"]
    assert "/held/" in sent
    for page in places(cast.ada_browser, cast):
        line = line_of(page, "Noor Haddad")
        assert WAY in line and BACK in line
        assert "gave" not in line, "it has not been given yet"
    assert taken_back(cast.ada_browser, line_of(places(cast.ada_browser, cast)[0], "Noor Haddad")) == f"/r/{cast.key}"
    assert not any("Noor Haddad" in page for page in places(cast.ada_browser, cast))


def test_neither_the_other_side_nor_a_colleague_sees_anything_of_it(cast: Cast) -> None:
    abe, lead = cast.abe, given(cast)
    waiting.settle_due(timezone.now())
    assert abe.person is not None
    browsers = [cast.ben_browser, signed_in(abe.person)]
    before = [[line_of(page, "Mrs Crane") for page in places(browser, cast)] for browser in browsers]
    reported(cast, lead)
    cast.ada_browser.post(f"/r/{cast.key}/leads/give", {"name": "Noor Haddad", "why": "Sells a house.", "route": "ask"})
    after = [[line_of(page, "Mrs Crane") for page in places(browser, cast)] for browser in browsers]
    assert [[re.sub(r'value="[^"]{60,}"', "", one) for one in each] for each in after] == [
        [re.sub(r'value="[^"]{60,}"', "", one) for one in each] for each in before
    ]
    for browser in browsers:
        assert not any(WAY in page or "Noor Haddad" in page for page in places(browser, cast))


def test_however_much_is_on_its_way_the_pages_ask_as_often(cast: Cast) -> None:
    def asked() -> list[int]:
        found = []
        for path in (f"/r/{cast.key}", "/leads"):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                cast.ada_browser.get(path)
            found.append(len(queries))
        return found

    leads = [given(cast, f"Person {number}") for number in range(5)]
    reported(cast, leads[0])
    waiting.settle_due(timezone.now())
    places(cast.ada_browser, cast)
    once = asked()
    for lead in leads[1:]:
        reported(cast, lead)
    waiting.settle_due(timezone.now())
    assert asked() == once
