"""What the acts of the briefings do, and what they refuse."""

from __future__ import annotations

import pytest

from goodword.briefings.actions import conversation, playback, weighing
from goodword.briefings.models import AskedQuestion, PlaybackConfirmation, PlaybackRound
from goodword.briefings.queries import facts, pages
from goodword.briefings.rules import Passage, PeopleRange, Weight
from goodword.gates import actions as gates
from goodword.ground.refusals import Refusal
from goodword.people.models import Person
from goodword.post.delivery import message
from goodword.post.models import OutboxLetter
from goodword.relationships import starting
from goodword.relationships.journal import Event
from goodword.relationships.steps import Step
from tests.briefings.secrets import passages, understood
from tests.cast import Cast, person

RIGHT = dict.fromkeys(Passage, "")


@pytest.fixture
def first(db: None) -> Cast:
    """Return the cast in the first briefing: Ben tells, Ada asks."""
    return Cast(at=Step.FIRST_BRIEFING)


def test_asking_copies_the_question_and_its_history_stays_at_home(first: Cast) -> None:
    mine = conversation.prepare(first.ada, text="What brings people to you?")
    conversation.tick(first.ada, mine, heard=True)
    [asked] = conversation.ask(first.ada, [mine])
    assert asked.key != mine.key
    assert asked.created_at > mine.created_at
    assert asked.heard_at is None


def test_a_question_on_the_table_is_neither_reworded_nor_asked_twice(first: Cast) -> None:
    mine = conversation.prepare(first.ada, text="What brings people to you?")
    conversation.ask(first.ada, [mine])
    for again in (lambda: conversation.reword(first.ada, mine, "No"), lambda: conversation.take_away(first.ada, mine)):
        with pytest.raises(Refusal):
            again()
    with pytest.raises(Refusal):
        conversation.ask(first.ada, [mine])


def test_a_question_can_be_taken_back_until_it_has_an_answer(first: Cast) -> None:
    mine = conversation.prepare(first.ada, text="What brings people to you?")
    [asked] = conversation.ask(first.ada, [mine])
    conversation.take_back(first.ada, asked)
    assert not pages.answers_page(first.ben)["questions"]
    assert facts.own_questions(first.ada).get().asked is None
    [asked] = conversation.ask(first.ada, [mine])
    conversation.answer(first.ben, asked, "A house move.")
    with pytest.raises(Refusal):
        conversation.take_back(first.ada, asked)


def test_only_the_speaker_answers_and_only_the_listener_marks(first: Cast) -> None:
    [asked] = conversation.ask(first.ada, [conversation.prepare(first.ada, text="How?")])
    with pytest.raises(Refusal):
        conversation.answer(first.ada, asked, "Myself")
    with pytest.raises(Refusal):
        conversation.flag(first.ben, asked, unclear=True)
    with pytest.raises(Refusal):
        conversation.take_back(first.ben, asked)


def test_the_other_sides_prepared_question_cannot_be_asked_ticked_or_noted(first: Cast) -> None:
    theirs = conversation.prepare(first.ben, text="How do you bill?")
    for act in (
        lambda: conversation.ask(first.ada, [theirs]),
        lambda: conversation.tick(first.ada, theirs, heard=True),
        lambda: conversation.note(first.ada, theirs, "seen"),
        lambda: conversation.reword(first.ada, theirs, "seen"),
    ):
        with pytest.raises(Refusal):
            act()


def test_a_question_of_the_second_briefing_waits_for_it(first: Cast) -> None:
    mine = conversation.prepare(first.ben, text="How do you bill?")
    with pytest.raises(Refusal):
        conversation.ask(first.ben, [mine])
    assert not Event.objects.visible_to(first.ada).filter(verb="questions_asked").exists()


def test_nothing_is_put_on_the_table_while_nobody_is_there(db: None) -> None:
    seat = starting.start(person("Ada Lane", "ada@lane.example", "Lane Law"), name="Ben Moor")
    mine = conversation.prepare(seat, text="How?")
    weighing.write_purpose(seat, "To help")
    for act in (
        lambda: conversation.ask(seat, [mine]),
        lambda: playback.say_back(seat, passages("It")),
        lambda: weighing.show_purpose(seat, "Why"),
        lambda: weighing.ask_purpose(seat),
        lambda: conversation.change_order(seat),
    ):
        with pytest.raises(Refusal):
            act()


