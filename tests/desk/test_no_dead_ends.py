"""Where nothing is to be done it is said whose turn it is, and where somebody is gone nothing leads to them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from goodword.gates import actions as gates
from goodword.gates.rules import Choice
from goodword.leads.actions import giving, receiving
from goodword.ops.story import PathWalk
from goodword.people.models import Person
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from tests.cast import Cast, person, signed_in

pytestmark = pytest.mark.django_db


def text(who: Person, route: str, *args: object) -> str:
    """Return a page as somebody reads it."""
    return signed_in(who).get(reverse(route, args=args), follow=True).content.decode()


def test_today_says_with_whom_the_next_word_is() -> None:
    cast = Cast(at=Step.EXPLORE)
    PathWalk(cast.key, cast.ada_person, cast.ben_person).explore()
    assert "Today it’s Ben" in text(cast.ada_person, "today")
    gates.decide(cast.ada, Choice.GO_ON)
    page = text(cast.ada_person, "today")
    assert "The next word is with Ben." in page and "what you promised is done" not in page


def test_before_the_next_gate_what_is_not_needed_and_what_is_anothers_alone_are_told_apart() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)  # Ben tells, Ada listens
    page = text(cast.ben_person, "relationship", cast.key)
    assert page.count(">for Ada alone<") == 2 == page.count(">not needed<")
    page = text(cast.ada_person, "relationship", cast.key)
    assert page.count(">not needed<") == 2 and "for Ben alone" not in page


def test_where_the_other_gave_up_the_seat_nothing_leads_to_them_and_where_they_sit_it_does() -> None:
    cast = Cast(at=Step.ADVOCATE)
    lead = giving.give(cast.ben, why="A lease is up in May.", route="ask")
    receiving.accept(cast.ada, lead)
    pages = (("relationship", cast.key), ("story", cast.key), ("lead", cast.key, lead.key))
    show, report = reverse("show-them", args=[cast.key]), reverse("lead-report", args=[cast.key, lead.key])
    assert all(show in text(cast.ada_person, *page) for page in pages)
    assert report in text(cast.ada_person, *pages[2])
    gates.give_up_seat(cast.ben)
    assert not any(show in text(cast.ada_person, *page) for page in pages)
    page = text(cast.ada_person, *pages[2])
    assert report not in page and "Ben gave up the seat" in page and "For yourself" not in page


def test_why_one_began_stands_on_the_page_of_what_one_keeps_alone() -> None:
    nora = person("Nora Birch", "nora@birch.example", "Birch Books")
    said = {"name": "Otto Pine", "words": "You mend what others throw away.", "how": "alone"}
    signed_in(nora).post(reverse("start"), said)
    seat = Seat.objects.get(person=nora)
    assert "You mend what others throw away." in text(nora, "relationship", seat.relationship_key)


def test_a_seat_can_be_given_up_from_the_page_that_says_how_to_leave(cast: Cast) -> None:
    assert reverse("giving-up", args=[cast.key]) in text(cast.ada_person, "stop-or-leave")


def test_a_meeting_one_had_is_noted_for_today_unless_another_day_is_said(cast: Cast) -> None:
    page = text(cast.ada_person, "encounter-record", cast.key)
    assert 'name="happened_on"' in page and 'value="20' in page
