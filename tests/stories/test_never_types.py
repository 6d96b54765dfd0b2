"""One side never types a sentence after joining, and still gets to the confirmation, to its very end (M0, M16, M28)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from goodword.briefings.actions import playback, weighing
from goodword.briefings.rules import Passage
from goodword.encounters.models import Encounter
from goodword.gates import actions as gates
from goodword.gates.rules import Choice
from goodword.leads.actions import giving
from goodword.leads.actions.giving import Consent
from goodword.ops.story import PathWalk
from goodword.relationships.steps import Role, Step
from goodword.reservations.actions import checking
from goodword.reservations.rules import CheckAnswer
from goodword.teaching import actions as teaching
from goodword.teaching import own
from goodword.teaching.queries import ours
from goodword.teaching.rules.content import Feel
from tests.cast import Cast, half_a_minute
from tests.encounters.at_hand import planned
from tests.taps import Thumb

pytestmark = pytest.mark.django_db


def met(cast: Cast) -> str:
    """Have an encounter whose hour has come; return the address of what came of it, as a letter leads there."""
    it = planned(cast.ada)
    Encounter.objects.unscoped().filter(pk=it.pk).update(planned_at=timezone.now() - dt.timedelta(hours=1))
    return f"/r/{cast.key}/encounters/{it.key}/came-of-it"


def teach(story: PathWalk) -> None:
    """Have Ada teach, and say how Ben's words sit."""
    said = story.words_of(Role.PROPOSER)
    own.keep(story.people[0], said)
    teaching.put(story.a, ours.preview(story.a)["seen"])
    teaching.say_comfort(story.a, Feel.TODAY)


def go_on(cast: Cast) -> None:
    """Have Ada look at what makes her hesitate, and go on."""
    checking.record_check(cast.ada, CheckAnswer.NOTHING)
    gates.decide(cast.ada, Choice.GO_ON, first_leads="two_or_three")


def test_one_side_never_types_and_still_gets_to_the_confirmation() -> None:
    cast = Cast()
    story, ben = PathWalk(cast.key, cast.ada_person, cast.ben_person), Thumb(cast.ben_browser)
    room = f"/r/{cast.key}"

    ben.open(met(cast))  # getting to know each other
    ben.tap("We met")
    ben.tap("Go on")
    go_on(cast)
    assert cast.ben.at is Step.FIRST_BRIEFING

    sheet = met(cast)  # Ben tells; Ada writes down what she understood
    ben.open(sheet)
    ben.tap("We met")
    playback.say_back(cast.ada, {passage: f"Kitchens that stay, {passage.value}." for passage in Passage})
    story.weigh(cast.ada)
    ben.open(sheet)
    ben.tap("Nothing stands in the way")
    ben.tap("Yes, that’s right")
    ben.tap("Go on")
    go_on(cast)
    assert cast.ben.at is Step.SECOND_BRIEFING

    weighing.write_purpose(cast.ada, "To be of use to Ben.")
    sheet = met(cast)  # Ada tells; Ben says at the table what he understood
    ben.open(sheet)
    ben.tap("We met")
    ben.tap("Nothing stands in the way")
    ben.tap("We said it back, and it was right")
    ben.tap("One or two")
    ben.tap("Yes, all of it")
    playback.find_right(cast.ada, "")
    ben.open(sheet)  # whether to go on is asked once Ada has said that it was right
    ben.tap("Go on")
    go_on(cast)
    assert cast.ben.at is Step.AGREE

    story.meet()
    story.word_agreement()
    ben.open(f"{room}/agreement")
    ben.tap("Accept version 1")
    ben.open(f"{room}/teaching/mine")  # begun from what Ada said back
    ben.tap("It is right")
    ben.tap("Put it before Ada")
    teach(story)
    ben.open(f"{room}/teaching")
    ben.tap("I can say that")
    ben.open(f"{room}/check")
    ben.tap("I’ve read it, go on")
    ben.tap("Record this check", "Nothing")
    ben.open(f"{room}/gate")
    ben.tap("Go on", "Two or three")
    go_on(cast)
    assert cast.ben.at is Step.ADVOCATE
    half_a_minute()

    lead = giving.give(
        cast.ada, why="A new house.", route="now", name="Mr Farrar", consent=Consent(timezone.localdate())
    )
    ben.open(f"{room}/leads/{lead.key}")
    assert "Mr Farrar" in ben.text, "and the first lead is there"
