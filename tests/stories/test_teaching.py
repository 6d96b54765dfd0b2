"""Teaching as the method has it (M30 to M33)."""

from __future__ import annotations

import re

import pytest

from goodword.relationships.steps import Step
from goodword.teaching.models import Approach
from goodword.teaching.queries import pages
from tests.agreements.reading import filled
from tests.cast import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the cast in the step of teaching."""
    return Cast(at=Step.AGREE)


def teach(cast: Cast, **said: str) -> str:
    """Have Ben teach through his own pages; return what Ada then reads."""
    at = f"/r/{cast.key}/teaching"
    kept = {"sector": "Bakeries", "services": "Monthly accounts", "short_words": "I know somebody", **said}
    cast.ben_browser.post(f"{at}/draft", {**kept, "then": "read"})
    cast.ben_browser.post(f"{at}/preview", filled(cast.ben_browser, f"{at}/preview"))
    return cast.ada_browser.get(at).content.decode()


def test_m30_each_side_teaches_to_whom(cast: Cast) -> None:
    read = teach(
        cast, sector="Family bakeries", size="Ten people", place="Leeds", role="The owner", moment="A second shop"
    )
    for said in ("Family bakeries", "Ten people", "Leeds", "The owner", "A second shop"):
        assert said in read
    assert pages.standing(cast.ada).given == (False, True)


def test_m31_about_which_services_and_which_not(cast: Cast) -> None:
    assert "Please not: One-off tax returns" in teach(
        cast, services="Monthly accounts", not_services="One-off tax returns"
    )


def test_m32_in_which_words(cast: Cast) -> None:
    read = teach(
        cast, short_words="I know someone who sorted out a bakery", question_to_ask="Who looks after your books?"
    )
    assert "“I know someone who sorted out a bakery”" in read and "“Who looks after your books?”" in read


def test_m33_somebody_nervous_says_so_and_the_two_work_out_an_approach(cast: Cast) -> None:
    teach(cast)
    at = f"/r/{cast.key}/teaching"
    rates = {"rate_whom": "9", "rate_what": "8", "rate_words": "4"}
    cast.ada_browser.post(at, {"feel": "other", "why": "Prices make me blush.", **rates})
    assert "would rather find another way" in cast.ben_browser.get(f"{at}/ours").content.decode()
    assert re.findall(r"<details( open)?><summary>(.+): work it out", cast.ada_browser.get(at).content.decode()) == [
        (" open", "Words, 4 out of 10")
    ], "what is below seven opens it"
    asked = {"part": "words", "missing": "I don’t know what it costs.", "kind": "one_question"}
    cast.ada_browser.post(f"{at}/approach", {**asked, "text": "Ada asks who does the books. No prices."})
    row = Approach.objects.visible_to(cast.ben).get()
    cast.ben_browser.post(f"{at}/approaches/{row.key}/agreement")
    for browser, page in ((cast.ada_browser, at), (cast.ben_browser, f"{at}/ours")):
        assert "Ada asks who does the books. No prices." in browser.get(page).content.decode()
    assert "blush" not in cast.ben_browser.get(f"{at}/ours").content.decode()
    assert pages.standing(cast.ada).heard == (True, False)
