"""A word of the method is explained in half a sentence on the page where a newcomer first meets it."""

from __future__ import annotations

import html

import pytest

from goodword.relationships.steps import Step
from goodword.reservations.actions import keeping
from tests.cast import Cast, person, signed_in

EXPLAINED = [
    (Step.EXPLORE, "", "Each step has as many encounters as it needs: a meeting, a call, a visit, a letter."),
    (Step.EXPLORE, "/gate", "the gate at the end of this step: it opens if you both say go on"),
    (Step.EXPLORE, "/reservations/promise", "reservations: whatever holds you back from recommending somebody."),
    (Step.EXPLORE, "/leads/give", "A lead is somebody who would be glad to hear from one of you."),
    (Step.FIRST_BRIEFING, "", "A gate stands at the end of each step and opens if you both say go on."),
    (Step.FIRST_BRIEFING, "/criteria", "An advocate puts in a word for you where you can’t."),
    (Step.FIRST_BRIEFING, "/purpose", "Leads, people you send each other’s way"),
    (Step.FIRST_BRIEFING, "/follow-up", "Follow-ups are the talks you have from time to time"),
]


pytestmark = pytest.mark.alike


@pytest.mark.parametrize(("step", "page", "words"), EXPLAINED, ids=[f"{s.name} {p}" for s, p, _w in EXPLAINED])
def test_the_word_is_explained_where_it_first_stands(db: None, step: Step, page: str, words: str) -> None:
    cast = Cast(at=step)
    keeping.read_promise(cast.ada_person)
    assert words in html.unescape(cast.ada_browser.get(f"/r/{cast.key}{page}").content.decode())


def test_the_page_of_all_leads_says_what_one_is_while_there_is_none(db: None) -> None:
    newcomer = signed_in(person("Nia Newcome", "nia@newcome.example", "Newcome Cards"))
    found = html.unescape(newcomer.get("/leads").content.decode())
    assert "A lead is somebody who would be glad to hear from one of you." in found
