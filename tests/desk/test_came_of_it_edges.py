"""What the sheet and the gate must not let pass: words unread, worries unwritten, questions asked again at once."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.utils import timezone

from goodword.briefings.actions import playback
from goodword.briefings.queries import facts
from goodword.briefings.rules import Passage
from goodword.encounters.actions import plans as encounters
from goodword.gates import actions as gates
from goodword.gates.readiness import readiness
from goodword.gates.rules import Choice, Need
from goodword.relationships.steps import Step
from goodword.reservations import queries as reservations
from goodword.reservations.actions import keeping
from tests.cast import Cast
from tests.desk.test_came_of_it import kinds, sheet, tap
from tests.stories.test_gates import story

pytestmark = pytest.mark.django_db


def test_the_sheet_of_a_step_behind_them_shows_what_came_of_it_and_asks_nothing_of_the_next_step() -> None:
    cast = Cast()
    address = sheet(cast)
    tap(cast.ada_browser, address, "met", "met")
    tap(cast.ada_browser, address, "decision", "go_on")
    tap(cast.ben_browser, address, "decision", "go_on")
    for browser, name in ((cast.ada_browser, "Ben"), (cast.ben_browser, "Ada")):
        page = browser.get(address).content.decode()
        assert "You met" in page and "You both went on" in page and f"Back to {name}" in page
        assert "hesitate" not in page and "understand" not in page and 'id="now"' not in page
        for part in ("hesitation", "decision"):
            assert browser.post(address, {"part": part, "answer": "nothing"}).status_code == 422
    assert Need.CHECK in readiness(cast.ada).missing


def test_what_waits_after_a_briefing_is_the_sheet_of_an_encounter_of_this_step() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    here = encounters.record(cast.ada, happened_on=timezone.localdate(), place="", counts_now=True)
    earlier = encounters.record(cast.ada, happened_on=timezone.localdate() - dt.timedelta(days=90), place="")
    assert (here.step, earlier.step) == (Step.FIRST_BRIEFING, Step.EXPLORE)
    assert f"/r/{cast.key}/encounters/{here.key}/came-of-it" in cast.ada_browser.get("/today").content.decode()
    page = cast.ada_browser.get(f"/r/{cast.key}/encounters/{earlier.key}/came-of-it").content.decode()
    assert "You both went on" in page and 'id="now"' not in page


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
    playback.say_back(cast.ada, passages("Marzipan"))
    page = cast.ben_browser.get(address).content.decode()
    assert 'value="right"' in page
    assert "Marzipan" in page


def test_m16_a_playback_written_after_the_page_was_opened_is_not_found_right_unread() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    address = briefed(cast)
    cast.ben_browser.get(address)
    playback.say_back(cast.ada, passages("Later"))
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
    playback.say_aloud(cast.ada)
    playback.say_aloud(cast.ben)
    written = playback.say_back(cast.ada, passages("Not so"))
    playback.reply(cast.ben, written, passages("Rather"))
    assert not facts.playback_is_confirmed(cast.ada, Step.FIRST_BRIEFING)


def led_to(cast: Cast, address: str, text: str) -> str:
    """Return where a link of Ada's page leads."""
    [found] = re.findall(rf'<a class="[^"]*" href="([^"]+)">{text}', cast.ada_browser.get(address).content.decode())
    return str(found)


def test_what_is_written_down_from_the_sheet_is_its_answer_and_leads_back_to_it() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    keeping.read_promise(cast.ada.person)
    address = sheet(cast)
    tap(cast.ada_browser, address, "met", "met")
    page = cast.ada_browser.get(led_to(cast, address, "Something does…")).content.decode()
    assert f'href="{address}">What came of it?' in page, "there is no way back but to write"
    [back] = set(re.findall(r'name="back" value="([^"]+)"', page))
    said = {"text": "Marzipan in the kitchens", "drawer": "mine", "back": back}
    kept = cast.ada_browser.post(f"/r/{cast.key}/reservations", said)
    assert kept.headers["Location"] == address
    page = cast.ada_browser.get(address).content.decode()
    assert "Thought over" in page and "Kept." in page
    assert Need.CHECK not in readiness(cast.ada).missing


