"""An introduction greets as letters do, says what was agreed to, and gives the taught words as the other's own."""

from __future__ import annotations

import pytest
from django.utils import timezone

from goodword.leads.actions import giving
from goodword.leads.actions.giving import Consent
from goodword.relationships.steps import Step
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("purpose", "agreed"),
    [("introduce", "You said I may introduce you to Ada Lane"), ("contact", "You said that Ada Lane (Lane Law) may")],
)
def test_it_says_what_they_agreed_to_and_whose_words_it_gives(purpose: str, agreed: str) -> None:
    cast = Cast(at=Step.ADVOCATE)
    consent = Consent(timezone.localdate(), "phone", purpose)
    lead = giving.give(cast.ben, why="A lease.", route="now", name="Mrs Janet Okell", consent=consent)
    page = cast.ben_browser.get(f"/r/{cast.key}/leads/{lead.key}/introduction").content.decode()
    assert "Dear Mrs Okell," in page and agreed in page and "Ada’s own words for it: “" in page


def test_each_side_reads_of_a_lead_in_its_own_person() -> None:
    cast = Cast(at=Step.ADVOCATE)
    consent = Consent(timezone.localdate(), "phone", "introduce")
    lead = giving.give(cast.ben, why="A lease.", route="now", name="Mrs Okell", consent=consent)
    page = f"/r/{cast.key}/leads/{lead.key}"
    mine, hers = (one.get(page).content.decode() for one in (cast.ben_browser, cast.ada_browser))
    assert "and you introduce them" in mine and "that you may introduce them to Ada" in mine
    assert "and Ben introduces them" in hers and "that Ben may introduce them to you" in hers
