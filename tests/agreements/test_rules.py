"""What a version says, what changed, and when its words are in force: no Django needed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.agreements import rules
from goodword.agreements.rules import ClauseWords
from goodword.ground.differences import marks
from goodword.relationships.steps import Step

TEXT = st.text(alphabet="ab cd,.’\n", max_size=60)


def clause(name: str, text: str) -> ClauseWords:
    return ClauseWords(name, name.title(), text)


def told(was: str, now: str) -> str:
    """Return both sides with changes in brackets."""
    old, new = marks(was, now)
    return " | ".join("".join(f"[{p.text}]" if p.changed else p.text for p in side) for side in (old, new))


def test_changes_are_marked_word_by_word() -> None:
    assert told("reports within two working days, whatever", "reports the same evening, whatever") == (
        "reports [within two working days], whatever | reports [the same evening], whatever"
    )


def test_a_word_that_gains_a_follower_stays_unmarked() -> None:
    assert told("an hour.", "an hour, at the café in winter.") == "an hour. | an hour[, at the café in winter]."


@given(TEXT, TEXT)
def test_marks_lose_nothing(was: str, now: str) -> None:
    old, new = marks(was, now)
    assert "".join(piece.text for piece in old) == was
    assert "".join(piece.text for piece in new) == now


@given(TEXT)
def test_the_same_words_carry_no_marks(text: str) -> None:
    assert not any(piece.changed for side in marks(text, text) for piece in side)


@given(st.lists(TEXT.filter(str.strip), min_size=1, max_size=4))
def test_blanks_and_line_breaks_do_not_change_the_fingerprint(texts: list[str]) -> None:
    plain = [clause(f"c{n}", text) for n, text in enumerate(texts)]
    spaced = [clause(f"c{n}", "  " + text.replace(" ", "\n") + "\n") for n, text in enumerate(texts)]
    assert rules.content_hash(plain) == rules.content_hash(spaced)


def test_other_words_have_another_fingerprint() -> None:
    assert rules.content_hash([clause("a", "One.")]) != rules.content_hash([clause("a", "Two.")])


def test_order_is_part_of_what_is_accepted() -> None:
    a, b = clause("a", "One."), clause("b", "Two.")
    assert rules.content_hash([a, b]) != rules.content_hash([b, a])


def test_a_clause_left_out_stands_at_the_end_with_its_reason() -> None:
    was = [clause("a", "One."), clause("b", "Two.")]
    rows = rules.compare(was, [ClauseWords("a", "A", "", "Not needed."), clause("b", "Two.")])
    assert [(row.number, row.kind, row.reason) for row in rows] == [(1, "same", ""), (0, "gone", "Not needed.")]
    assert rules.count_changes(rows) == 1


def test_money_other_than_none_needs_disclosure() -> None:
    none = "None, in either direction."
    assert not rules.needs_disclosure([clause(rules.MONEY, none)], none)
    assert rules.needs_disclosure([clause(rules.MONEY, "Ten per cent.")], none)
    assert not rules.needs_disclosure([clause(rules.MONEY, "Ten."), clause(rules.DISCLOSURE, "They are told.")], none)


@pytest.mark.parametrize(("days", "allowed"), [(0, False), (1, True), (365, True), (730, True), (800, False)])
def test_the_review_is_to_come_and_within_two_years(days: int, allowed: bool) -> None:
    today = dt.date(2026, 6, 1)
    assert rules.may_review_on(today, today + dt.timedelta(days=days)) is allowed


@pytest.mark.parametrize("step", list(Step))
def test_it_is_written_from_its_own_step_on(step: Step) -> None:
    assert rules.may_write(step) is (step >= Step.AGREE)
