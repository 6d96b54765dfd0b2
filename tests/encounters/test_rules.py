"""The pure rules: equal halves and the clock."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from goodword.encounters import rules
from goodword.encounters.rules import Mark, Slot
from goodword.relationships.steps import Step

NOON = dt.datetime(2026, 6, 11, 12, tzinfo=dt.UTC)
SLOTS = st.lists(st.builds(Slot, st.sampled_from(["proposer", "invited", "both"]), st.integers(1, 60)), max_size=20)


@given(st.lists(st.integers(0, 90), min_size=1, max_size=25), st.integers(1, 400))
def test_spread_minutes_add_up_and_leave_none_out(minutes: list[int], total: int) -> None:
    assume(total >= len(minutes))
    new = rules.spread(minutes, total)
    assert sum(new) == total
    assert min(new) >= 1


@given(SLOTS, st.integers(1, 300))
def test_fitting_to_a_length_keeps_both_halves_equal(slots: list[Slot], total: int) -> None:
    try:
        fitted = rules.fit(slots, total, equal=True)
    except ValueError:
        return
    halves = rules.halves_of(slots)
    if len(halves) == 2:
        assert rules.total_of(fitted, halves[0]) == rules.total_of(fitted, halves[1])
    assert [slot.half for slot in fitted] == [slot.half for slot in slots]
    assert all(slot.minutes >= 1 for slot in fitted)
    assert total - sum(slot.minutes for slot in fitted) in (0, 1) or not slots


@given(SLOTS, st.sampled_from(["proposer", "invited"]))
def test_when_one_half_changes_the_other_follows(slots: list[Slot], changed: str) -> None:
    assume(set(rules.halves_of(slots)) == {"proposer", "invited"})
    try:
        even = rules.even_up(slots, changed)
    except ValueError:
        return
    assert rules.total_of(even, "proposer") == rules.total_of(even, "invited") == rules.total_of(slots, changed)
    assert rules.total_of(even, "both") == rules.total_of(slots, "both")


def test_more_items_than_minutes_cannot_be_fitted() -> None:
    with pytest.raises(ValueError, match="more items"):
        rules.fit([Slot("both", 1)] * 9, 8, equal=True)


def after(minutes: float, *marks: Mark) -> rules.Reading:
    """Return the clock of an hour in two halves, some minutes past noon."""
    return rules.read(marks, 1800, 1800, NOON + dt.timedelta(minutes=minutes))


def at(minutes: float, verb: str, half: str = "", item: int = 0) -> Mark:
    """Return a mark made some minutes past noon."""
    return Mark(verb, NOON + dt.timedelta(minutes=minutes), half, item)


START = at(0, "start", "invited")


def test_the_clock_runs_from_its_start_and_turns_by_itself_at_half_time() -> None:
    assert after(18, START).elapsed == 18 * 60
    assert not after(29.9, START).in_second
    over = after(30.5, START)
    assert over.in_second
    assert over.turned_at == NOON + dt.timedelta(minutes=30)
    assert over.sign == "half"


def test_a_paused_clock_stands_still_and_goes_on_where_it_stood() -> None:
    marks = (START, at(10, "pause"), at(25, "resume"))
    assert after(20, *marks[:2]).elapsed == 600
    assert after(20, *marks[:2]).paused
    assert after(30, *marks).elapsed == 15 * 60


def test_going_to_the_second_half_early_skips_what_is_left_of_the_first() -> None:
    reading = after(12, START, at(12, "turn"))
    assert reading.in_second
    assert reading.elapsed == reading.first_seconds
    assert after(20, START, at(12, "turn"), at(15, "turn")).elapsed == 1800 + 8 * 60


def test_a_minute_given_in_the_first_half_comes_out_of_the_second() -> None:
    reading = after(10, START, at(9, "give"))
    assert (reading.first_seconds, reading.second_seconds) == (1860, 1740)
    assert after(50, START, at(45, "give")).total == 3660


def test_it_says_so_five_minutes_before_the_end_and_at_the_end() -> None:
    assert after(54, START).sign == ""
    assert after(55, START).sign == "five"
    assert after(61, START).sign == "over"
    assert not after(61, START).running


@given(
    st.lists(
        st.tuples(st.integers(0, 200), st.sampled_from(["start", "pause", "resume", "turn", "give", "next", "stop"])),
        max_size=12,
        unique_by=lambda one: one[0],
    ),
    st.floats(0, 300),
)
def test_whatever_is_pressed_the_clock_never_runs_backwards_or_beyond_its_end(
    pressed: list[tuple[int, str]], now: float
) -> None:
    marks = [at(minute, verb, "proposer", 1) for minute, verb in pressed if minute <= now]
    reading = after(now, *marks)
    assert 0 <= reading.elapsed <= reading.total
    assert reading.elapsed <= now * 60 + reading.first_seconds + 1e-6
    if "start" not in [mark.verb for mark in marks]:
        assert reading.elapsed == 0
    assert after(now, *reversed(marks)).elapsed == reading.elapsed


def test_whoever_begins_the_items_of_their_half_come_first() -> None:
    halves = ["both", "proposer", "proposer", "invited", "both"]
    assert rules.in_order(halves, "invited") == [0, 3, 1, 2, 4]
    assert rules.in_order(halves, "proposer") == [0, 1, 2, 3, 4]
    assert rules.in_order(["both", "both"], "invited") == [0, 1]


def test_an_encounter_from_before_a_step_belongs_to_the_one_before_unless_recorded_for_it() -> None:
    day, since = dt.date(2026, 6, 1), dt.date(2026, 6, 5)
    assert rules.step_of(day, since, Step.SECOND_BRIEFING, counts_now=False) is Step.FIRST_BRIEFING
    assert rules.step_of(day, since, Step.SECOND_BRIEFING, counts_now=True) is Step.SECOND_BRIEFING
    assert rules.step_of(since, since, Step.AGREE, counts_now=False) is Step.AGREE
    assert rules.step_of(day, since, Step.EXPLORE, counts_now=False) is Step.EXPLORE
