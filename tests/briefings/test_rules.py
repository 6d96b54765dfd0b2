"""The pure conditions of the briefings."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.briefings.queries.pages import PAGES
from goodword.briefings.rules import (
    QUESTION_FOR,
    BriefingStanding,
    Passage,
    briefing_at,
    content_hash,
    is_closed,
    listens_in,
    next_act,
    speaks_in,
    still_to_hear,
)
from goodword.playbook.shelf import playbook
from goodword.relationships.steps import Role, Step, speaker
from goodword.relationships.wording import words_for

WORDS = st.fixed_dictionaries({passage: st.sampled_from(["a", "b", "c"]) for passage in Passage})


@pytest.mark.parametrize(
    "question",
    [
        "Do you work in Manchester?",
        "Are you insured?",
        "Isn’t it dear?",
        "And have you done this for long?",
        "I saw your van. Was that your own job?",
        "can you start in May",
        "Would you like more of those?",
    ],
)
def test_a_question_that_yes_can_answer_is_noticed(question: str) -> None:
    assert is_closed(question)


@pytest.mark.parametrize(
    "question",
    [
        "What brings people to you?",
        "Could you tell me about the mill job?",
        "How do you price it?",
        "Is that so? Why?",
        "Think of your best clients: what do they share?",
        "Candles, how do you sell them?",
        "Tell me about your week",
        "???",
        "",
    ],
)
def test_an_open_question_is_left_in_peace(question: str) -> None:
    assert not is_closed(question)


@given(st.text(max_size=200))
def test_any_text_can_be_looked_at(text: str) -> None:
    assert is_closed(text) in (True, False)


def test_the_playbook_asks_open_questions_only() -> None:
    assert [entry.id for entry in playbook().questions() if is_closed(entry.text)] == []


def test_each_criterion_with_a_question_names_ones_that_exist() -> None:
    assert set(QUESTION_FOR) <= {entry.id for entry in playbook().criteria}
    assert set(QUESTION_FOR.values()) <= {entry.id for entry in playbook().questions()}


@pytest.mark.parametrize(("role", "first"), list(product(Role, Role)))
def test_each_side_speaks_once_and_listens_once(role: Role, first: Role) -> None:
    assert {speaks_in(role, first), listens_in(role, first)} == {Step.FIRST_BRIEFING, Step.SECOND_BRIEFING}
    assert speaker(speaks_in(role, first), first) == role


def test_the_page_is_about_the_coming_briefing_before_and_the_last_one_after() -> None:
    assert [briefing_at(step) for step in Step] == [2, 2, 3, 3, 3]


@given(WORDS, st.integers(1, 50), st.integers(1, 50))
def test_the_same_words_in_another_round_have_another_hash(words: dict[Passage, str], one: int, other: int) -> None:
    assert (content_hash(one, words) == content_hash(other, words)) is (one == other)


@given(st.lists(WORDS, min_size=1, max_size=6), st.data())
def test_a_passage_is_right_only_in_the_words_that_were_found_right(
    rounds: list[dict[Passage, str]], data: st.DataObject
) -> None:
    right = [data.draw(st.sets(st.sampled_from(list(Passage)))) for _ in rounds]
    left = still_to_hear(rounds, right)
    for passage in set(Passage) - set(left):
        last = max(i for i, said in enumerate(right) if passage in said)
        assert all(words[passage] == rounds[-1][passage] for words in rounds[last:])


def test_a_passage_changed_back_to_older_words_is_heard_again() -> None:
    first = dict.fromkeys(Passage, "a")
    second = {**first, Passage.WHY: "b"}
    assert still_to_hear([first, second, first], [list(Passage), [], []]) == (Passage.WHY,)
    assert still_to_hear([], []) == ()


STANDINGS = st.builds(
    BriefingStanding,
    speaks=st.booleans(),
    begun=st.booleans(),
    prepared=st.integers(0, 3),
    heard=st.integers(0, 3),
    open_questions=st.integers(0, 3),
    has_notes=st.booleans(),
    rounds=st.integers(0, 2),
    replied=st.booleans(),
    confirmed=st.booleans(),
    weighed=st.tuples(st.integers(0, 2), st.integers(0, 2)),
    people_answered=st.booleans(),
    purpose_due=st.booleans(),
)


@given(STANDINGS)
def test_whatever_the_standing_there_is_a_sentence_for_it(at: BriefingStanding) -> None:
    kind = next_act(at)
    words = words_for(kind, "Ben 100%")
    assert (words is None) == (kind == "")
    assert words is None or (words.title and "%(" not in f"{words.title}{words.why}")
    assert kind in ("", "wait_them", *PAGES)