def test_a_note_of_an_answer_is_for_its_writer_alone(first: Cast) -> None:
    mine = conversation.prepare(first.ada, text="How?")
    conversation.note(first.ada, mine, "He hesitated")
    assert facts.notes_of(first.abe) == {}
    conversation.note(first.abe, mine, "Not to me")
    assert [note.text.unseal(first.ada) for note in facts.notes_of(first.ada).values()] == ["He hesitated"]
    conversation.note(first.ada, mine, "")
    assert facts.notes_of(first.ada) == {}


def test_colleagues_share_questions_and_criteria(first: Cast) -> None:
    conversation.prepare(first.ada, text="How?")
    criterion = weighing.hold_to(first.ada, text="Kind")
    weighing.weigh(first.abe, criterion, Weight.MET)
    assert facts.own_question_count(first.abe) == 1
    assert facts.weighed_criteria(first.ada) == (1, 1)


def test_a_confirmation_is_for_one_round_alone(first: Cast) -> None:
    row = understood(first.ada, first.ben)
    assert facts.playback_is_confirmed(first.ada, Step.FIRST_BRIEFING)
    assert facts.playback_is_confirmed(first.ben, Step.FIRST_BRIEFING)
    playback.say_back(first.ada, {**row.passages, Passage.WHY: "Something else."})
    assert not facts.playback_is_confirmed(first.ada, Step.FIRST_BRIEFING)
    assert facts.playback_stands(first.ada, Step.FIRST_BRIEFING)
    third = playback.say_back(first.ada, row.passages)
    assert not facts.playback_is_confirmed(first.ben, Step.FIRST_BRIEFING)
    playback.reply(first.ben, third, {Passage.WHY: ""})
    assert facts.playback_is_confirmed(first.ben, Step.FIRST_BRIEFING)
    assert PlaybackConfirmation.objects.visible_to(first.ada).count() == 2


def test_a_confirmation_whose_hash_is_another_texts_confirms_nothing(first: Cast) -> None:
    row = understood(first.ada, first.ben)
    PlaybackRound.objects.unscoped().filter(pk=row.pk).update(content_hash="0" * 64)
    assert not facts.playback_is_confirmed(first.ada, Step.FIRST_BRIEFING)


def test_a_reply_to_an_older_round_is_refused_and_changes_nothing(first: Cast) -> None:
    old = playback.say_back(first.ada, passages("Kitchens"))
    playback.say_back(first.ada, passages("Kitchens and baths"))
    with pytest.raises(Refusal):
        playback.reply(first.ben, old, RIGHT)
    assert not facts.playback_is_confirmed(first.ben, Step.FIRST_BRIEFING)


def test_a_reply_speaks_to_every_passage_and_comes_from_the_speaker_once(first: Cast) -> None:
    row = playback.say_back(first.ada, passages("Kitchens"))
    with pytest.raises(Refusal):
        playback.reply(first.ben, row, {Passage.WHY: ""})
    with pytest.raises(Refusal):
        playback.reply(first.ada, row, RIGHT)
    assert playback.reply(first.ben, row, RIGHT)
    with pytest.raises(Refusal):
        playback.reply(first.ben, row, RIGHT)


def test_a_correction_hands_the_turn_back(first: Cast) -> None:
    row = playback.say_back(first.ada, passages("Kitchens"))
    assert not playback.reply(first.ben, row, {**RIGHT, Passage.WHOM: "Also flats."})
    assert not facts.playback_stands(first.ada, Step.FIRST_BRIEFING)
    with pytest.raises(Refusal):
        playback.say_back(first.ada, row.passages)


def test_people_known_is_asked_in_each_step(first: Cast) -> None:
    weighing.know_people(first.ada, PeopleRange.NOBODY)
    assert facts.has_said_whom_it_knows(first.ada, Step.FIRST_BRIEFING)
    assert not facts.has_said_whom_it_knows(first.ada, Step.SECOND_BRIEFING)
    assert not facts.has_said_whom_it_knows(first.ben, Step.FIRST_BRIEFING)
    assert facts.knows_nobody(first.ada)
    weighing.know_people(first.ada, PeopleRange.FEW)
    assert not facts.knows_nobody(first.ada)


def test_what_is_not_known_yet_is_not_weighed_and_what_is_not_met_is_counted(first: Cast) -> None:
    kind, prompt = (weighing.hold_to(first.ada, text=text) for text in ("Kind", "Prompt"))
    weighing.weigh(first.ada, kind, Weight.UNKNOWN)
    weighing.weigh(first.ada, prompt, Weight.NOT_MET)
    assert facts.weighed_criteria(first.ada) == (1, 2)
    assert facts.unmet_criteria(first.ada) == 1
    assert facts.weighed_criteria(first.ben) == (0, 0)


