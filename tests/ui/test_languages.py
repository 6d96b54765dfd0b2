"""Numbers, amounts and lists of names are written as the reader's language writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import override_settings
from django.utils import translation

from goodword.ui import languages, words


@pytest.mark.parametrize(
    ("language", "number", "money", "names", "brief"),
    [
        ("en-gb", "1,250.5", "1250.50 EUR", "Ada, Ben and Tom", "Ada, Ben"),
        ("de", "1.250,5", "1250,50 EUR", "Ada, Ben und Tom", "Ada und Ben"),
    ],
)
def test_each_language_writes_numbers_amounts_and_names_its_own_way(
    language: str, number: str, money: str, names: str, brief: str
) -> None:
    with override_settings(LANGUAGES=[("en-gb", "English"), ("de", "Deutsch")]), translation.override(language):
        assert languages.number(1250.5) == number
        assert languages.money(Decimal("1250.500"), "EUR", 2) == money
        assert languages.series(["Ada", "Ben", "Tom"]) == names
        assert languages.series(["Ada", "Ben"], brief=True) == brief


def test_a_list_of_names_is_joined_as_a_sentence_has_it_and_escaped() -> None:
    assert [words.series(some) for some in ([], ["Ada"], ["Ada", "Ben"])] == ["", "Ada", "Ada and Ben"]
    assert words.series(["A & B", "<Ben>", "{0}"]) == "A &amp; B, &lt;Ben&gt; and {0}"


def test_a_count_is_a_word_up_to_twelve_and_grouped_digits_from_there() -> None:
    assert [words.number(count) for count in (0, 12, 13, 1200)] == ["no", "twelve", "13", "1,200"]
