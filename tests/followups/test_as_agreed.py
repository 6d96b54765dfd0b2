"""Rhythm and length come from the accepted agreement; the wider view speaks in sentences while there is little to count (M34, M37)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from goodword.followups import actions, rules
from goodword.followups.queries import pages
from goodword.leads.actions import giving
from goodword.leads.actions.giving import Consent
from goodword.relationships.steps import Step
from tests.agreements.reading import filled
from tests.cast import Cast


@pytest.mark.parametrize(
    ("words", "turn"),
    [
        ("once a month", (1, "months")),
        ("every six weeks", (6, "weeks")),
        ("Every other week, at the Lantern", (2, "weeks")),
        ("quarterly", (3, "months")),
        ("once every two months", (2, "months")),
        ("when there is something to say", None),
        ("every 90 weeks", None),
    ],
)
def test_a_rhythm_is_read_out_of_an_agreement_s_words(words: str, turn: tuple[int, str] | None) -> None:
    assert rules.turn_of_words(words) == turn


def test_what_was_agreed_is_not_asked_again(db: None) -> None:
    cast = Cast(at=Step.ADVOCATE)
    for seat in (cast.ada, cast.ben):
        found = pages.rhythm(seat)
        assert found and rules.every(found.rule) == (1, "months")
    page = cast.ada_browser.get(f"/r/{cast.key}/follow-up").content.decode()
    assert "Once a month" in page and "No rhythm agreed so far" not in page
    form = filled(cast.ada_browser, f"/r/{cast.key}/follow-up")
    assert form["day"][0] and form["minutes"] == ["60"]


def test_a_rhythm_that_was_set_goes_before_what_was_agreed(db: None) -> None:
    cast = Cast(at=Step.ADVOCATE)
    actions.set_rhythm(
        cast.ben, kind="six_weeks", starts_on=timezone.localdate() + dt.timedelta(days=9), wall=dt.time(9)
    )
    found = pages.rhythm(cast.ada)
    assert found and found.kind == "six_weeks"


def test_the_wider_view_speaks_in_sentences_until_there_are_five_leads(db: None) -> None:
    cast = Cast(at=Step.ADVOCATE)

    def page(who: str) -> str:
        answer: str = getattr(cast, f"{who}_browser").get(f"/r/{cast.key}/review").content.decode()
        return answer

    agreed = Consent(timezone.localdate())
    giving.give(cast.ben, why="An old kitchen.", route="now", name="Mrs Sorrell", reach="by post", consent=agreed)
    assert "You gave Ada: Mrs Sorrell (no word yet)." in page("ben")
    assert "Ben gave you: Mrs Sorrell (no word yet)." in page("ada")
    assert "<svg viewBox" not in page("ada").split("<main")[1].split("</main>")[0] and "in a hundred" not in page("ada")
    for number in range(4):
        giving.give(cast.ben, why=f"Kitchen number {number} is old.", route="together")
    assert "You gave Ada:" not in page("ben") and "What became of them" in page("ben")
