"""The story links to what it tells of, names leads, and says once what was done several times in one go."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from goodword.briefings.actions import conversation as briefings
from goodword.desk.queries import front, today
from goodword.encounters.actions import plans as encounters
from goodword.encounters.actions import times
from goodword.encounters.rules import EncounterKind
from goodword.leads.actions import giving
from goodword.leads.actions.giving import Consent
from goodword.relationships import waiting
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def story(seat: Seat) -> list[tuple[str, str, str]]:
    """What one seat reads: text, whom it names, and where it leads."""
    return [(line["text"], line["named"], line["href"]) for line in front.story_page(seat)["timeline"]]


def kinds(seat: Seat) -> list[str]:
    return [wait.kind.value for wait in waiting.decide(seat, timezone.now())[0]]


def test_a_lead_is_named_and_its_line_leads_to_it() -> None:
    cast = Cast(at=Step.ADVOCATE)
    lead = giving.give(
        cast.ada, why="A new house.", route="now", name="Mr Farrar", consent=Consent(timezone.localdate())
    )
    assert ("You gave a lead", "Mr Farrar", f"/r/{cast.key}/leads/{lead.key}") in story(cast.ada)
    assert story(cast.ben)[0][1] == "Mr Farrar"
    assert all(not href for _text, _named, href in story(cast.ben.as_other_side())), "a mirror leads nowhere"


def test_the_story_goes_back_to_its_first_line() -> None:
    cast = Cast(at=Step.ADVOCATE)
    assert story(cast.ada)[-1][0] == "You began this"


def test_a_meeting_is_told_by_the_day_it_was() -> None:
    cast, day = Cast(), timezone.localdate() - dt.timedelta(days=3)
    it = encounters.record(cast.ada, happened_on=day, place="Lantern Café", counts_now=True)
    line = front.story_page(cast.ben)["timeline"][0]
    assert (line["day"], line["href"]) == (day, f"/r/{cast.key}/encounters/{it.key}")


def test_three_answers_are_one_line_of_the_story_and_one_thing_to_read() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    asked = briefings.ask(cast.ada, [briefings.prepare(cast.ada, text=f"What is {one}?") for one in ("a", "b", "c")])
    for question in asked:
        briefings.answer(cast.ben, question, "Kitchens.")
    assert story(cast.ada)[0][0] == "Ben answered a question, three times"
    shown = [item for group in today.today(cast.ada_person)["groups"] for item in group.items]
    (news,) = [item.wait for item in shown if item.wait.kind == "read_answer"]
    waiting.see(cast.ada_person, news.news)
    assert "read_answer" not in kinds(cast.ada)


def test_whoever_was_offered_times_chooses_and_nobody_is_asked_to_plan() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    at = timezone.now() + dt.timedelta(days=3)
    times.offer(cast.ben, kind=EncounterKind.MEETING, minutes=60, place="", starts=[at])
    assert "choose_time" in kinds(cast.ada) and "plan" not in kinds(cast.ada)
    assert "wait_them" in kinds(cast.ben) and "plan" not in kinds(cast.ben)
