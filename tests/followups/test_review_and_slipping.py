"""The wider view, from shared facts only; and who is slipping away, for oneself only."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from goodword.encounters.actions import plans as encounters
from goodword.encounters.rules import EncounterKind
from goodword.followups import actions
from goodword.followups.queries import charts
from goodword.followups.queries.charts import Chart, ChartRow
from goodword.followups.queries.review import review_context
from goodword.followups.queries.slipping import slipping
from goodword.gates import actions as gates
from goodword.leads.actions import giving, receiving
from goodword.leads.actions.giving import Consent
from goodword.relationships.models import Relationship
from goodword.relationships.steps import Step
from goodword.reservations.actions import keeping, sharing
from tests.cast import Cast, joined, person

TODAY = timezone.localdate


@pytest.fixture
def advocates(db: None) -> Cast:
    """Return the standing cast in the step in which leads go both ways."""
    return Cast(at=Step.ADVOCATE)


def long_ago(cast: Cast, days: int = 90) -> dt.datetime:
    """Return a moment so many days ahead, at which the present is long ago."""
    return timezone.now() + dt.timedelta(days=days)


def test_the_review_counts_both_ways_the_same_for_both(advocates: Cast) -> None:
    for name, outcome in (("Mrs Sorrell", "client"), ("Mr Lyle", "")):
        lead = giving.give(
            advocates.ada,
            why="A house move." if outcome else "An old kitchen.",
            route="now",
            name=name,
            reach="by post",
            consent=Consent(TODAY()),
        )
        receiving.accept(advocates.ben, lead)
        if outcome:
            receiving.report(advocates.ben, lead, outcome=outcome)
    ada, ben = review_context(advocates.ada), review_context(advocates.ben)
    assert ada["ways"]["ours"] == ben["ways"]["theirs"] == {"given": 2, "share": 50, "days": 0}
    assert ("became work", 1, 0) in ada["outcomes"]
    assert ("became work", 0, 1) in ben["outcomes"]


@pytest.mark.parametrize("leads", [1, 5])
def test_the_page_says_how_many_reservations_have_been_on_the_table(advocates: Cast, leads: int) -> None:
    row = keeping.keep(advocates.ada, text="Would they ring back?", drawer="mine")
    sharing.put_on_table(advocates.ada, row, sharing.words_print(advocates.ada, row))
    sharing.release_leaving(timezone.now() + dt.timedelta(minutes=1))
    for number in range(leads):
        giving.give(
            advocates.ada, why="A move.", route="now", name=f"Person {number}", reach="", consent=Consent(TODAY())
        )
    for browser in (advocates.ada_browser, advocates.ben_browser):
        page = browser.get(f"/r/{advocates.key}/review").content.decode()
        assert ("Over time" in page) == (leads >= 5)
        assert re.search(r"\w+ reservations? ha(s|ve) been on the table, \w+ dealt with", page)
        assert "No reservation has been on the table" not in page


def test_the_review_is_filled_in_by_both_and_read_by_both(advocates: Cast) -> None:
    url = f"/r/{advocates.key}/review"
    assert advocates.ada_browser.get(url).status_code == 200
    assert advocates.ada_browser.post(url, {"better": "The kitchen in Romiley."}).status_code == 302
    assert advocates.ben_browser.post(url, {"better": "Quick words back."}).status_code == 302
    page = advocates.ada_browser.get(url).content.decode()
    assert "The kitchen in Romiley." in page
    assert "Quick words back." in page
    assert advocates.ada_browser.post(url, {"better": "x" * 4000}).status_code == 422


def test_the_review_page_takes_at_most_twelve_queries(advocates: Cast) -> None:
    actions.answer_review(advocates.ben, {"better": "One.", "change": "Two."})
    advocates.ada_browser.get(f"/r/{advocates.key}/review")
    with CaptureQueriesContext(connection) as caught:
        advocates.ada_browser.get(f"/r/{advocates.key}/review")
    assert len(caught) <= 12


def test_bars_are_as_high_as_their_figures_and_nothing_is_drawn_of_nothing() -> None:
    chart = Chart("Leads", [ChartRow("a", 4, 2), ChartRow("b", None, 0)], ("x", "y"))
    heights = [(bar.whose, bar.height) for bar in charts.bars(chart)]
    assert heights == [("ours", 60), ("theirs", 30), ("theirs", charts.LEAST)]
    assert Chart("Leads", [], ("x", "y")).empty


def test_nobody_slips_away_while_the_rhythm_is_kept(advocates: Cast) -> None:
    encounters.record(advocates.ada, happened_on=TODAY(), place="Marple")
    assert slipping(advocates.ada_person, timezone.now()) == []
    assert "Nobody is slipping away" in advocates.ada_browser.get("/slipping").content.decode()


def test_a_relationship_slips_away_after_its_rhythm_and_some_grace(advocates: Cast) -> None:
    encounters.record(advocates.ada, happened_on=TODAY(), place="Marple")
    actions.set_rhythm(advocates.ada, kind="after_contact", starts_on=TODAY(), wall=dt.time(10))
    assert slipping(advocates.ada_person, long_ago(advocates, 51)) == []
    (one,) = slipping(advocates.ada_person, long_ago(advocates, 54))
    assert one.seat.key == advocates.key
    assert one.last_on == TODAY()


def test_what_is_planned_does_not_slip_away(advocates: Cast) -> None:
    later = long_ago(advocates, 60)
    assert slipping(advocates.ada_person, later)
    actions.confirm_next(
        advocates.ben, planned_at=later + dt.timedelta(days=3), minutes=60, place="Marple", kind=EncounterKind.MEETING
    )
    assert slipping(advocates.ada_person, later) == []


def test_an_ended_or_paused_relationship_does_not_slip_away(advocates: Cast) -> None:
    gates.pause(advocates.ben)
    assert slipping(advocates.ada_person, long_ago(advocates)) == []


def test_the_list_is_ones_own_and_takes_at_most_six_queries(advocates: Cast) -> None:
    for number in range(6):
        somebody = person(f"Sam {number}", f"sam{number}@s.example", "Sam")
        seat, _other = joined(advocates.ada_person, somebody)
        Relationship.objects.filter(pk=seat.relationship_id).update(
            step=Step.ADVOCATE, step_since=timezone.now() - dt.timedelta(days=80)
        )
        actions.set_rhythm(type(seat).objects.get(pk=seat.pk), kind="monthly", starts_on=TODAY(), wall=dt.time(10))
    browser = advocates.ada_browser
    browser.get("/slipping")
    with CaptureQueriesContext(connection) as caught:
        page = browser.get("/slipping").content.decode()
    assert len(caught) <= 6, [query["sql"][:90] for query in caught]
    assert "Sam 0" not in advocates.ben_browser.get("/slipping").content.decode()
    assert page
