"""The rules of stage 4 that this room keeps: M34, M37, M38."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from goodword.encounters.actions import plans as encounters
from goodword.encounters.rules import EncounterKind
from goodword.followups import actions
from goodword.followups.queries import pages
from goodword.followups.queries.review import review_context
from goodword.relationships.steps import Step
from tests.cast import Cast
from tests.followups.due import follow_up_due

TODAY = timezone.localdate


@pytest.fixture
def advocates(db: None) -> Cast:
    """Return the standing cast in the step in which leads go both ways."""
    return Cast(at=Step.ADVOCATE)


def test_m34_follow_ups_come_round_in_a_rhythm_both_can_see_and_change(advocates: Cast) -> None:
    day = TODAY() + dt.timedelta(days=45)
    actions.set_rhythm(advocates.ada, kind="monthly", starts_on=day, wall=dt.time(10))
    for seat in (advocates.ada, advocates.ben):
        at = pages.next_follow_up(seat, timezone.now())
        assert at is not None
        assert at.date() == day
    actions.set_rhythm(advocates.ben, kind="quarterly", starts_on=day + dt.timedelta(days=1), wall=dt.time(10))
    turn = pages.rhythm(advocates.ada)
    assert turn is not None
    assert turn.kind == "quarterly"


def test_m34_any_real_contact_restarts_the_clock_a_telephone_call_too(advocates: Cast) -> None:
    actions.set_rhythm(advocates.ada, kind="after_contact", starts_on=TODAY(), wall=dt.time(10))
    later = timezone.now() + dt.timedelta(days=38)
    assert follow_up_due(advocates.ada, later)
    with time_machine.travel(timezone.now() + dt.timedelta(days=30)):
        encounters.record(advocates.ben, happened_on=TODAY(), place="", kind=EncounterKind.PHONE)
    assert not follow_up_due(advocates.ada, later)


def test_m34_rapport_comes_first_on_the_agenda(advocates: Cast) -> None:
    assert pages.agenda(advocates.ada)[0].text == "How each of you is, before any business"


def test_m37_the_wider_view_shows_both_directions_and_takes_answers_of_both(advocates: Cast) -> None:
    actions.answer_review(advocates.ada, {"both_ways": "I feel looked after."})
    found = review_context(advocates.ben)
    assert set(found["ways"]) == {"ours", "theirs"}
    said = next(one for one in found["questions"] if one["id"] == "both_ways")
    assert said["theirs"].text == "I feel looked after."
    assert said["ours"] is None


def test_m37_the_agenda_asks_for_the_wider_view_each_time_and_the_agreement_once_a_year(advocates: Cast) -> None:
    in_a_year = timezone.now() + dt.timedelta(days=370)
    now = next(one for one in pages.agenda(advocates.ada) if one.id == "follow_wider_view")
    then = next(one for one in pages.agenda(advocates.ada, in_a_year) if one.id == "follow_wider_view")
    assert now.facts == ()
    assert "Read the agreement" in then.facts[0].text


def test_m38_news_is_relayed_and_what_it_touches_is_read_again_and_said_back(advocates: Cast) -> None:
    news = actions.send_update(advocates.ada, kind="people", text="Tess has joined us.", part="whom")
    assert pages.unread_updates(advocates.ben) == [news]
    lines = {one.id: one for one in pages.agenda(advocates.ben)}
    assert lines["follow_news"].facts[0].quote == "Tess has joined us."
    assert lines["follow_words"].facts[0].whose == "theirs"
    actions.read_update(advocates.ben, news, "Ask for Tess.")
    shown = pages.updates_context(advocates.ada)["news"][0]
    assert shown["read"].said_back == "Ask for Tess."
    assert pages.unread_updates(advocates.ben) == []
