"""The act of each page of the journeys lies within the first 640 points of a phone (part G): those not measured elsewhere."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from goodword.encounters.actions import plans as encounters
from goodword.encounters.models import Encounter
from goodword.encounters.rules import EncounterKind
from goodword.ops.story import PathWalk
from goodword.relationships.steps import Step
from goodword.reservations.actions import keeping
from goodword.teaching import own
from tests.browser.hands import PHONE, SMALL, Visit
from tests.browser.pairs import give_lead, pair
from tests.browser.test_heights import end_of_act
from tests.cast import person

BUTTON, ANSWER = "main .btn-first", "main .answers .answer, main .choice"
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


@SCRIPT
def test_whoever_has_no_name_yet_starts_on_the_first_screen_of_a_small_phone(visit: Visit, script: bool) -> None:
    nameless = person("", f"new{script}@hill.example", "")
    new = visit.by(nameless, SMALL, script)
    end = end_of_act(new, "/start", BUTTON)
    assert new.page.get_by_label("Your own name").is_visible()
    assert end is not None and end <= 640, end


def plan(story: PathWalk) -> Encounter:
    """Have the proposer plan a meeting in three days."""
    soon = timezone.now() + dt.timedelta(days=3)
    return encounters.plan(story.a, kind=EncounterKind.MEETING, planned_at=soon, minutes=60, place="The Lantern Café")


@SCRIPT
def test_on_the_way_to_the_agreement_every_act_lies_on_the_first_screen(visit: Visit, script: bool) -> None:
    first, briefing, agreeing = pair(), pair(Step.FIRST_BRIEFING), pair(Step.AGREE)
    planned = {story: plan(story) for story in (first, briefing)}
    held = encounters.record(briefing.a, happened_on=timezone.localdate(), place="", counts_now=True)
    first.explore()
    own.keep(agreeing.a.person, {"sector": "Families", "moment": "A house is bought", "short_words": "She rings you."})
    for story in (first, briefing, agreeing):
        keeping.read_promise(story.a.person)
    one, two, three = (visit.by(story.a.person, PHONE, script) for story in (first, briefing, agreeing))
    teller = visit.by(briefing.b.person, PHONE, script)
    here, there, then = (f"/r/{story.key}" for story in (first, briefing, agreeing))
    ends = {
        "a plan": end_of_act(one, f"{here}/encounters/{planned[first].key}", BUTTON),
        "planning": end_of_act(one, f"{here}/encounters/new", BUTTON),
        "we met already": end_of_act(two, f"{there}/encounters/record", BUTTON),
        "offering times: the first of them": end_of_act(one, f"{here}/encounters/times", "main .choice"),
        "deciding": end_of_act(one, f"{here}/gate", ANSWER),
        "what came of it": end_of_act(two, f"{there}/encounters/{held.key}/came-of-it", ANSWER),
        "the speaker's": end_of_act(teller, f"{there}/encounters/{held.key}/came-of-it", ANSWER),
        "questions": end_of_act(two, f"{there}/briefing/questions", BUTTON),
        "people known": end_of_act(two, f"{there}/people-known", BUTTON),
        "criteria": end_of_act(two, f"{there}/criteria", "main .prompts button"),
        "asking them": end_of_act(two, f"{there}/asking", BUTTON),
        "teaching, written before": end_of_act(three, f"{then}/teaching/mine", BUTTON),
    }
    print(ends)
    below = {name: end for name, end in ends.items() if end is None or end > 640}
    assert not below, below


@SCRIPT
def test_while_leads_go_both_ways_every_act_lies_on_the_first_screen(visit: Visit, script: bool) -> None:
    story = pair(Step.ADVOCATE)
    lead = give_lead(story, "Mrs Sorrell")
    ann, key = visit.by(story.a.person, PHONE, script), story.key
    room = f"/r/{key}"
    ends = {
        "a lead": end_of_act(ann, f"{room}/leads/{lead.key}", BUTTON + ", main .btn"),
        "telling how it went": end_of_act(ann, f"{room}/leads/{lead.key}/report", "main .answers .answer"),
        "giving: the name": end_of_act(ann, f"{room}/leads/give", "main input[name=name]"),
        "pausing": end_of_act(ann, f"{room}/pause", BUTTON),
        "stop, leave or delete": end_of_act(ann, "/settings/leaving", "main .btn, main a.btn"),
    }
    print(ends)
    below = {name: end for name, end in ends.items() if end is None or end > 640}
    assert not below, below
