"""Of what somebody agreed to only what was said is stated; a name without a number says so, and the number may follow."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.utils import timezone

from goodword.ground.refusals import Refusal
from goodword.leads.actions import forgetting, giving, introducing, receiving
from goodword.leads.actions.giving import Consent
from goodword.leads.models import Lead, LeadConsent
from goodword.post import outbox
from goodword.post.delivery import message
from goodword.relationships.steps import Step
from tests.cast import Cast, half_a_minute, letter_to

WHY = "A shop with an old lease."
SAID = {"when": "today", "how": "message", "purpose": "introduce"}


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the cast where leads may be given."""
    return Cast(at=Step.ADVOCATE)


def given(cast: Cast, **said: str) -> str:
    """Give a lead of Ben's by its form; return the address of its page."""
    answer = cast.ben_browser.post(
        f"/r/{cast.key}/leads/give", {"why": WHY, "route": "now", "name": "Mrs Sorrell", **said}
    )
    assert answer.status_code == 302, answer.content.decode()
    half_a_minute()
    return f"/r/{cast.key}/leads/{Lead.objects.visible_to(cast.ben).get().key}"


def theirs(cast: Cast, page: str) -> str:
    """Return a page as Ada reads it."""
    return cast.ada_browser.get(page).content.decode()


def test_nothing_of_an_agreement_is_chosen_beforehand(cast: Cast) -> None:
    lead = giving.give(cast.ben, why=WHY, route="ask", name="Mrs Sorrell")
    for page in (f"/r/{cast.key}/leads/give", f"/r/{cast.key}/leads/{lead.key}/agreement"):
        text = cast.ben_browser.get(page).content.decode()
        assert " checked" not in text and " selected" not in text.replace('value="" selected', ""), page
        assert re.search(r'name="agreed_on"[^>]* value=""', text), page


@pytest.mark.parametrize(
    ("left_out", "asks"),
    [
        ("when", "Say on which day they agreed"),
        ("how", "Say how they said so"),
        ("purpose", "Say what they agreed to"),
    ],
)
def test_what_was_not_said_is_asked_for_and_what_was_typed_stays(cast: Cast, left_out: str, asks: str) -> None:
    lead = giving.give(cast.ben, why=WHY, route="ask")
    said = {name: value for name, value in SAID.items() if name != left_out}
    for page in (f"/r/{cast.key}/leads/give", f"/r/{cast.key}/leads/{lead.key}/agreement"):
        answer = cast.ben_browser.post(page, {"why": WHY, "route": "now", "name": "Mrs Sorrell", **said})
        assert answer.status_code == 422
        assert asks in answer.content.decode() and 'value="Mrs Sorrell"' in answer.content.decode()


def test_the_day_is_a_tap_or_is_written(cast: Cast) -> None:
    answer = cast.ben_browser.post(
        f"/r/{cast.key}/leads/give", {"why": WHY, "route": "now", "name": "Mrs Sorrell", **SAID, "when": "earlier"}
    )
    assert answer.status_code == 422
    given(cast, **SAID)
    assert LeadConsent.objects.visible_to(cast.ada).get().agreed_on == timezone.localdate()


def test_the_receiver_reads_how_warm_it_is_only_where_that_was_said(cast: Cast) -> None:
    page = given(cast, **SAID)
    assert "How warm" not in theirs(cast, page)
    lead = Lead.objects.visible_to(cast.ben).get()
    assert lead.warmth == ""
    warm = giving.give(cast.ben, why=WHY, route="ask", warmth="good_word")
    assert "How warm" in theirs(cast, f"/r/{cast.key}/leads/{warm.key}")


def test_the_number_is_asked_for_above_the_button(cast: Cast) -> None:
    text = cast.ben_browser.get(f"/r/{cast.key}/leads/give").content.decode()
    assert text.index('name="reach"') < text.index('class="btn btn-first"')


