"""Whoever was asked whether anything makes them hesitate has answered once it is written down, wherever the question stood."""

from __future__ import annotations

import re

import pytest
from django.utils import timezone

from goodword.encounters.actions import plans as encounters
from goodword.gates.readiness import readiness
from goodword.gates.rules import Need
from goodword.relationships.steps import Step
from goodword.reservations import queries as reservations
from goodword.reservations.actions import checking, keeping
from goodword.reservations.rules import CheckAnswer
from tests.cast import Cast
from tests.desk.test_came_of_it import kinds
from tests.encounters.at_hand import planned

QUESTION = "Does anything make you hesitate about Ben?"
pytestmark = pytest.mark.django_db


def led_to(cast: Cast, place: str, button: str = "Think it over") -> str:
    """Return where the question's button leads from Today or the relationship's page."""
    page = cast.ada_browser.get(place).content.decode()
    page = page.split("<main")[1].split("</main")[0]
    [found] = set(re.findall(rf'<a class="btn[^"]*" href="([^"]+)">{button}', page))
    return str(found)


def write_down(cast: Cast, address: str, text: str = "Marzipan in the kitchens") -> str:
    """Write into the box of the page a button led to, as its form would send it; return where one comes to."""
    page = cast.ada_browser.get(address).content.decode()
    [form] = re.findall(r'<form class="mt2" method="post".*?</form>', page, re.DOTALL)
    hidden = dict(re.findall(r'<input type="hidden" name="(drawer|back)" value="([^"]*)"', form))
    kept = cast.ada_browser.post(f"/r/{cast.key}/reservations", {"text": text, **hidden})
    return str(kept.headers["Location"])


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the cast after the first yes, with Ada having read who sees what she writes."""
    cast = Cast(at=Step.FIRST_BRIEFING)
    keeping.read_promise(cast.ada.person)
    return cast


@pytest.mark.parametrize("place", ["/today", "/r/{key}"])
def test_what_is_written_down_from_its_card_answers_the_question_and_leads_back(cast: Cast, place: str) -> None:
    planned(cast.ada)
    where = place.format(key=cast.key)
    assert QUESTION in cast.ada_browser.get(where).content.decode()
    address = led_to(cast, where)
    assert "Ben sees that you have thought about it" in cast.ada_browser.get(address).content.decode()
    assert write_down(cast, address) == where
    page = cast.ada_browser.get(where).content.decode()
    assert QUESTION not in page and "Kept." in page
    assert "hesitate" not in kinds(cast.ada)
    assert reservations.own_open(cast.ada) == 1


def test_t11_the_other_sees_of_it_what_they_see_of_any_answer(cast: Cast) -> None:
    write_down(cast, led_to(cast, "/today"))
    wrote = cast.ben_browser.get(f"/r/{cast.key}/story").content.decode()
    other = Cast(at=Step.FIRST_BRIEFING)
    checking.record_check(other.ada, CheckAnswer.NOTHING)
    nothing = other.ben_browser.get(f"/r/{other.key}/story").content.decode()
    assert "Marzipan" not in wrote
    assert re.findall(r"Ada [^<]*", wrote) == re.findall(r"Ada [^<]*", nothing)


def test_what_they_see_of_that_page_is_the_same_whether_or_not_they_are_asked(cast: Cast) -> None:
    address = f"/r/{cast.key}/what-they-see/reservations"
    assert cast.ada_browser.get(address).status_code == 200
    seen = []
    for _answered in (False, True):
        for back in ("today", "relationship", "came-of-it:0123456789abcdefghijkl"):
            page = cast.ada_browser.get(f"{address}?back={back}").content.decode().split("<main")[1].split("</main")[0]
            assert "thought about it" not in page
            seen.append(re.sub(r'value="[^"]*"|came-of-it/?[^"]*', "", page))
        checking.record_check(cast.ben, CheckAnswer.NOTHING)
    assert seen[:3] == seen[3:]


def test_a_question_the_other_put_in_words_is_answered_in_the_same_way(cast: Cast) -> None:
    checking.ask(cast.ada, "Anything about the prices?")
    checking.ask(cast.ben, "Anything about the dust?")
    assert write_down(cast, led_to(cast, "/today")) == "/today"
    assert not {"think_over", "hesitate"} & set(kinds(cast.ada))


def test_nothing_is_answered_where_nothing_waits_to_be(cast: Cast) -> None:
    checking.record_check(cast.ada, CheckAnswer.NOTHING)
    before = reservations.checks(cast.ada)["ours"]
    sent = cast.ada_browser.post(f"/r/{cast.key}/reservations", {"text": "Marzipan", "drawer": "mine", "back": "today"})
    assert sent.status_code == 302
    assert reservations.checks(cast.ada)["ours"] == before


def test_something_does_leads_to_where_it_is_written_down_and_that_is_the_check() -> None:
    cast = Cast(at=Step.AGREE)
    keeping.read_promise(cast.ada.person)
    encounters.record(cast.ada, happened_on=timezone.localdate(), place="", counts_now=True)
    assert Need.CHECK in readiness(cast.ada).missing and not reservations.own_open(cast.ada)
    sent = cast.ada_browser.post(f"/r/{cast.key}/check", {"answer": "something", "back": "today"})
    assert sent.headers["Location"] == f"/r/{cast.key}/reservations?back=today"
    assert "Write it down first" in cast.ada_browser.get(sent.headers["Location"]).content.decode()
    assert write_down(cast, sent.headers["Location"]) == "/today"
    assert Need.CHECK not in readiness(cast.ada).missing
