"""Whoever keeps it alone often writes up what was days ago: to which step a meeting counts is asked in sight, and said plainly."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from goodword.encounters.queries import pages as encounters
from goodword.relationships.steps import Step
from tests.alone.test_kept_alone import Alone


def test_a_meeting_from_before_the_step_was_noted_counts_for_it_unless_one_says_otherwise(db: None) -> None:
    alone = Alone()
    alone.to(Step.FIRST_BRIEFING)
    page = alone.page("encounter-record")
    assert 'name="counts_now"' in page.split("</details>")[1], "the question stands in sight, not behind a fold"
    assert " checked" in page.split('name="counts_now"')[1].split(">")[0]
    last_week = (timezone.localdate() - timedelta(days=7)).isoformat()
    said = {"happened_on": last_week, "kind": "meeting", "counts_now": "on"}
    alone.browser.post(alone.url("encounter-record"), said)
    assert encounters.has_met_in_step(alone.seat)
    assert " checked" not in alone.page("encounter-record").split('name="counts_now"')[1].split(">")[0]


def test_where_it_counts_for_the_step_before_both_the_answer_and_the_gate_say_so(db: None) -> None:
    alone = Alone()
    alone.to(Step.FIRST_BRIEFING)
    last_week = (timezone.localdate() - timedelta(days=7)).isoformat()
    said = {"happened_on": last_week, "kind": "meeting"}
    answer = alone.browser.post(alone.url("encounter-record"), said, follow=True).content.decode()
    assert "so it counts for the step before it" in answer
    assert "before this step began: that counts for the step before it" in alone.page()
    assert not encounters.has_met_in_step(alone.seat)
