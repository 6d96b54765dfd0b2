"""What the sheet and the gate must not let pass: words unread, worries unwritten, questions asked again at once."""

from __future__ import annotations

import pytest

from goodword.briefings import facts, playback_actions
from goodword.briefings.rules import Passage
from goodword.gates import actions as gates
from goodword.gates.readiness import readiness
from goodword.gates.rules import Choice, Need
from goodword.relationships.steps import Step
from goodword.reservations import queries as reservations
from tests.cast import Cast
from tests.desk.test_came_of_it import kinds, sheet, tap
from tests.stories.test_gates import story

pytestmark = pytest.mark.django_db


def passages(word: str) -> dict[Passage, str]:
    """Return a playback in which every passage begins with a word."""
    return {passage: f"{word} {passage.value}" for passage in Passage}


def briefed(cast: Cast) -> str:
    """Return the address of a sheet on which Ben, who told, comes next to whether he was understood."""
    address = sheet(cast)
    tap(cast.ada_browser, address, "met", "met")
    tap(cast.ben_browser, address, "hesitation", "nothing")
    return address


def test_m5_not_yet_for_something_to_settle_does_not_ask_again_at_once() -> None:
    cast = Cast()
    story(cast).explore()
    gates.decide(cast.ada, Choice.GO_ON)
    gates.decide(cast.ben, Choice.NOT_YET, waits_for="settling")
    assert "decide" not in kinds(cast.ada) and "decide" not in kinds(cast.ben)


def test_m16_the_speaker_reads_the_written_playback_where_it_is_found_right() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    address = briefed(cast)
    playback_actions.say_back(cast.ada, passages("Marzipan"))
    page = cast.ben_browser.get(address).content.decode()
    assert 'value="right"' in page
    assert "Marzipan" in page


def test_m16_a_playback_written_after_the_page_was_opened_is_not_found_right_unread() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    address = briefed(cast)
    cast.ben_browser.get(address)
    playback_actions.say_back(cast.ada, passages("Later"))
    cast.ben_browser.post(address, {"part": "understood", "answer": "right"})
    assert not facts.playback_is_confirmed(cast.ada, Step.FIRST_BRIEFING)


def test_something_stands_in_the_way_is_no_check_while_nothing_is_written() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    address = sheet(cast)
    tap(cast.ada_browser, address, "met", "met")
    cast.ada_browser.post(address, {"part": "hesitation", "answer": "something"})
    assert not reservations.own_open(cast.ada)
    assert Need.CHECK in readiness(cast.ada).missing


def test_m16_a_later_correction_counts_more_than_what_was_right_at_the_table() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    briefed(cast)
    playback_actions.say_aloud(cast.ada)
    playback_actions.say_aloud(cast.ben)
    written = playback_actions.say_back(cast.ada, passages("Not so"))
    playback_actions.reply(cast.ben, written, passages("Rather"))
    assert not facts.playback_is_confirmed(cast.ada, Step.FIRST_BRIEFING)
