"""Practice: short recall cards made from what was taught, for oneself alone (M30 to M33)."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from goodword.relationships.steps import Step
from goodword.teaching import wording
from goodword.teaching.practice import Practice
from goodword.teaching.rules import recall
from goodword.teaching.rules.content import TaughtLine
from goodword.teaching.rules.recall import Deck, Recollection
from tests.cast import Cast, signed_in
from tests.teaching.secrets import taught

MONDAY = dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC)


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the cast in the step in which they teach, with Ben's teaching before Ada."""
    cast = Cast(at=Step.AGREE)
    taught(cast.ben)
    return cast


def practice(cast: Cast, browser: Client | None = None) -> str:
    """Return the page of practice as text."""
    return (browser or cast.ada_browser).get(reverse("teaching-practice", args=[cast.key])).content.decode()


def send(cast: Cast, name: str, **what: object) -> None:
    """Send one of its forms as Ada."""
    cast.ada_browser.post(reverse(name, args=[cast.key]), what)


def answer_all(cast: Cast, came: Recollection) -> int:
    """Answer every card that is asked; return how many there were."""
    asked = 0
    while field := re.search(r'name="field" value="(\w+)"', practice(cast)):
        send(cast, "teaching-practice-answer", field=field[1], came=came.value)
        asked += 1
    return asked


def test_cards_made_from_the_teaching_are_asked_once_and_come_round_a_week_later_at_the_earliest(cast: Cast) -> None:
    with time_machine.travel(MONDAY, tick=False) as clock:
        assert "Two minutes a week" in practice(cast)
        send(cast, "teaching-practice")
        first = practice(cast)
        assert "Which words would make you think of Ben?" in first
        assert "We cannot open the oven" in first
        assert answer_all(cast, Recollection.WELL) == 7
        assert "7 December 2026" in practice(cast)
        clock.shift(dt.timedelta(days=3))
        assert answer_all(cast, Recollection.WELL) == 0
        clock.shift(dt.timedelta(days=4))
        assert answer_all(cast, Recollection.WELL) == 7
        clock.shift(dt.timedelta(days=7))
        assert answer_all(cast, Recollection.WELL) == 0, "what is known well comes round less often"


def test_what_is_taught_otherwise_is_asked_anew_and_what_was_not_known_comes_first(cast: Cast) -> None:
    with time_machine.travel(MONDAY, tick=False) as clock:
        send(cast, "teaching-practice")
        answer_all(cast, Recollection.AT_ONCE)
        taught(cast.ben, moment="The last child has moved out")
        clock.shift(dt.timedelta(days=7))
        assert "The last child has moved out" in practice(cast)
        assert answer_all(cast, Recollection.NOT_YET) == 1
        clock.shift(dt.timedelta(days=7))
        assert "What happens to somebody just before they need Ben?" in practice(cast)


def test_nobody_else_learns_of_it_not_even_a_colleague_and_stopping_deletes_it(cast: Cast) -> None:
    abe = signed_in(cast.abe.person)
    before = [practice(cast, browser) for browser in (abe, cast.ben_browser)]
    send(cast, "teaching-practice")
    answer_all(cast, Recollection.ROUGHLY)
    hidden = [re.sub(r'value="[^"]{30,}"', "", page) for page in before]
    now = [re.sub(r'value="[^"]{30,}"', "", practice(cast, browser)) for browser in (abe, cast.ben_browser)]
    assert now == hidden
    send(cast, "teaching-practice-end")
    assert not Practice.objects.unscoped().exists()
    assert "Two minutes a week" in practice(cast)


def test_an_answer_that_is_none_or_comes_twice_changes_nothing(cast: Cast) -> None:
    send(cast, "teaching-practice-answer", field="moment", came=3)
    assert not Practice.objects.unscoped().exists()
    send(cast, "teaching-practice")
    for wrong in ({"field": "listen_for", "came": "9"}, {"field": "listen_for"}, {"field": "\0", "came": "3"}, {}):
        send(cast, "teaching-practice-answer", **wrong)
    assert "Which words would make you think of Ben?" in practice(cast)
    for _ in range(2):
        send(cast, "teaching-practice-answer", field="listen_for", came=3)
    (row,) = Practice.objects.visible_to(cast.ada)
    assert list(Deck.read(row.cards.unseal(cast.ada)).cards) == ["listen_for"]


def test_before_anything_was_taught_there_is_nothing_to_practise(db: None) -> None:
    cast = Cast(at=Step.AGREE)
    send(cast, "teaching-practice")
    assert not Practice.objects.unscoped().exists()


def test_a_practice_has_eight_cards_at_most_and_every_card_has_its_question() -> None:
    lines = [TaughtLine("words", name, name, "So it is.") for name in recall.ORDER]
    assert all(wording.question(name, "Ben") for name in recall.ORDER)
    deck = Deck()
    for asked in range(recall.AT_MOST):
        assert len(recall.due(deck, lines, MONDAY)) == recall.AT_MOST - asked
        deck = deck.with_answer(recall.due(deck, lines, MONDAY)[0], Recollection.WELL, MONDAY)
    assert recall.due(deck, lines, MONDAY) == []
    assert recall.next_practice(deck, lines, MONDAY) == MONDAY + recall.A_WEEK
    assert [line.field for line in recall.due(deck, lines, MONDAY + recall.A_WEEK)][:3] == list(recall.ORDER[-3:])
