"""The briefings as the method tells them, rule by rule."""

from __future__ import annotations

import pytest
from django.urls import reverse

from goodword.briefings.actions import conversation, weighing
from goodword.briefings.actions import playback as playback_actions
from goodword.briefings.queries import facts, pages
from goodword.briefings.rules import Passage, PeopleRange, Weight
from goodword.ground.refusals import Refusal
from goodword.playbook.shelf import playbook
from goodword.relationships.steps import Step
from tests.briefings.secrets import passages, understood
from tests.cast import Cast

RIGHT = dict.fromkeys(Passage, "")


@pytest.fixture
def first(db: None) -> Cast:
    """Return the cast in the first briefing: Ada proposed, Ben was invited."""
    return Cast(at=Step.FIRST_BRIEFING)


@pytest.fixture
def second(db: None) -> Cast:
    """Return the cast in the second briefing: Ada tells, Ben asks."""
    return Cast(at=Step.SECOND_BRIEFING)


def test_m1_understood_is_what_the_speaker_confirms_each_side_for_itself(second: Cast) -> None:
    understood(second.ada, second.ben)
    assert facts.playback_is_confirmed(second.ada, Step.FIRST_BRIEFING)
    assert not facts.playback_is_confirmed(second.ada, Step.SECOND_BRIEFING)
    understood(second.ben, second.ada)
    assert facts.playback_is_confirmed(second.ben, Step.SECOND_BRIEFING)


def test_m15_the_invited_side_tells_first_and_the_proposer_second(first: Cast) -> None:
    page = first.ben_browser.get(reverse("briefing", args=[first.key])).content.decode()
    assert "You tell, Ada asks" in page
    other = first.ben_browser.get(reverse("briefing-of", args=[first.key, "second"])).content.decode()
    assert "Ada tells, you ask" in other


def test_m15_the_order_changes_by_consent_and_what_was_prepared_moves_along(first: Cast) -> None:
    conversation.prepare(first.ben, text="How do you bill?")
    proposal = conversation.change_order(first.ada)
    assert not first.ada.speaks
    conversation.answer_order(first.ben, proposal, "agree")
    assert first.ada.speaks
    conversation.ask(first.ben, list(facts.own_questions(first.ben)))
    assert [q.text for q in pages.context(first.ada)["questions"]] == ["How do you bill?"]


def test_m15_the_second_briefing_is_fitted_to_what_the_first_one_said(second: Cast) -> None:
    [asked] = conversation.ask(second.ada, [conversation.prepare(second.ada, text="What brings people to you?")])
    conversation.answer(second.ben, asked, "A house move.")
    understood(second.ada, second.ben)
    said = pages.telling_page(second.ada)["said"]
    assert "A house move." in [one["text"] for one in said]
    assert {passage.value for passage in Passage} < {one["ref"] for one in said}
    address = reverse("briefing-telling", args=[second.key]) + f"?because={said[-1]['ref']}"
    assert "Because you said this" in second.ada_browser.get(address).content.decode()
    second.ada_browser.post(address, {"text": "So: wills when they move."})
    [note] = pages.telling_page(second.ada)["said"][-1]["notes"]
    assert note.text.unseal(second.ada) == "So: wills when they move."
    assert pages.telling_page(second.ben)["said"] == []


def test_m16_open_questions_are_prepared_beforehand_and_are_private_until_asked(first: Cast) -> None:
    mine = conversation.prepare(first.ada, text="What has just happened when they ring?")
    answers = reverse("briefing-answers", args=[first.key])
    assert "What has just happened" not in first.ben_browser.get(answers).content.decode()
    conversation.ask(first.ada, [mine])
    assert "What has just happened" in first.ben_browser.get(answers).content.decode()


def test_m16_a_closed_question_is_gently_pointed_out_and_kept_all_the_same(first: Cast) -> None:
    first.ada_browser.post(reverse("briefing-questions", args=[first.key]), {"text": "Are you busy?"})
    page = first.ada_browser.get(reverse("briefing-questions", args=[first.key])).content.decode()
    assert "Are you busy?" in page
    assert "may bring more" in page


def test_m16_what_was_not_answered_or_stayed_unclear_comes_up_next_time(first: Cast) -> None:
    rows = [conversation.prepare(first.ada, text=text) for text in ("Whom?", "How much?", "Since when?")]
    whom, much, _since = conversation.ask(first.ada, rows)
    conversation.answer(first.ben, whom, "Families.")
    conversation.answer(first.ben, much, "It depends.")
    conversation.flag(first.ada, much, unclear=True)
    assert [q.text for q in facts.open_questions(first.ben)] == ["How much?", "Since when?"]