def test_t11_what_was_written_down_from_the_sheet_looks_to_the_other_like_any_answer() -> None:
    words = []
    for answer in ({"part": "hesitation", "answer": "nothing"}, {"text": "Marzipan", "drawer": "side"}):
        cast = Cast(at=Step.FIRST_BRIEFING)
        keeping.read_promise(cast.ada.person)
        address = sheet(cast)
        tap(cast.ada_browser, address, "met", "met")
        to = address if "part" in answer else led_to(cast, address, "Something does…")
        assert cast.ada_browser.post(to, answer).status_code == 302
        story = cast.ben_browser.get(f"/r/{cast.key}/story").content.decode()
        assert "Marzipan" not in story
        words.append(re.findall(r"Ada [^<]*", story))
    assert words[0] == words[1]


def test_what_is_written_down_elsewhere_answers_nothing_that_was_not_asked() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    tap(cast.ada_browser, sheet(cast), "met", "met")
    for back in ("", "today", "came-of-it:short", "came-of-it"):
        cast.ada_browser.post(f"/r/{cast.key}/reservations", {"text": "Marzipan", "drawer": "mine", "back": back})
    assert Need.CHECK in readiness(cast.ada).missing


def put_right(cast: Cast, address: str) -> None:
    """Have Ada say it back in writing, and Ben put one passage right."""
    said = playback.say_back(cast.ada, passages("Said"))
    form = {f"{passage}_said": "right" for passage in Passage} | {"whom_said": "not_quite", "whom_text": "For cooks."}
    back = "came-of-it:" + address.split("/")[4]
    there = cast.ben_browser.post(f"/r/{cast.key}/briefing/playback/{said.key}/reply", {**form, "back": back})
    assert there.headers["Location"] == address


def test_m16_what_was_put_right_waits_on_today_and_the_sheet_leads_to_that_very_passage() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    address = briefed(cast)
    tap(cast.ada_browser, address, "hesitation", "nothing")
    put_right(cast, address)
    assert "Ben has put something right" in cast.ada_browser.get("/today").content.decode()
    page = cast.ada_browser.get(address).content.decode()
    assert "What did you understand?" not in page and "We said it back, and it was right" not in page
    assert "Ben would put this differently" in page and "For cooks." in page
    once_more = led_to(cast, address, "Say it once more…")
    assert once_more.endswith("#id_whom")
    form = cast.ada_browser.get(once_more).content.decode()
    [back] = set(re.findall(r'name="back" value="([^"]+)"', form))
    better = {passage.value: text for passage, text in passages("Said").items()} | {"whom": "For cooks.", "back": back}
    there = cast.ada_browser.post(f"/r/{cast.key}/briefing/playback/words", better)
    assert there.headers["Location"] == address
    assert "Ben is asked to confirm it or put it right." in cast.ada_browser.get(address).content.decode()


def test_m16_what_was_put_right_and_then_found_right_is_shown_as_settled() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    address = briefed(cast)
    tap(cast.ada_browser, address, "hesitation", "nothing")
    put_right(cast, address)
    told = f"/r/{cast.key}/briefing/playback"
    assert "Settled since" not in cast.ben_browser.get(told).content.decode()
    assert "You have put something right" in cast.ben_browser.get(address).content.decode()
    tap(cast.ada_browser, address, "understood", "aloud")
    tap(cast.ben_browser, address, "understood", "right")
    page = cast.ben_browser.get(told).content.decode()
    assert "Settled since" in page and "Ada has understood you" in page


def test_from_the_sheet_writing_down_opens_the_form_at_once_which_names_each_empty_box() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    address = briefed(cast)
    tap(cast.ada_browser, address, "hesitation", "nothing")
    form = cast.ada_browser.get(led_to(cast, address, "I’ll write it down…")).content.decode()
    assert 'id="id_does"' in form and "All four boxes" in form
    refused = cast.ada_browser.post(f"/r/{cast.key}/briefing/playback/words", {"does": "Kitchens"}).content.decode()
    named = re.findall(r'<a href="#id_(\w+)">([^<]+)</a>', refused.split("amiss-summary")[1])
    assert [box for box, _line in named] == ["whom", "why", "when"] and len({line for _box, line in named}) == 3
