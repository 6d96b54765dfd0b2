"""What may become of a reservation; the order of prompts; the ten; the quiet line."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.reservations.rules import (
    OVER,
    State,
    TalkTurn,
    TenChange,
    after,
    changes,
    following,
    in_order,
    quiet_line,
)


@dataclass(frozen=True)
class Prompt:
    id: str
    trades: tuple[str, ...] = ()


@given(st.sampled_from(State), st.lists(st.sampled_from(list(TalkTurn))))
def test_the_other_side_never_settles_breaks_withdraws_or_reopens(state: State, turns: list[TalkTurn]) -> None:
    for turn in turns:
        to = after(state, turn, owner=False)
        assert to is None or turn is TalkTurn.SPEAK
        if to is not None:
            assert to == state or (state, to) == (State.OPEN, State.IN_DISCUSSION)


@given(st.lists(st.sampled_from(list(TalkTurn))))
def test_a_deal_breaker_stays_until_it_is_withdrawn(turns: list[TalkTurn]) -> None:
    state = State.DEAL_BREAKER
    for turn in turns:
        to = after(state, turn, owner=True)
        if state is State.DEAL_BREAKER and turn is not TalkTurn.WITHDRAW:
            assert to in (None, State.DEAL_BREAKER)
        state = to or state


@pytest.mark.parametrize("state", sorted(OVER))
def test_talking_does_not_reopen_what_is_settled(state: State) -> None:
    assert after(state, TalkTurn.SPEAK, owner=True) == state


def test_prompts_likeliest_in_the_trade_come_first_and_those_of_other_trades_last() -> None:
    prompts = [Prompt("elsewhere", ("transport",)), Prompt("general"), Prompt("here", ("legal",))]
    assert [each.id for each in in_order(prompts, "Legal advice")] == ["here", "general", "elsewhere"]


def test_after_the_last_question_there_is_none() -> None:
    assert following(["a", "b"], "a") == "b"
    assert following(["a", "b"], "b") is None
    assert following(["a", "b"], "strange") is None


def test_only_what_changed_since_last_time_is_told() -> None:
    before = [("Mrs P", "no"), ("B", "yes")]
    assert changes(before, [("mrs p", "yes"), ("B", "yes"), ("New", "no"), ("Unasked", "")]) == [
        TenChange("mrs p", "no", "yes"),
        TenChange("New", None, "no"),
    ]


@given(st.lists(st.integers(0, 4), max_size=30))
def test_the_quiet_line_stays_within_its_box(levels: list[int]) -> None:
    line = quiet_line(levels)
    assert (line == "") == (len(levels) < 2)
    points = [point.split() for point in line.removeprefix("M").split("L") if point]
    assert all(0 <= float(x) <= 300 and 0 <= float(y) <= 60 for x, y in points)
