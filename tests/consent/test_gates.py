"""Two sides at a gate at the same instant: no lost opening, no double opening, never 'locked' as an answer (T36)."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from goodword.gates import actions as gates
from goodword.gates.models import Decision, Round
from goodword.gates.rules import Choice
from goodword.ground.refusals import Refusal
from goodword.ops.story import PathWalk, begin, join
from goodword.relationships.journal import Event
from goodword.relationships.models import Relationship
from goodword.relationships.steps import Step
from tests.cast import person
from tests.consent.copies import copies
from tests.consent.together import ROUNDS, at_once, hung_up

__all__ = ["hung_up"]  # a fixture

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def stories() -> Iterator[PathWalk]:
    """Yield two hundred stories that stand before the first gate, ready on both sides."""
    ada, ben = (
        person("Ada Lane", "ada@lane.example", "Lane Law"),
        person("Ben Moor", "ben@moor.example", "Moor Kitchens"),
    )
    seat = begin(ada, "Ben Moor", ben.email, "Hello")
    join(seat, ben)
    PathWalk(seat.key, ada, ben).explore()
    return (PathWalk(key, ada, ben) for key in copies(seat.relationship_id, ROUNDS))


def only_refusals(results: list[object]) -> None:
    assert all(isinstance(r, Refusal) for r in results if isinstance(r, Exception)), results


def test_both_deciding_at_once_open_the_gate_exactly_once(stories: Iterator[PathWalk]) -> None:
    for story in stories:
        a, b = story.a, story.b
        results = at_once(lambda a=a: gates.decide(a, Choice.GO_ON), lambda b=b: gates.decide(b, Choice.GO_ON))
        assert sorted(str(r) for r in results) == ["None", "go_on"]
        assert story.a.at is Step.FIRST_BRIEFING
        assert Round.objects.visible_to(story.a).count() == 1
        assert Event.objects.visible_to(story.a).filter(verb="gate_opened").count() == 1


def test_deciding_while_the_other_lets_go_ends_or_was_too_late(stories: Iterator[PathWalk]) -> None:
    for story in stories:
        a, b = story.a, story.b
        only_refusals(at_once(lambda a=a: gates.decide(a, Choice.GO_ON), lambda b=b: gates.let_go(b)))
        ended = Relationship.objects.get(pk=a.relationship_id)
        assert ended.ended_at is not None
        assert ended.step == Step.EXPLORE
        assert not Round.objects.visible_to(a).exists()


def test_deciding_twice_at_once_is_deciding_once(stories: Iterator[PathWalk]) -> None:
    for story in stories:
        a, again = story.a, story.a
        only_refusals(
            at_once(lambda a=a: gates.decide(a, Choice.GO_ON), lambda again=again: gates.decide(again, Choice.NOT_YET))
        )
        assert Decision.objects.owned_by(story.a).count() == 1
        assert not Round.objects.visible_to(a).exists()


def test_a_late_answer_to_a_question_that_is_over_changes_nothing(stories: Iterator[PathWalk]) -> None:
    story = next(stories)
    gates.decide(story.a, Choice.NOT_YET, gate="g1", round_number=1)
    gates.decide(story.b, Choice.GO_ON, gate="g1", round_number=1)
    with pytest.raises(Refusal):
        gates.decide(story.a, Choice.GO_ON, gate="g1", round_number=1)
    assert story.a.at is Step.EXPLORE
