"""A lead whose name may not be known yet is called by whole words of whoever gave it, and not by a sentence cut off."""

from __future__ import annotations

import pytest

from goodword.leads import rules

LONG = "who have taken the shop beside the station and would like a kitchen in which three people can work at once."


@pytest.mark.parametrize(
    ("why", "called"),
    [
        ("A cold shop. They asked twice.", "A cold shop"),
        (f"Two brothers asking about an island, {LONG}", "Two brothers asking about an island"),
        (f"A bakery that moves in spring – two brothers {LONG}", "A bakery that moves in spring"),
        (f"Yes, two brothers, from Marple, {LONG}", "Yes, two brothers, from Marple"),
    ],
)
def test_it_is_called_by_its_first_sentence_or_by_the_clauses_of_it_that_fit(why: str, called: str) -> None:
    assert rules.first_sentence(why) == called


def test_only_a_sentence_without_a_break_is_cut_and_says_so() -> None:
    called = rules.first_sentence("word " * 60)
    assert called.endswith("word…") and len(called) <= rules.DESCRIPTION + 1
