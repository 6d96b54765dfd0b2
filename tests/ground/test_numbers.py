"""What is a number to ring, and which spellings are the same one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goodword.ground import numbers

SPELLINGS = [
    "0161 496 0111",
    "+44 161 496 0111",
    "+44 (0)161 496 0111",
    "0044 161 4960111",
    "(0161) 496-0111",
    "0161.496.0111",
    "tel:+441614960111",
    "Tel0161/4960111",
    "０１６１ ４９６ ０１１１",
    "٠١٦١ ٤٩٦ ٠١١١",
]


@pytest.mark.parametrize("typed", SPELLINGS)
@pytest.mark.parametrize("country", ["GB", "DE", "US", "NO", ""])
def test_a_number_is_known_again_however_it_is_written(typed: str, country: str) -> None:
    assert numbers.match_keys(typed, country) & numbers.match_keys(SPELLINGS[0], "GB")


@pytest.mark.parametrize(
    ("one", "other", "country"),
    [
        ("22 12 34 56", "+47 22123456", "NO"),
        ("905-555-1234", "+1 (905) 555 1234", "CA"),
        ("030 1234567", "+49 30 1234567", "DE"),
        ("06 12 34 56 78", "+33 6 12 34 56 78", "FR"),
        ("8 (495) 123-45-67", "+7 495 123 45 67", "RU"),
        ("0161 496 0111 / 07700 900123", "07700900123", "GB"),
        ("0161 496 0111 07700 900123", "+447700900123", "GB"),
    ],
)
def test_national_and_international_form_are_the_same(one: str, other: str, country: str) -> None:
    assert numbers.match_keys(one, country) & numbers.match_keys(other, "")


def test_two_numbers_are_not_one() -> None:
    assert not numbers.match_keys("0161 496 0111", "GB") & numbers.match_keys("0161 496 0112", "GB")


def test_the_country_is_the_writer_s_own() -> None:
    assert numbers.country_of("Europe/Berlin") == "DE"
    assert numbers.country_of("America/New_York", "+49 30 1234567") == "DE"
    assert numbers.country_of("Nowhere/None", "0161 496 0111") == ""


@pytest.mark.parametrize(
    "said",
    [
        "on 22/5/2026 at 10.00",
        "22/5/26 10:00",
        "2026-05-22 10:00-11:30",
        "22.05.2026 - 24.05.2026",
        "from 2019-2026",
        "2019, 2020, 2021",
        "2020/21 and 2021/22",
        "1914–18",
        "20260522",
        "between 1 January 2026 and 31 December 2027",
        "9.00 - 17.00",
        "Mon 9.30–17.30, Sat 10.00–12.00",
        "£1,250,000",
        "£250,000 to £1,000,000",
        "1 250 000 euros",
        "EUR 1.250.000,00",
        "turnover of 12 000 000",
        "a turnover of 12000000",
        "10 000 - 20 000",
        "1,200 - 1,500 people",
        "12 vans, 40 staff since 2019",
    ],
)
def test_dates_years_hours_and_amounts_are_no_numbers_to_ring(said: str) -> None:
    assert not numbers.has_number(f"They fit, {said}, as it is.", "GB")


@pytest.mark.parametrize(
    "said",
    [
        *SPELLINGS,
        "+1 905 555 1234",
        "905-555-1234",
        "555-1234",
        "496 0111",
        "01.42.68.53.00",
        "01 42 68 53 00",
        "06-12-34-56-78",
        "22 12 34 56",
        "mobile07700900123",
        "since 2019 0161 496 0111",
        "in 2026, 0161 496 0111",
        "£5000, 0161 496 0111",
        "£ 0161 496 0111",
        "0161 496 0111 people say",
        "2026 555 0147",
        "0161 496 0111 07700 900123",
    ],
)
def test_what_is_meant_to_be_held_back_still_is(said: str) -> None:
    assert numbers.has_number(f"They fit, {said}, as it is.", "GB")


@given(st.text(alphabet="0123456789 +()-./:,£€€a", max_size=80), st.sampled_from(["GB", "US", "", "DE"]))
def test_whatever_stands_there_is_read(text: str, country: str) -> None:
    numbers.has_number(text, country)
    numbers.match_keys(text, country)


def test_no_text_keeps_the_page_busy() -> None:
    begin = time.process_time()
    for text in ("1" * 3000, "1 " * 1500, "12/" * 1000, "€1" * 1500, "1.000" * 600, "0161 496 0111 " * 200):
        numbers.has_number(text, "GB")
        numbers.match_keys(text, "GB")
    assert time.process_time() - begin < 3
