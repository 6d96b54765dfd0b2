"""How people are called here: what they say themselves, what their name tells, and apart where two have one name."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import reverse

from goodword.encounters.actions import plans
from goodword.encounters.rules import EncounterKind
from goodword.people import actions as people
from goodword.post.delivery import deliver_due
from goodword.relationships import starting
from goodword.relationships.doorway import seat_of
from goodword.relationships.steps import Step
from tests.cast import Cast, joined, person, signed_in
from tests.encounters.at_hand import soon

pytestmark = pytest.mark.django_db


def calls(cast: Cast, called: str) -> None:
    """Let Ben say in his settings what people call him."""
    said = {**people.details_of(cast.ben_person), "called": called}
    assert cast.ben_browser.post(reverse("details"), said).status_code == 302


def plan(cast: Cast) -> list[str]:
    """Let Ben plan a meeting; return the subjects Ada is sent."""
    deliver_due()
    mail.outbox.clear()
    plans.plan(cast.ben, kind=EncounterKind.PHONE, planned_at=soon(3), minutes=60, place="")
    deliver_due()
    return [str(one.subject) for one in mail.outbox if one.to == ["ada@lane.example"]]


def test_somebody_says_what_they_are_called_and_the_other_side_reads_it_everywhere() -> None:
    cast = Cast(at=Step.ADVOCATE)
    calls(cast, "Benny")
    assert cast.ada.other.first_name == "Benny"
    assert cast.ada.other_called == "Benny"
    assert "You and Benny" in plan(cast)[0]
    for door in ("relationship", "lead-give", "encounters"):
        text = cast.ada_browser.get(reverse(door, args=[cast.key])).content.decode()
        assert "Benny" in text
    assert "Benny" in cast.ada_browser.get(reverse("today")).content.decode()
    calls(cast, "")
    assert cast.ada.other.first_name == "Ben"
    assert cast.ben.side.person_name == "Ben Moor"


def test_a_colleague_s_wish_does_not_rename_the_side() -> None:
    cast = Cast()
    people.describe(cast.bea.person, name="Bea Moor", business="", trade="", town="", called="Queen Bea")
    assert cast.ada.other.first_name == "Ben"


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Dr Moor", "Dr Moor"),
        ("Dr Ben Moor", "Ben"),
        ("Moor, Ben", "Ben"),
        ("Madonna", "Madonna"),
        ("von Trapp", "von Trapp"),
        ("王芳", "王芳"),
    ],
)
def test_a_name_tells_what_somebody_is_called(name: str, called: str) -> None:
    ada, ben = person("Ada Lane", "ada@lane.example", ""), person(name, "ben@moor.example", "")
    seat, other = joined(ada, ben)
    assert (seat.other.first_name, ben.first_name, other.side.first_name) == (called, called, called)
    assert called in signed_in(ada).get(reverse("relationship", args=[seat.key])).content.decode()


def test_two_of_one_first_name_are_told_apart_in_their_own_relationship() -> None:
    lane, berg = person("Anna Lane", "anna@lane.example", ""), person("Anna Berg", "anna@berg.example", "Berg Law")
    seat, other = joined(lane, berg)
    assert (seat.other.first_name, other.other.first_name) == ("Anna Berg", "Anna Lane")
    people.describe(berg, name="Anna Berg", business="Berg Law", trade="", town="", called="Annie")
    assert seat_of(lane, seat.key).other.first_name == "Annie"
    assert seat_of(berg, seat.key).other.first_name == "Anna"


def test_two_of_one_whole_name_are_told_apart_by_their_business() -> None:
    one, two = person("Anna Lane", "a1@lane.example", "Lane Law"), person("Anna Lane", "a2@lane.example", "Lane Books")
    seat, _other = joined(one, two)
    assert seat.other.first_name == "Anna Lane (Lane Books)"


def test_whoever_knows_two_bens_reads_which_in_every_line_and_letter() -> None:
    cast = Cast(at=Step.ADVOCATE)
    joined(cast.ada_person, person("Ben Lyle", "ben@lyle.example", "Lyle Builds"))
    assert "You and Ben Moor" in plan(cast)[0]
    assert "You and Ada" in next(str(one.subject) for one in mail.outbox if one.to == ["ben@moor.example"])
    today = cast.ada_browser.get(reverse("today")).content.decode()
    heading = today.partition("<h1>")[2].partition("</h1>")[0]
    assert "Ben Moor" in heading or "Ben Lyle" in heading
    assert "Ben Moor" in cast.ada_browser.get(reverse("relationships")).content.decode()


def test_two_colleagues_of_one_first_name_are_told_apart_where_they_say_whether_they_can_come() -> None:
    cast = Cast()
    namesake = person("Ben Okafor", "ben@okafor.example", "")
    starting.take_offer(namesake, starting.offer_seat(cast.ben, name="Ben Okafor", email="ben@okafor.example"))
    it = plans.plan(cast.ada, kind=EncounterKind.PHONE, planned_at=soon(3), minutes=60, place="")
    for somebody in (cast.ben_person, namesake):
        signed_in(somebody).post(reverse("encounter-attendance", args=[cast.key, it.key]), {"said": "yes"})
    page = cast.ada_browser.get(reverse("encounter", args=[cast.key, it.key])).content.decode()
    assert ">Ben Moor</span> Yes<" in page and ">Ben Okafor</span> Yes<" in page
