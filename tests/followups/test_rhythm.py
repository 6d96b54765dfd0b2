"""The rhythm, pure: when the two talk again (M34)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goodword.followups import rules, wording
from goodword.followups.models import Rhythm

LONDON = "Europe/London"


@dataclass(frozen=True)
class Turn:
    """A rhythm without a database."""

    rule: str
    starts_on: dt.date
    zone: str = LONDON
    wall: dt.time = dt.time(10)
    counts_from: str = "calendar"


def turn(kind: str, starts_on: dt.date, **more: object) -> Turn:
    """Return the rhythm of a choice."""
    counts_from = "contact" if kind == "after_contact" else "calendar"
    return Turn(rules.rule_for(kind, starts_on, **more), starts_on, counts_from=counts_from)  # type: ignore[arg-type]


def day(rhythm: Turn, last: dt.date | None, now: dt.date) -> dt.date:
    """Return the next date as a day in London."""
    moment = rules.next_date(rhythm, last, dt.datetime.combine(now, dt.time(8), dt.UTC))
    return moment.astimezone(ZoneInfo(rhythm.zone)).date()


def test_the_first_date_is_the_one_chosen() -> None:
    assert day(turn("monthly", dt.date(2026, 6, 11)), None, dt.date(2026, 5, 1)) == dt.date(2026, 6, 11)


def test_monthly_on_the_31st_falls_on_the_last_day_of_shorter_months() -> None:
    monthly = turn("monthly", dt.date(2027, 1, 31))
    assert day(monthly, dt.date(2027, 1, 31), dt.date(2027, 2, 1)) == dt.date(2027, 2, 28)
    assert day(monthly, dt.date(2027, 2, 28), dt.date(2027, 3, 1)) == dt.date(2027, 3, 31)
    assert day(monthly, dt.date(2027, 3, 31), dt.date(2027, 4, 1)) == dt.date(2027, 4, 30)
    assert day(turn("monthly", dt.date(2028, 1, 30)), dt.date(2028, 1, 30), dt.date(2028, 2, 1)) == dt.date(2028, 2, 29)


def test_quarterly_on_the_31st_clamps_too() -> None:
    assert day(turn("quarterly", dt.date(2026, 8, 31)), dt.date(2026, 8, 31), dt.date(2026, 9, 1)) == dt.date(
        2026, 11, 30
    )


@pytest.mark.parametrize(
    ("begins", "then", "said"),
    [
        (dt.date(2026, 6, 11), dt.date(2026, 7, 9), "The second Thursday of the month"),
        (dt.date(2026, 6, 2), dt.date(2026, 7, 7), "The first Tuesday of the month"),
        (
            dt.date(2026, 6, 30),
            dt.date(2026, 7, 28),
            "The last Tuesday of the month",
        ),  # a fifth one: not every month has it
    ],
)
def test_a_weekday_of_the_month_is_the_one_of_the_first_date(begins: dt.date, then: dt.date, said: str) -> None:
    rhythm = turn("weekday", begins)
    assert day(rhythm, None, begins - dt.timedelta(days=9)) == begins
    assert day(rhythm, begins, begins + dt.timedelta(days=1)) == then
    row = Rhythm(kind="weekday", rule=rhythm.rule, zone=LONDON, wall=dt.time(10))
    assert wording.rhythm_words(row) == f"{said}, at 10:00, London time"


def test_six_weeks_after_we_last_spoke_counts_from_the_contact() -> None:
    assert day(turn("after_contact", dt.date(2026, 1, 1)), dt.date(2026, 5, 6), dt.date(2026, 5, 7)) == dt.date(
        2026, 6, 17
    )


def test_a_contact_shortly_before_a_turn_lets_that_turn_pass() -> None:
    monthly = turn("monthly", dt.date(2026, 1, 5))
    assert day(monthly, dt.date(2026, 5, 3), dt.date(2026, 5, 4)) == dt.date(2026, 6, 5)
    assert day(monthly, dt.date(2026, 5, 12), dt.date(2026, 5, 13)) == dt.date(2026, 6, 5)


def test_a_rhythm_of_ones_own() -> None:
    assert day(
        turn("own", dt.date(2026, 5, 4), number=3, unit="weeks"), dt.date(2026, 5, 4), dt.date(2026, 5, 5)
    ) == dt.date(2026, 5, 25)
    assert day(
        turn("own", dt.date(2026, 5, 31), number=2, unit="months"), dt.date(2026, 7, 31), dt.date(2026, 8, 1)
    ) == dt.date(2026, 9, 30)


def test_ten_oclock_stays_ten_oclock_when_the_clocks_change() -> None:
    monthly = turn("monthly", dt.date(2026, 3, 15))
    before = rules.next_date(monthly, None, dt.datetime(2026, 3, 1, tzinfo=dt.UTC))
    after = rules.next_date(monthly, dt.date(2026, 3, 15), dt.datetime(2026, 3, 16, tzinfo=dt.UTC))
    assert before == dt.datetime(2026, 3, 15, 10, tzinfo=dt.UTC)
    assert after == dt.datetime(2026, 4, 15, 9, tzinfo=dt.UTC)


def test_an_hour_the_clocks_skip_moves_on_with_them() -> None:
    skipped = Turn("FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1", dt.date(2026, 3, 29), wall=dt.time(1, 30))
    moment = rules.next_date(skipped, None, dt.datetime(2026, 3, 1, tzinfo=dt.UTC))
    assert moment.astimezone(ZoneInfo(LONDON)).time() == dt.time(2, 30)


def test_a_missed_turn_waits_for_the_next_one_and_a_missed_wait_ends_on_a_working_day() -> None:
    assert day(turn("monthly", dt.date(2026, 1, 5)), dt.date(2026, 1, 5), dt.date(2026, 6, 20)) == dt.date(2026, 7, 5)
    late = day(turn("after_contact", dt.date(2026, 1, 1)), dt.date(2026, 1, 1), dt.date(2026, 6, 20))
    assert late == dt.date(2026, 6, 22)  # the 20th is a Saturday


def test_a_rhythm_slips_only_after_some_grace() -> None:
    monthly = turn("monthly", dt.date(2026, 1, 5))
    assert rules.slips_since(monthly, dt.date(2026, 5, 5)) == dt.date(2026, 6, 15)
    assert rules.slips_since(None, dt.date(2026, 5, 5)) == dt.date(2026, 6, 15)


def test_the_agreement_is_read_once_a_year_or_on_its_own_date() -> None:
    today = dt.date(2026, 6, 1)
    assert rules.yearly_due(dt.date(2025, 5, 30), dt.date(2027, 1, 1), today)
    assert rules.yearly_due(dt.date(2026, 5, 30), today, today)
    assert not rules.yearly_due(dt.date(2026, 5, 30), dt.date(2026, 6, 2), today)
    assert not rules.yearly_due(None, None, today)


days = st.dates(dt.date(2024, 1, 1), dt.date(2030, 12, 31))
zones = st.sampled_from([LONDON, "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "UTC"])


@settings(max_examples=150, deadline=None)
@given(
    kind=st.sampled_from(rules.KINDS),
    starts=days,
    zone=zones,
    wall=st.times(),
    last=st.none() | days,
    now=days,
    number=st.integers(1, 12),
    unit=st.sampled_from(rules.UNITS),
)
def test_the_next_date_is_always_ahead_and_at_its_time(
    kind: str, starts: dt.date, zone: str, wall: dt.time, last: dt.date | None, now: dt.date, number: int, unit: str
) -> None:
    wall = wall.replace(tzinfo=None, fold=0)
    rhythm = Turn(
        rules.rule_for(kind, starts, number, unit),
        starts,
        zone,
        wall,
        "contact" if kind == "after_contact" else "calendar",
    )
    moment = dt.datetime.combine(now, dt.time(12), dt.UTC)
    found = rules.next_date(rhythm, last, moment)
    assert found > moment
    local = found.astimezone(ZoneInfo(zone))
    same_wall = local.replace(tzinfo=None).time() == wall
    skipped = (
        dt.datetime.combine(local.date(), wall, ZoneInfo(zone)).astimezone(dt.UTC).astimezone(ZoneInfo(zone)).time()
        != wall
    )
    assert same_wall or skipped
    if last is not None:
        assert rules.day_due(rhythm, last) > last


@pytest.mark.parametrize("label", [(2025, 4), (2026, 1), (2026, 2)])
def test_seasons_count_by_the_day_a_lead_was_given(label: tuple[int, int]) -> None:
    leads = [
        rules.LeadToCount(dt.date(2026, 1, 5), dt.date(2026, 1, 7), "work"),
        rules.LeadToCount(dt.date(2026, 2, 5), None, "quiet"),
        rules.LeadToCount(dt.date(2026, 5, 5), dt.date(2026, 5, 5), "nothing"),
    ]
    labels = rules.quarters(dt.date(2025, 12, 1), dt.date(2026, 6, 1))
    assert labels == [(2025, 4), (2026, 1), (2026, 2)]
    found = {season.label: season for season in rules.seasons(leads, labels)}[label]
    assert (found.given, found.reported, found.days) == {
        (2025, 4): (0, 0, None),
        (2026, 1): (2, 1, 2),
        (2026, 2): (1, 1, 0),
    }[label]
