"""One person is one person, however their address, number or name is written."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from goodword.ground.refusals import Refusal
from goodword.leads.actions import forgetting, giving, introducing
from goodword.leads.actions.giving import Consent
from goodword.leads.models import Lead, LeadIntroduction, LeadMark
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from tests.cast import Cast
from tests.leads.test_actions import sent

ANN = "ann@straße.example, 0161 496 0111"
SPELLINGS = [
    "Ann Sorrell <ANN@straße.example>",
    "mailto:ann@xn--strae-oqa.example",
    "E-mail:ann@straße.example.",
    "(ann@straße.example)",
    "ann+leads@straße.example",
    "ａｎｎ@straße.example",
    "+44 161 496 0111",
    "+44 (0)161 4960111",
    "0044-161-496-0111",
    "tel:0161.496.0111",
    "(0161) 496 0111 ext. 22",
    "０１６１ ４９６ ０１１１",
]


@pytest.fixture
def cast(db: None) -> Cast:
    """Ada and Ben in the last step."""
    return Cast(at=Step.ADVOCATE)


def gives(seat: Seat, reach: str, name: str = "Ann Sorrell", route: str = "now") -> Lead:
    """Return a lead this side gives, named at once or asked first."""
    why = f"They need a hand, said {seat.side.first_name} of {len(reach)}."
    consent = Consent(timezone.localdate()) if route == "now" else None
    return giving.give(seat, why=why, route=route, name=name, reach=reach, consent=consent)


@pytest.mark.parametrize("spelling", SPELLINGS)
@pytest.mark.parametrize("wish", [forgetting.forget_me, forgetting.stop_me])
def test_whoever_wants_to_be_left_alone_is_known_in_every_spelling_and_to_both_sides(
    cast: Cast, spelling: str, wish: object
) -> None:
    wish(gives(cast.ben, ANN))  # type: ignore[operator]
    for seat in (cast.ben, cast.ada):
        for route in ("now", "ask", "card"):
            with pytest.raises(Refusal, match="asked not to be passed on"):
                gives(seat, spelling, route=route)
    other = gives(cast.ben, "0161 496 0112, bo@straße.example", "Bo Ek", "ask")
    with pytest.raises(Refusal, match="asked not to be passed on"):
        giving.keep_contact(cast.ben, other, name="Ann Sorrell", reach=spelling)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_forgetting_finds_every_lead_of_a_person_however_it_was_written(cast: Cast, spelling: str) -> None:
    first, other = gives(cast.ben, ANN), gives(cast.ben, spelling, "Sorrell, Mrs Ann", "ask")
    nameless = gives(cast.ben, f"{spelling} ", "", "ask")
    stranger = gives(cast.ben, spelling, "Bo Ek", "card")
    forgetting.forget_me(first)
    erased = Lead.objects.unscoped().exclude(erased_at=None)
    assert set(erased) == {first, other, nameless}, "people of one firm share a number"
    assert stranger not in erased


def test_a_number_is_read_in_its_writer_s_country(cast: Cast) -> None:
    cast.ben_person.zone = "Europe/Oslo"
    cast.ben_person.save()
    forgetting.forget_me(gives(cast.ben, "22 12 34 56"))
    with pytest.raises(Refusal, match="asked not to be passed on"):
        gives(cast.ada, "+47 22 12 34 56")


def test_a_side_that_was_never_told_of_somebody_learns_nothing_of_their_wish(cast: Cast) -> None:
    forgetting.forget_me(gives(cast.ben, ANN, route="ask"))
    assert not LeadMark.objects.visible_to(cast.ada).exists()
    gives(cast.ada, ANN)


@pytest.mark.parametrize(
    ("why", "name", "held"),
    [
        ("They will need help with a will.", "Will Jones", False),
        ("Ask may be later; a rose garden, and the mark of a good firm.", "Mark Rose", False),
        ("Will needs help.", "Will Jones", True),
        ("Ring mr will, he needs help.", "Will Jones", True),
        ("will jones needs help.", "Will Jones", True),
        ("Met on 22/5/2026, 10.00-11.30; since 2019-2021; turnover £1,250,000.", "Ann Sorrell", False),
        ("Ring them on 0161 496 0111.", "Ann Sorrell", True),
        ("They are at +44 20 7946 0018, since 2019.", "Ann Sorrell", True),
        ("Write to ann at ANN＠else．example.", "Bo Ek", True),
    ],
)
def test_a_word_that_begins_small_is_no_name_and_a_year_is_no_number(
    cast: Cast, why: str, name: str, held: bool
) -> None:
    said = {"why": why, "name": name, "reach": "0161 496 0199", "route": "ask", "warmth": "", "origin": ""}
    answer = cast.ben_browser.post(reverse("lead-give", args=[cast.key]), said)
    assert answer.status_code == (422 if held else 302)
    if held:
        page = answer.content.decode()
        assert "read before they have agreed" in page
        assert "0161 496 0199" in page


@pytest.mark.parametrize(
    ("reach", "to"),
    [
        ("E-mail:anna@else.example", "anna@else.example"),
        ("mobile 0161 496 0111; Anna Sorrell <Anna@Else.example>.", "anna@else.example"),
        ("mailto:anna@bücher.example", "anna@xn--bcher-kva.example"),
        ("0161 496 0111 / anna@else.example / bo@else.example", "anna@else.example"),
    ],
)
def test_an_introduction_goes_to_the_address_within_a_way_to_reach(cast: Cast, reach: str, to: str) -> None:
    lead = gives(cast.ben, reach, "Sorrell, Anna (Sorrell & Sons)")
    page = f"/r/{cast.key}/leads/{lead.key}"
    assert "Dear Anna," in cast.ben_browser.get(page + "/introduction").content.decode()
    introducing.draft(cast.ben, lead, "Meet Ada.")
    assert f"mailto:{to}" in cast.ben_browser.get(page + "/introduction/sending").content.decode()
    introducing.introduce(cast.ben, lead, "Meet Ada.", "ours")
    sent()
    assert to in [address for one in mail.outbox for address in one.to]
    assert LeadIntroduction.objects.visible_to(cast.ada).filter(lead=lead).exists()
