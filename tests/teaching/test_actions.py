"""Drafting, putting forward, answering, agreeing: what is private stays so, and what was taught is kept."""

from __future__ import annotations

import pytest

from goodword.ground.refusals import Refusal
from goodword.people.models import Person
from goodword.relationships.journal import Event
from goodword.relationships.models import Seat
from goodword.relationships.steps import Role, Step
from goodword.teaching import actions, own, wording
from goodword.teaching.models import Approach, Comfort, TeachingVersion
from goodword.teaching.queries import ours, pages
from goodword.teaching.rules import content
from tests.cast import Cast
from tests.teaching.secrets import SAID, plant, rated, taught


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the cast in the step of teaching."""
    return Cast(at=Step.AGREE)


def told(cast: Cast) -> list[str]:
    return [event.verb for event in Event.objects.visible_to(cast.ada).order_by("created_at", "id")]


def test_a_draft_leaves_no_trace_on_the_other_side(cast: Cast) -> None:
    before = (told(cast), Seat.objects.get(pk=cast.ben.pk).touched_at)
    plant(cast.ada, "zinnober")
    assert (told(cast), Seat.objects.get(pk=cast.ben.pk).touched_at) == before
    assert ours.draft(cast.ben) == {} and pages.reason(cast.ben) == ""
    assert ours.draft(cast.abe)["short_words"] == "zinnober", "a draft is our side's"
    assert pages.reason(cast.abe) == "", "a reason is one person's own"


def test_drafting_is_open_at_any_step_and_putting_forward_is_not(db: None) -> None:
    cast = Cast(at=Step.EXPLORE)
    with pytest.raises(Refusal, match="comes with the agreement"):
        taught(cast.ada)
    assert ours.draft(cast.ada)["sector"] == SAID["sector"]


def test_what_was_put_forward_is_nobody_s_draft_any_more(cast: Cast) -> None:
    taught(cast.ben)
    assert not ours.to_offer(cast.ben)
    seen = pages.theirs(cast.ada)
    assert seen is not None
    assert seen.text_of("sector") == SAID["sector"]
    assert [line.label for line in seen.part("route")] == ["Hand over their card or link", "Be there when they meet"]
    assert (pages.standing(cast.ada).given, pages.standing(cast.ben).given) == ((False, True), (True, False))


def test_one_teaching_is_written_once_and_worded_otherwise_where_it_differs(cast: Cast) -> None:
    own.keep(cast.ben_person, {**SAID, "proof": "Forty kitchens"})
    actions.keep_draft(cast.ben, {**SAID, "sector": "Landlords first"})
    assert ours.draft(cast.ben) == {"sector": "Landlords first", "proof": ""}, "what differs, and what is left out"
    actions.put(cast.ben, ours.preview(cast.ben)["seen"])
    own.keep(cast.ben_person, {**SAID, "moment": "A child has left home"})
    assert ours.to_offer(cast.ben), "a change is offered"
    said = pages.theirs(cast.ada)
    assert said and (said.text_of("sector"), said.text_of("moment")) == ("Landlords first", SAID["moment"])
    actions.put(cast.ben, ours.preview(cast.ben)["seen"])
    said = pages.theirs(cast.ada)
    assert said and (said.text_of("sector"), said.text_of("moment")) == ("Landlords first", "A child has left home")
    assert not ours.to_offer(cast.ben)


def test_there_is_always_a_way_to_reach_whoever_is_recommended(cast: Cast) -> None:
    taught(cast.ben, reach="")
    said = pages.theirs(cast.ada)
    assert said and said.text_of(content.REACH) == "ben@moor.example"
    Person.objects.filter(pk=cast.ben_person.pk).update(phone="0161 496 0142")
    cast.ben_person.refresh_from_db()
    taught(cast.ben, reach="")
    said = pages.theirs(cast.ada)
    assert said and said.text_of(content.REACH) == "0161 496 0142"


def test_what_is_put_forward_is_what_was_previewed(cast: Cast) -> None:
    actions.keep_draft(cast.ben, SAID)
    seen = content.fingerprint(wording.lines(SAID))
    actions.keep_draft(cast.bea, {**SAID, "sector": "Somebody else"})
    with pytest.raises(Refusal, match="changed since you read it through"):
        actions.put(cast.ben, seen)
    assert pages.theirs(cast.ada) is None


def test_half_a_teaching_is_not_put_forward(cast: Cast) -> None:
    with pytest.raises(Refusal, match="Still to say: words"):
        taught(cast.ben, short_words="", question_to_ask="", listen_for="")


def test_a_newer_version_keeps_the_old_and_tells_what_changed(cast: Cast) -> None:
    taught(cast.ben)
    taught(cast.ben, moment="A child has left home", proof="")
    assert TeachingVersion.objects.visible_to(cast.ada).count() == 2
    seen = pages.theirs(cast.ada)
    assert seen is not None
    assert [change.label for change in seen.changes] == ["The moment"]
    with pytest.raises(Refusal, match="has from you already"):
        taught(cast.ben, moment="A child has left home")


def test_comfort_counts_for_the_newest_teaching(cast: Cast) -> None:
    taught(cast.ben)
    actions.say_comfort(cast.ada, content.Feel.PRACTICE, rated())
    assert (pages.standing(cast.ada).heard, pages.standing(cast.ben).heard) == ((True, False), (False, True))
    taught(cast.ben, moment="A child has left home")
    assert pages.standing(cast.ada).heard == (False, False)


def test_the_same_answer_again_tells_nobody_anything(cast: Cast) -> None:
    taught(cast.ben)
    for _ in range(2):
        actions.say_comfort(cast.ada, content.Feel.OTHER, rated(words=3))
    assert Comfort.objects.visible_to(cast.ben).count() == 1
    assert told(cast).count("comfort_said") == 1


def test_comfort_needs_something_to_be_comfortable_with(cast: Cast) -> None:
    with pytest.raises(Refusal, match="has not written down"):
        actions.say_comfort(cast.ada, content.Feel.TODAY, {})


def test_one_answer_is_enough_and_only_what_is_taught_is_rated(cast: Cast) -> None:
    taught(cast.ben, **{wording.ROUTES: ""})
    with pytest.raises(Refusal, match="has changed what there is to say"):
        actions.say_comfort(cast.ada, content.Feel.TODAY, rated())
    actions.say_comfort(cast.ada, content.Feel.TODAY)
    assert pages.standing(cast.ada).heard[0] and pages.standing(cast.ada).complete


def test_what_is_hard_is_worked_out_item_by_item_or_all_at_once(cast: Cast) -> None:
    taught(cast.ben)
    actions.say_comfort(cast.ada, content.Feel.TODAY, rated(words=4, route=6))
    assert pages.standing(cast.ada).hard_for_us == (("words", ""), ("route", ""))
    row = actions.propose_approach(cast.ada, Role.INVITED, "A card says it.", part="words")
    assert pages.standing(cast.ben).hard_for_them == (("words", "theirs"), ("route", ""))
    actions.agree_approach(cast.ben, row)
    assert pages.standing(cast.ada).hard_for_us == (("route", ""),)
    actions.agree_approach(cast.ada, actions.propose_approach(cast.ben, Role.INVITED, "Only mention me."))
    assert pages.standing(cast.ada).complete


def test_a_reason_is_replaced_and_taken_back(cast: Cast) -> None:
    actions.keep_reason(cast.ada, "Shy.")
    actions.keep_reason(cast.ada, "Very shy.")
    assert pages.reason(cast.ada) == "Very shy."
    actions.keep_reason(cast.ada, "")
    assert pages.reason(cast.ada) == ""


def test_an_approach_is_proposed_by_one_and_agreed_by_the_other(cast: Cast) -> None:
    taught(cast.ben)
    row = actions.propose_approach(cast.ada, Role.INVITED, "One question.")
    with pytest.raises(Refusal, match="your own proposal"):
        actions.agree_approach(cast.ada, row)
    for _ in range(2):
        actions.agree_approach(cast.ben, row)
    assert pages.approach(cast.ada, Role.INVITED).agreed == row
    assert told(cast).count("approach_agreed") == 1


def test_an_approach_that_another_took_the_place_of_is_not_agreed_to(cast: Cast) -> None:
    taught(cast.ben)
    old = actions.propose_approach(cast.ada, Role.INVITED, "One question.")
    actions.propose_approach(cast.ada, Role.INVITED, "A story.")
    with pytest.raises(Refusal, match="Another approach"):
        actions.agree_approach(cast.ben, old)
    assert pages.approach(cast.ben, Role.INVITED).agreed is None
    assert Approach.objects.visible_to(cast.ben).count() == 2
