"""The ways of giving to their end, each with whose turn it is and, for the giver, who it was."""

from __future__ import annotations

import pytest
from django.utils import timezone

from goodword.leads.actions import giving, receiving
from goodword.leads.actions.giving import Consent
from goodword.leads.lines import LeadLine
from goodword.leads.models import Lead, LeadContact
from goodword.relationships.steps import Step
from goodword.relationships.waiting import WaitingRow
from tests.cast import Cast

WHY = "New kitchen in Romiley, house still in one name."


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the cast with the relationship where leads may be given."""
    return Cast(at=Step.ADVOCATE)


def read(cast: Cast, who: str, path: str) -> str:
    answer: str = getattr(cast, f"{who}_browser").get(path).content.decode()
    return answer


def given(cast: Cast, route: str) -> Lead:
    return giving.give(cast.ben, why=WHY, route=route, name="Mrs Sorrell", reach="0161 496 0111")


def test_asking_for_the_call_goes_to_its_end(cast: Cast) -> None:
    lead = given(cast, "call")
    page = f"/r/{cast.key}/leads/{lead.key}"
    assert "Please make the call" in read(cast, "ada", page)
    assert "You were going to ring" not in read(cast, "ben", "/today"), "the receiver picks the moment"
    receiving.accept(cast.ada, lead)
    assert "You were going to ring Mrs Sorrell" in read(cast, "ben", "/today")
    mine = read(cast, "ben", page)
    assert "You were going to ring Mrs Sorrell" in mine and 'href="tel:+441614960111"' in mine
    assert 'href="sms:+441614960111"' in mine
    assert 'data-share="May I introduce you to Ada Lane, Lane Law?" hidden>' in mine, (
        "a link without a script stays a link"
    )
    giving.record_agreement(
        cast.ben, lead, name="Mrs Sorrell", reach="0161 496 0111", consent=Consent(timezone.localdate(), how="phone")
    )
    assert "You were going to ring" not in read(cast, "ben", "/today")
    assert "Mrs Sorrell: speak to them" in read(cast, "ada", "/today")
    hers = read(cast, "ada", page)
    assert 'href="tel:+441614960111"' in hers
    assert 'data-share="Ben Moor thought that you and I should speak. When would it suit you?" hidden>' in hers
    receiving.report(cast.ada, lead, outcome="spoke")
    assert "Talking" in read(cast, "ben", page)


@pytest.mark.parametrize("route", ["ask", "call"])
def test_the_asking_side_has_the_ball_by_name_and_nobody_else_has_that_name(cast: Cast, route: str) -> None:
    lead = given(cast, route)
    if route == "call":
        receiving.accept(cast.ada, lead)
    for path in ("/today", f"/r/{cast.key}", f"/r/{cast.key}/leads/{lead.key}"):
        assert "Mrs Sorrell" in read(cast, "ben", path), path
        assert "Sorrell" not in read(cast, "ada", path), path
    rows = [*(row.subject for row in WaitingRow.objects.all()), *LeadLine.objects.values_list("shown", flat=True)]
    assert "Sorrell" not in " ".join(rows), "a name that has not crossed lies nowhere in the open"
    assert "Sorrell" not in read(cast, "ada", f"/r/{cast.key}/leads/file")
    LeadContact.objects.owned_by(cast.ben).filter(lead=lead).delete()
    assert "New kitchen in Romiley" in read(cast, "ben", "/today"), "without a name it is what was said of them"


def test_the_table_for_a_spreadsheet_has_words_and_no_codes(cast: Cast) -> None:
    given(cast, "call")
    rows = read(cast, "ada", f"/r/{cast.key}/leads/file")
    assert "rings them, when" in rows and ",call," not in rows


def test_whoever_was_named_can_stop_it_on_the_first_screen_and_reach_whom_it_was_for(cast: Cast) -> None:
    from goodword.leads import links
    from tests.teaching.secrets import taught

    taught(cast.ada, reach="0161 496 0222, mornings")
    lead = given(cast, "ask")
    page = cast.cleo_browser.get(f"/person/{links.token_of(lead.pk)}").content.decode()
    assert page.index("Leave me alone, please") < page.index("Both of them read this")
    assert "0161 496 0222, mornings" in page


@pytest.mark.parametrize(("route", "verb"), [("ask", "ask"), ("call", "ring")])
def test_somebody_without_a_name_is_somebody_and_the_reason_says_who(cast: Cast, route: str, verb: str) -> None:
    receiving.accept(cast.ada, giving.give(cast.ben, why="Moving in with her mother", route=route))
    assert f"You were going to {verb} somebody: Moving in with her mother" in read(cast, "ben", "/today")