def test_m16_the_listener_says_it_back_and_the_speaker_puts_it_right(first: Cast) -> None:
    row = playback_actions.say_back(first.ada, passages("Kitchens"))
    assert not facts.playback_is_confirmed(first.ada, Step.FIRST_BRIEFING)
    playback_actions.reply(first.ben, row, {**RIGHT, Passage.WHEN: "When they exchange contracts."})
    again = playback_actions.say_back(first.ada, {**row.passages, Passage.WHEN: "On exchange of contracts."})
    assert playback_actions.reply(first.ben, again, {Passage.WHEN: ""})
    assert facts.playback_is_confirmed(first.ada, Step.FIRST_BRIEFING)
    assert len(facts.playback(first.ada, Step.FIRST_BRIEFING).rounds) == 2


def test_m16_a_playback_confirmed_for_one_text_does_not_confirm_a_later_one(first: Cast) -> None:
    row = understood(first.ada, first.ben)
    playback_actions.say_back(first.ada, {**row.passages, Passage.DOES: "Bathrooms."})
    assert not facts.playback_is_confirmed(first.ada, Step.FIRST_BRIEFING)
    assert not facts.playback_is_confirmed(first.ben, Step.FIRST_BRIEFING)


def test_m17_each_criterion_is_met_or_one_knows_why_one_is_happy_anyway(first: Cast) -> None:
    met, other = (weighing.hold_to(first.ada, text=text) for text in ("Listens", "Rings back"))
    weighing.weigh(first.ada, met, Weight.MET)
    with pytest.raises(Refusal):
        weighing.weigh(first.ada, other, Weight.HAPPY)
    weighing.weigh(first.ada, other, Weight.HAPPY, "his wife does")
    assert facts.weighed_criteria(first.ada) == (2, 2)
    assert facts.unmet_criteria(first.ada) == 0


def test_m17_criteria_are_private_to_the_listener(first: Cast) -> None:
    weighing.hold_to(first.ada, text="Kindness")
    assert facts.weighed_criteria(first.ben) == (0, 0)
    for route in ("criteria", "briefing"):
        assert "Kindness" not in first.ben_browser.get(reverse(route, args=[first.key])).content.decode()


def test_m17_what_is_not_known_yet_becomes_a_question_that_does_not_give_it_away(first: Cast) -> None:
    criterion = weighing.hold_to(first.ada, text="Is listened to", entry="trusted")
    weighing.weigh(first.ada, criterion, Weight.UNKNOWN)
    offer = pages.questions_page(first.ada, criterion.key)["about"]["offer"]
    assert [question for question, _text in offer] == ["trusted_by"]
    first.ada_browser.post(reverse("briefing-questions", args=[first.key]), {"entry": "trusted_by"})
    assert facts.own_question_count(first.ada) == 1


def test_m18_there_are_questions_for_the_person_their_clients_and_the_two_of_you() -> None:
    groups = {group.id for group in playbook().question_groups}
    assert {"business", "clients", "person", "relationship"} <= groups
    assert all(playbook().questions(group) for group in groups)


def test_m20_the_facts_the_gate_stands_on_are_the_same_for_both_sides(first: Cast) -> None:
    understood(first.ada, first.ben)
    assert facts.playback_is_confirmed(first.ada, Step.FIRST_BRIEFING) == facts.playback_is_confirmed(
        first.ben, Step.FIRST_BRIEFING
    )


def test_m21_purpose_is_written_before_the_second_briefing_and_shown_when_asked(second: Cast) -> None:
    conversation.plan_to_tell(second.ada, text="The mill")
    assert pages.context(second.ada)["code"] == "purpose"
    weighing.write_purpose(second.ada, "To be of use to Ben.")
    assert facts.has_purpose(second.ada)
    assert not facts.has_purpose(second.ben)
    weighing.ask_purpose(second.ben)
    weighing.show_purpose(second.ada, facts.purpose(second.ada).text.unseal(second.ada))
    assert facts.shared_purposes(second.ben)["theirs"].text == "To be of use to Ben."


def test_m26_each_side_finds_out_whether_it_knows_people_for_the_other(first: Cast) -> None:
    weighing.know_people(first.ada, PeopleRange.NOBODY)
    assert facts.knows_nobody(first.ada)
    address = reverse("people-known", args=[first.key])
    assert "kinder to stop now" in first.ada_browser.get(address).content.decode()
    assert not facts.has_said_whom_it_knows(first.ben, Step.FIRST_BRIEFING)
    assert "Nobody yet, you said" not in first.ben_browser.get(address).content.decode()