def test_the_order_changes_once_both_want_it(first: Cast) -> None:
    proposal = conversation.change_order(first.ada)
    with pytest.raises(Refusal):
        conversation.answer_order(first.ada, proposal, "agree")
    with pytest.raises(Refusal):
        conversation.change_order(first.ben)
    assert not first.ada.speaks
    conversation.answer_order(first.ben, proposal, "agree")
    assert first.ada.speaks
    with pytest.raises(Refusal):
        conversation.answer_order(first.ben, proposal, "keep")


@pytest.mark.parametrize("said", ["keep", "nonsense", "back"])
def test_anything_but_consent_leaves_the_order_as_it_is(first: Cast, said: str) -> None:
    proposal = conversation.change_order(first.ada)
    if said == "keep":
        conversation.answer_order(first.ben, proposal, said)
    else:
        with pytest.raises(Refusal):
            conversation.answer_order(first.ben, proposal, said)
    assert not first.ada.speaks


def test_the_order_is_settled_by_the_first_playback(first: Cast) -> None:
    proposal = conversation.change_order(first.ada)
    playback.say_back(first.ada, passages("Kitchens"))
    with pytest.raises(Refusal):
        conversation.answer_order(first.ben, proposal, "agree")
    with pytest.raises(Refusal):
        conversation.change_order(first.ada)


def test_the_letters_of_the_briefings_carry_a_name_and_a_link(first: Cast) -> None:
    conversation.ask(first.ada, [conversation.prepare(first.ada, text="Secretword how?")])
    conversation.ask(first.ada, [conversation.prepare(first.ada, text="Secretword what?")])
    understood(first.ada, first.ben)
    kinds = OutboxLetter.objects.filter(relationship_id=first.ada.relationship_id).values_list("kind", "address")
    ours = ("playback_answered", "played_back", "questions_asked")
    assert sorted(row for row in kinds if row[0] in ours) == [
        ("playback_answered", "ada@lane.example"),
        ("played_back", "ben@moor.example"),
        ("questions_asked", "ben@moor.example"),
    ]


def test_after_the_end_nothing_is_added(first: Cast) -> None:
    mine = conversation.prepare(first.ada, text="How?")
    gates.let_go(first.ben)
    for act in (
        lambda: conversation.prepare(first.ada, text="Why?"),
        lambda: conversation.ask(first.ada, [mine]),
        lambda: playback.say_back(first.ada, passages("Kitchens")),
        lambda: weighing.hold_to(first.ada, text="Kind"),
    ):
        with pytest.raises(Refusal):
            act()


def test_there_is_an_end_to_lists(first: Cast) -> None:
    for number in range(conversation.MOST_QUESTIONS):
        conversation.prepare(first.ada, text=f"How {number}?")
    with pytest.raises(Refusal):
        conversation.prepare(first.ada, text="One more?")


def test_the_next_list_is_the_same_for_both(first: Cast) -> None:
    ready = [conversation.prepare(first.ada, text=text) for text in ("A?", "B?", "C?")]
    open_one, answered, unclear = conversation.ask(first.ada, ready)
    conversation.answer(first.ben, answered, "Yes")
    conversation.answer(first.ben, unclear, "Well")
    conversation.flag(first.ada, unclear, unclear=True)
    for seat in (first.ada, first.ben):
        assert [q.pk for q in facts.open_questions(seat)] == [open_one.pk, unclear.pk]
    conversation.flag(first.ada, unclear, unclear=False)
    conversation.tick(first.ada, facts.own_questions(first.ada)[0], heard=True)
    assert facts.open_questions(first.ben) == []
    assert AskedQuestion.objects.visible_to(first.ben).count() == 3


def test_a_stranger_has_no_way_in(first: Cast) -> None:
    assert isinstance(first.cleo_person, Person)
    assert first.cleo_browser.get(f"/r/{first.key}/briefing").status_code == 404


def test_the_letters_of_the_briefings_can_be_read_and_quote_nobody(first: Cast) -> None:
    conversation.ask(first.ada, [conversation.prepare(first.ada, text="Secretword how?")])
    row = playback.say_back(first.ada, passages("Secretword"))
    playback.reply(first.ben, row, RIGHT)
    for letter in OutboxLetter.objects.filter(kind__in=["questions_asked", "played_back", "playback_answered"]):
        mail = message(letter)
        told = f"{mail.subject} {mail.body} {mail.alternatives[0][0]!r}"
        assert "Secretword" not in told
        assert f"/r/{first.key}/" in told
