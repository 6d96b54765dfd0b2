"""Rules of teaching: no Django needed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.relationships.steps import Step
from goodword.teaching.rules import content
from goodword.teaching.rules.content import Feel, TaughtLine

LINES = st.lists(
    st.builds(
        lambda f, t: TaughtLine("whom", f, f.title(), t), st.sampled_from("abcde"), st.text(min_size=1, max_size=9)
    ),
    max_size=5,
    unique_by=lambda line: line.field,
)


def line(part: str, field: str, text: str) -> TaughtLine:
    return TaughtLine(part, field, field.title(), text)


def test_whom_what_and_words_are_each_said_before_it_is_taught() -> None:
    assert content.missing([]) == ["whom", "what", "words"]
    assert content.missing([line("whom", "place", "Marple"), line("words", "short_words", "Hm")]) == ["what"]


@pytest.mark.parametrize(
    ("feel", "scores", "wanted"),
    [
        (Feel.TODAY, {}, ()),
        (Feel.PRACTICE, {"whom": 7, "what": 10}, ()),
        (Feel.TODAY, {"whom": 9, "words": 6, "route": 0}, ("words", "route")),
        (Feel.OTHER, {"what": 0}, ("what",)),
        (Feel.OTHER, {}, (content.WHOLE,)),
        (Feel.OTHER, {"whom": 9}, (content.WHOLE,)),
    ],
)
def test_each_item_below_seven_or_another_way_opens_work_it_out_together(
    feel: str, scores: dict[str, int], wanted: tuple[str, ...]
) -> None:
    assert content.hard(feel, scores) == wanted


def test_an_approach_settles_its_item_and_one_to_all_of_it_settles_all() -> None:
    assert content.open_items(("whom", "words"), ["words"]) == ("whom",)
    assert content.open_items(("whom", "words"), [content.WHOLE]) == ()
    assert content.open_items((content.WHOLE,), ["words"]) == (content.WHOLE,)


def test_the_way_to_get_hold_of_somebody_is_no_item_to_rate() -> None:
    assert content.items([line("words", "short_words", "Hm"), line("route", content.REACH, "0161")]) == ["words"]


@given(LINES)
def test_nothing_changed_shows_no_change(lines: list[TaughtLine]) -> None:
    assert content.changes(lines, lines) == []


@given(LINES, LINES)
def test_every_field_that_differs_is_told_once(was: list[TaughtLine], now: list[TaughtLine]) -> None:
    before, after = ({each.field: each.text.split() for each in lines} for lines in (was, now))
    differ = {field for field in {*before, *after} if before.get(field) != after.get(field)}
    assert sorted(change.label for change in content.changes(was, now)) == sorted(field.title() for field in differ)


def test_words_get_quotation_marks_unless_they_bring_their_own() -> None:
    assert line("words", "short_words", "Hm").in_quotes == "“Hm”"
    assert line("words", "short_words", "“Hm”").in_quotes == "“Hm”"


@pytest.mark.parametrize("step", list(Step))
def test_it_is_put_forward_from_its_own_step_on(step: Step) -> None:
    assert content.may_give(step) is (step >= Step.AGREE)
