"""One submission, one act: pressing twice, on any page that makes something, makes one of it (T36)."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from goodword.encounters.models import Encounter
from goodword.leads.models import Lead, LeadReport
from goodword.people import submissions
from goodword.people.models import Submission
from goodword.relationships import starting
from goodword.relationships.models import Relationship
from goodword.relationships.steps import Step
from tests.cast import Cast, half_a_minute
from tests.leads import secrets

pytestmark = [pytest.mark.sql, pytest.mark.django_db]
START = {"name": "Gil Guest", "words": "You told me about the pot of tea."}


def drawn(browser: Client, path: str) -> dict[str, str]:
    """Return what names the page at a path, as its forms send it."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get(path).content.decode())
    assert found
    return {"csrfmiddlewaretoken": found[1]}


def pressed_twice(browser: Client, path: str, page: str, said: dict[str, str]) -> None:
    """Send one form twice from one page; both are answered alike."""
    same = {**said, **drawn(browser, page)}
    first, second = browser.post(path, same), browser.post(path, same)
    assert first.status_code == 302, first.content.decode()
    assert (second.status_code, second["Location"]) == (302, first["Location"])


def test_two_presses_begin_one_relationship(cast: Cast) -> None:
    before = Relationship.objects.count()
    pressed_twice(cast.ada_browser, "/start", "/start", START)
    assert Relationship.objects.count() == before + 1


def test_two_presses_plan_one_meeting_and_keep_one_seat(cast: Cast) -> None:
    before = Encounter.objects.visible_to(cast.ada).count()
    on = (timezone.localdate() + dt.timedelta(days=9)).isoformat()
    said = {"kind": "meeting", "day": on, "time": "10:00", "minutes": "60", "place": "The Lantern"}
    pressed_twice(cast.ada_browser, f"/r/{cast.key}/encounters/new", f"/r/{cast.key}/encounters/new", said)
    assert Encounter.objects.visible_to(cast.ada).count() == before + 1
    path = f"/r/{cast.key}/colleagues"
    pressed_twice(cast.ada_browser, path, path, {"name": "Abe Lane", "email": "abe@lane.example"})
    assert len(starting.offers_of(cast.ada)) == 1


def test_two_presses_give_one_lead_and_one_report(db: None) -> None:
    cast = Cast(at=Step.ADVOCATE)
    page = f"/r/{cast.key}/leads/give"
    pressed_twice(cast.ben_browser, page, page, {"why": secrets.WHY, "route": "card", "name": "", "reach": ""})
    half_a_minute()
    lead = Lead.objects.visible_to(cast.ada).get()
    page = f"/r/{cast.key}/leads/{lead.key}/report"
    pressed_twice(cast.ada_browser, page, page, {"outcome": "spoke"})
    half_a_minute()
    assert LeadReport.objects.visible_to(cast.ada).count() == 1


def test_the_same_words_from_another_page_are_meant(cast: Cast) -> None:
    before = Relationship.objects.count()
    for _ in range(2):
        cast.ada_browser.post("/start", {**START, **drawn(cast.ada_browser, "/start")})
    assert Relationship.objects.count() == before + 2


def test_whoever_comes_back_to_a_page_by_back_sends_the_same_submission(cast: Cast) -> None:
    before = Relationship.objects.count()
    for _ in range(2):  # drawn anew, but the browser's history knows it: see goodword.js
        cast.ada_browser.post(
            "/start", {**START, **drawn(cast.ada_browser, "/start"), "page_name": "a-page-of-this-tab"}
        )
    assert Relationship.objects.count() == before + 1


def test_a_form_that_came_back_with_a_sentence_can_be_sent_again(cast: Cast) -> None:
    before = Relationship.objects.count()
    page = drawn(cast.ada_browser, "/start")
    for _ in range(2):
        assert cast.ada_browser.post("/start", {"name": "", "words": "", **page}).status_code == 422
    assert cast.ada_browser.post("/start", {**START, **page}).status_code == 302
    assert Relationship.objects.count() == before + 1


def test_nobody_is_sent_where_somebody_elses_submission_led(cast: Cast) -> None:
    same = {**START, **drawn(cast.ada_browser, "/start")}
    hers, his = cast.ada_browser.post("/start", same), cast.ben_browser.post("/start", same)
    assert hers["Location"] != his["Location"]


def test_a_submission_is_kept_as_a_hash_and_for_a_day(cast: Cast) -> None:
    pressed_twice(cast.ada_browser, "/start", "/start", START)
    assert "pot of tea" not in repr(list(Submission.objects.values()))
    assert submissions.forget_old(timezone.now()) == 0
    with time_machine.travel(timezone.now() + dt.timedelta(hours=25)):
        assert submissions.forget_old(timezone.now()) == 1