def test_a_name_without_a_number_says_so_to_its_giver_beforehand_and_to_the_other_side_by_page_and_letter(
    cast: Cast,
) -> None:
    held = cast.ben_browser.post(
        f"/r/{cast.key}/leads/give", {"why": WHY, "route": "now", "name": "Mrs Sorrell", **SAID}, follow=True
    )
    assert "No number or address goes with it: Ada has to ask you." in held.content.decode()
    half_a_minute()
    page = f"/r/{cast.key}/leads/{Lead.objects.visible_to(cast.ben).get().key}"
    asks = "Ask Ben how to reach them"
    assert asks in theirs(cast, page) and asks in letter_to(cast.ada_person.email, "has a lead for you")
    assert "Add a number or an address" in cast.ben_browser.get(page).content.decode()


def test_the_number_follows_half_a_minute_later_until_they_were_reported_on(cast: Cast) -> None:
    page = given(cast, **SAID)
    cast.ben_browser.post(page + "/contact", {"reach": "0161 496 0111"})
    assert "496" not in theirs(cast, page)
    half_a_minute()
    assert "0161 496 0111" in theirs(cast, page) and "Ask Ben how" not in theirs(cast, page)
    assert "Ben has said how Mrs Sorrell can be reached" in letter_to(cast.ada_person.email, "How to reach")
    lead = Lead.objects.visible_to(cast.ben).get()
    receiving.report(cast.ada, lead, outcome="spoke")
    assert cast.ben_browser.post(page + "/contact", {"reach": "0161 496 0222"}).status_code == 422
    with pytest.raises(Refusal):
        giving.say_reach(cast.ben, lead, reach="0161 496 0222")
    assert "496 0222" not in theirs(cast, page)


def test_only_the_giver_s_side_says_how_to_reach_them(cast: Cast) -> None:
    page = given(cast, **SAID)
    assert cast.ada_browser.post(page + "/contact", {"reach": "0161 496 0111"}).status_code in (409, 422)
    half_a_minute()
    assert "496" not in theirs(cast, page)


def test_the_letter_of_a_name_that_follows_says_whether_there_is_a_way_to_reach_them(cast: Cast) -> None:
    for name, reach, words in (
        ("Ann", "", "Ask Ben how to reach them"),
        ("Dora", "0161 1", "How to reach them is here"),
    ):
        lead = giving.give(cast.ben, why=WHY, route="ask")
        consent = Consent(timezone.localdate(), "phone", "contact")
        giving.record_agreement(cast.ben, lead, name=name, reach=reach, consent=consent)
        assert words in letter_to(cast.ada_person.email, "can introduce you now")


def test_nobody_is_spoken_to_who_has_no_name(cast: Cast) -> None:
    for route, words in (("ask", "Something has happened"), ("together", "The three of us have spoken")):
        lead = giving.give(cast.ben, why=WHY, route=route)
        receiving.accept(cast.ada, lead)
        page = theirs(cast, f"/r/{cast.key}/leads/{lead.key}")
        assert "I’ve spoken to " not in page and words in page


def test_letters_that_waited_since_the_release_before_leave_as_they_were_meant(cast: Cast) -> None:
    """Their values say nothing of a way to reach anybody."""
    said = {"name": "Ben", "who": "Mrs Sorrell", "link": "https://goodword.example/x"}
    for kind, values in (("lead", {**said, "why": WHY}), ("lead-named", said)):
        letter = outbox.put(kind, cast.ada_person.email, values=values)
        assert letter is not None
        text = message(letter).body
        assert "Mrs Sorrell" in text and "No number" not in str(text)


def test_whoever_was_introduced_is_known_again_where_the_letter_went_whatever_was_added_since(cast: Cast) -> None:
    consent = Consent(timezone.localdate())
    known: dict[str, Any] = {
        "why": WHY,
        "route": "now",
        "name": "Mrs Sorrell",
        "reach": "sorrell@else.example",
        "consent": consent,
    }
    lead = giving.give(cast.ben, **known)
    introducing.introduce(cast.ben, lead, "Meet Ada.", "ours")
    with pytest.raises(Refusal, match=r"sorrell@else\.example"):
        giving.say_reach(cast.ben, lead, reach="0161 496 0111")
    giving.say_reach(cast.ben, lead, reach="sorrell@else.example, 0161 496 0111")
    forgetting.forget_me(lead)
    with pytest.raises(Refusal):
        giving.give(cast.ben, **known)
