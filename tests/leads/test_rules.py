"""The pure rules of leads."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.ground.reach import Contact
from goodword.leads import currencies, rules
from goodword.relationships.steps import Step

THURSDAY = dt.date(2026, 3, 5)


@dataclass
class Said:
    """A report, as far as the rules know it."""

    id: int
    outcome: str
    replaces_id: int | None = None


def test_only_the_last_step_gives() -> None:
    assert [step for step in Step if rules.may_give(step)] == [Step.ADVOCATE]


def test_working_days_leave_out_the_weekend() -> None:
    assert rules.working_days_after(THURSDAY, 2) == dt.date(2026, 3, 9)
    assert rules.working_days_after(THURSDAY, 0) == THURSDAY


@given(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), st.integers(1, 60))
def test_a_promise_always_ends_on_a_working_day(day: dt.date, count: int) -> None:
    end = rules.working_days_after(day, count)
    assert end.weekday() < 5
    assert sum((day + dt.timedelta(days=n)).weekday() < 5 for n in range(1, (end - day).days + 1)) == count


def test_a_promise_runs_only_once_there_is_somebody_to_speak_to() -> None:
    assert rules.promise("ask", False, THURSDAY, (2, 5)) == (None, None)
    assert rules.promise("card", False, THURSDAY, (2, 5)) == (None, None)
    assert rules.promise("together", False, THURSDAY, (2, 5)) == (dt.date(2026, 3, 9), dt.date(2026, 3, 12))
    assert rules.promise("ask", True, THURSDAY, (1, 1))[0] == dt.date(2026, 3, 6)


def test_a_correction_replaces_and_a_taken_back_report_stands_no_more() -> None:
    assert [r.id for r in rules.standing([Said(1, "spoke"), Said(2, "client", 1), Said(3, "meeting")])] == [2, 3]
    assert rules.standing([Said(1, "spoke"), Said(2, rules.TAKEN_BACK, 1)]) == []


@pytest.mark.parametrize(
    ("state", "outcome", "route", "named", "received", "waits"),
    [
        ("offered", "", "now", True, True, "answer"),
        ("accepted", "", "now", True, True, "word"),
        ("accepted", "", "ask", False, True, ""),
        ("accepted", "", "ask", False, False, "agreement"),
        ("accepted", "", "card", False, True, ""),
        ("accepted", "spoke", "now", True, True, ""),
        ("sent_back", "", "now", True, True, ""),
        ("offered", "", "now", True, False, ""),
        ("offered", "", "call", False, True, "answer"),
        ("offered", "", "call", False, False, ""),
        ("accepted", "", "call", False, False, "call"),
        ("accepted", "", "call", True, True, "word"),
    ],
)
def test_what_a_lead_waits_for(state: str, outcome: str, route: str, named: bool, received: bool, waits: str) -> None:
    assert rules.waits_for(state, outcome, route, named, received=received) == waits


@given(st.sampled_from(rules.STATES), st.sampled_from(("", *rules.OUTCOMES)))
def test_every_lead_ends_in_one_thread_of_the_picture(state: str, outcome: str) -> None:
    assert rules.group(state, outcome) in rules.GROUPS


def test_reminders_come_by_daylight_twice_and_days_apart() -> None:
    zone = ZoneInfo("Europe/London")
    friday = dt.datetime(2026, 3, 6, 9, tzinfo=zone)
    assert rules.may_remind(THURSDAY, friday, 0, None)
    assert not rules.may_remind(THURSDAY, friday.replace(hour=7), 0, None)
    assert not rules.may_remind(THURSDAY, friday.replace(hour=19), 0, None)
    assert not rules.may_remind(THURSDAY, friday.replace(day=5), 0, None)
    assert not rules.may_remind(THURSDAY, friday.replace(day=7), 0, None), "not on a Saturday"
    assert not rules.may_remind(THURSDAY, friday.replace(day=12), 1, friday.date())
    assert rules.may_remind(THURSDAY, friday.replace(day=13), 1, friday.date())
    assert not rules.may_remind(THURSDAY, friday.replace(day=30), 2, friday.date())


def test_a_lead_is_called_by_its_first_sentence() -> None:
    assert (
        rules.first_sentence("New kitchen in Romiley, house in one name. She said so.")
        == "New kitchen in Romiley, house in one name"
    )
    assert rules.first_sentence("A dentist\nwho moves") == "A dentist"
    long = rules.first_sentence("word " * 60)
    assert len(long) <= rules.DESCRIPTION and long.endswith("…")


@pytest.mark.parametrize(
    ("why", "title"),
    [
        ("She teaches at St. Mary’s in Hyde. Her will is from 1998.", "She teaches at St. Mary’s in Hyde"),
        ("Runs a café (e.g. weddings). Asked me twice.", "Runs a café (e.g. weddings)"),
        ("Her mother moves in with them, approx. in May. They build.", "Her mother moves in with them, approx. in May"),
        ("“Do you know somebody?” She asked it twice.", "“Do you know somebody?”"),
        ("Is moving! Soon.", "Is moving!"),
        ("She lives at number 5. So do I. Ring her.", "She lives at number 5"),
        ("She is as keen as I. Ring her.", "She is as keen as I"),
        ("Her shop is moor.example. Ring her.", "Her shop is moor.example"),
        ("Sie baut z.B. Öfen. Bald.", "Sie baut z.B. Öfen"),
        ("Herr J. Brandt sucht Hilfe. Bald.", "Herr J. Brandt sucht Hilfe"),
    ],
)
def test_a_leads_title_is_a_whole_sentence_and_a_short_form_does_not_end_it(why: str, title: str) -> None:
    assert rules.first_sentence(why) == title


@given(st.lists(st.text(alphabet="abcdefg", min_size=1, max_size=12), min_size=1, max_size=60))
def test_no_title_is_cut_within_a_word(words: list[str]) -> None:
    title = rules.first_sentence(" ".join(words))
    assert len(title) <= rules.DESCRIPTION
    kept = title.removesuffix("…").split()
    assert kept == words[: len(kept)] and title.endswith("…") == (len(kept) < len(words))


@pytest.mark.parametrize(
    ("text", "name", "reach", "held"),
    [
        ("A solicitor in town", "Ann Sorrell", "", ""),
        ("ask for SORRELL", "Ann Sorrell", "", "name"),
        ("ring 0161 496 0111", "", "", "reach"),
        ("write to a@b.example", "", "", "reach"),
        ("The owner of a shop", "The Okafors", "", ""),
        ("They have 12 vans and 40 staff since 2019", "Bo Ek", "", ""),
        ("Bo Ek has a café", "Bo Ek", "", "name"),
        ("Jo has a café", "Jo", "", "name"),
        ("An accountant in town, an Ek of sorts", "Bo Ek", "", ""),
        ("Jose has a café", "José", "", "name"),
        ("Jose\u0301 has a café", "José Pérez", "", "name"),
        ("我的朋友王芳开了一家店", "王芳", "", "name"),
        ("我的朋友开了一家店", "王芳", "", ""),
    ],
)
def test_words_that_cross_at_once_hold_no_name(text: str, name: str, reach: str, held: str) -> None:
    assert rules.gives_away(text, Contact(name, reach), "GB") == held


@pytest.mark.parametrize(
    ("amount", "code", "said"),
    [("1250.500", "EUR", "1250.50 EUR"), ("1250.000", "JPY", "1250 JPY"), ("1250.505", "KWD", "1250.505 KWD")],
)
def test_an_amount_has_the_decimals_of_its_currency(amount: str, code: str, said: str) -> None:
    assert currencies.amount_words(Decimal(amount), code) == said and currencies.fits(Decimal(amount), code)
    assert not currencies.fits(Decimal("0.5005"), code)
    assert {len(each) for each in currencies.CODES} == {3} and len(set(currencies.CODES)) == len(currencies.CODES)


@given(st.text(max_size=40))
def test_no_cell_is_a_formula(text: str) -> None:
    assert rules.safe_cell(text).lstrip()[:1] not in ("=", "+", "-", "@")
