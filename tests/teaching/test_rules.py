"""Rules of teaching: no Django needed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.relationships.steps import Step
from goodword.teaching import rules
from goodword.teaching.rules import Feel, Line

LINES = st.lists(
    st.builds(lambda f, t: Line("whom", f, f.title(), t), st.sampled_from("abcde"), st.text(min_size=1, max_size=9)),
    max_size=5,
    unique_by=lambda line: line.field,
)


def line(part: str, field: str, text: str) -> Line:
    return Line(part, field, field.title(), text)


def test_whom_what_and_words_are_each_said_before_it_is_taught() -> None:
    assert rules.missing([]) == ["whom", "what", "words"]
    assert rules.missing([line("whom", "place", "Marple"), line("words", "short_words", "Hm")]) == ["what"]


@pytest.mark.parametrize(
    ("feel", "scores", "wanted"),
    [
        (Feel.TODAY, {}, False),
        (Feel.PRACTICE, {"whom": 7, "what": 10}, False),
        (Feel.TODAY, {"whom": 9, "words": 6}, True),
        (Feel.TODAY, {"what": 0}, True),
        (Feel.OTHER, {}, True),
        (Feel.OTHER, {"whom": 9}, True),
    ],
)
def test_below_seven_in_any_part_or_another_way_opens_work_it_out_together(
    feel: str, scores: dict[str, int], wanted: bool
) -> None:
    assert rules.wants_approach(feel, scores) is wanted


def test_the_hardest_part_comes_first() -> None:
    assert rules.hard({"whom": 6, "what": 7, "words": 2}) == ["words", "whom"]


@given(LINES)
def test_nothing_changed_shows_no_change(lines: list[Line]) -> None:
    assert rules.changes(lines, lines) == []


@given(LINES, LINES)
def test_every_field_that_differs_is_told_once(was: list[Line], now: list[Line]) -> None:
    before, after = ({each.field: each.text.split() for each in lines} for lines in (was, now))
    differ = {field for field in {*before, *after} if before.get(field) != after.get(field)}
    assert sorted(change.label for change in rules.changes(was, now)) == sorted(field.title() for field in differ)


def test_words_get_quotation_marks_unless_they_bring_their_own() -> None:
    assert line("words", "short_words", "Hm").quoted == "“Hm”"
    assert line("words", "short_words", "“Hm”").quoted == "“Hm”"


@pytest.mark.parametrize("step", list(Step))
def test_it_is_put_forward_from_its_own_step_on(step: Step) -> None:
    assert rules.may_give(step) is (step >= Step.AGREE)
