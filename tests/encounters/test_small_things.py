"""Small things that were seen on the pages of encounters, and are gone: each once."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.core import mail
from django.utils import timezone

from goodword.encounters.actions import plans, table
from goodword.encounters.calendar_entries import CalendarEntry
from goodword.encounters.models import Encounter
from goodword.encounters.queries import sitting
from goodword.post.delivery import deliver_due
from goodword.relationships.steps import Step
from tests.cast import Cast
from tests.encounters.at_hand import planned

pytestmark = pytest.mark.django_db


def test_going_to_the_other_half_takes_the_agenda_along() -> None:
    cast = Cast()
    it = planned(cast.ada)
    table.mark(cast.ada, it, "start", half="invited")
    before = sitting.context(cast.ada, it, timezone.now())["agenda"]
    table.mark(cast.ada, it, "turn")
    after = sitting.context(cast.ada, it, timezone.now())["agenda"]
    assert after["at"] > before["at"]
    assert after["now"]["half"][1] == "Ada", "the other half has begun, and so has its part of the agenda"


def test_an_encounter_held_before_its_day_stands_in_the_diaries_on_the_day_it_was() -> None:
    cast = Cast()
    it = planned(cast.ada)
    type(it).objects.unscoped().filter(pk=it.pk).update(planned_at=timezone.now() + dt.timedelta(days=21))
    it.refresh_from_db()
    plans.mark_held(cast.ada, it, started=True)
    days = {timezone.localdate(entry.planned_at) for entry in CalendarEntry.objects.filter(encounter_id=it.pk)}
    assert days == {timezone.localdate()}


def test_the_agenda_in_a_letter_says_whose_each_part_is() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    planned(cast.ada)
    while deliver_due():
        pass
    (letter,) = [one for one in mail.outbox if "ben@moor.example" in one.to[0] and "How the time is spent" in one.body]
    assert re.search(r"\d+ min, Ben: ", str(letter.body)) and re.search(r"\d+ min, Ada: ", str(letter.body))


def test_a_planned_encounter_has_one_first_act() -> None:
    cast = Cast()
    it = planned(cast.ada)
    page = cast.ada_browser.get(f"/r/{cast.key}/encounters/{it.key}").content.decode()
    acts = page[page.index('class="row actions"') : page.index("Call it off")]
    assert acts.count("btn-first") == 1


def test_times_can_be_offered_from_where_one_plans() -> None:
    cast = Cast()
    assert f"/r/{cast.key}/encounters/times" in cast.ada_browser.get(f"/r/{cast.key}/encounters/new").content.decode()


def test_the_same_day_noted_twice_is_asked_about_once_and_is_another_meeting_only_at_the_second_press() -> None:
    cast, today = Cast(), timezone.localdate()
    path, said = f"/r/{cast.key}/encounters/record", {"happened_on": f"{today}", "place": "Marple", "kind": "meeting"}
    cast.ada_browser.post(path, said)
    (first,) = Encounter.objects.visible_to(cast.ada)
    for browser in (cast.ada_browser, cast.ben_browser):
        asked = browser.post(path, said)
        page = asked.content.decode()
        assert (
            asked.status_code == 422 and "You have already noted that you met on" in page and 'value="Marple"' in page
        )
        assert f'href="/r/{cast.key}/encounters/{first.key}">Open that one' in page
        assert "Note another meeting that day" in page
    other_day = {**said, "another": f"{today - dt.timedelta(days=1)}"}
    assert cast.ada_browser.post(path, other_day).status_code == 422, "another of one day says nothing of the next"
    assert Encounter.objects.visible_to(cast.ben).count() == 1
    assert cast.ada_browser.post(path, {**said, "another": f"{today}"}).status_code == 302
    assert Encounter.objects.visible_to(cast.ben).count() == 2
