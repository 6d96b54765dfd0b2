"""Doing a thing comes back to where one came from, or goes on to the next thing that waits (WAY, principle 1)."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from goodword.briefings.actions import weighing
from goodword.encounters.actions import plans as encounters
from goodword.relationships.steps import Step
from goodword.reservations.actions import checking
from goodword.reservations.rules import CheckAnswer
from tests.agreements.reading import filled
from tests.cast import Cast
from tests.desk.test_came_of_it import sheet, tap
from tests.encounters.at_hand import planned

pytestmark = pytest.mark.django_db


def read(browser: Client, address: str) -> str:
    """Return a page as it is read."""
    return browser.get(address, follow=True).content.decode()


def carried(page: str) -> set[str]:
    """Return where the forms of a page lead back to."""
    return set(re.findall(r'name="back" value="([^"]+)"', page))


def test_the_promise_read_once_does_not_lose_the_way_back() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    browser = cast.ada_browser
    sent = browser.get(f"/r/{cast.key}/check?back=today").headers["Location"]
    page = read(browser, sent)
    assert "Who sees what you write here?" in page and carried(page) == {"today"}
    led = browser.post(sent, {"to": "reservation-check", "back": "today"}).headers["Location"]
    assert led == f"/r/{cast.key}/check?back=today"
    assert carried(read(browser, led)) == {"today"}
    done = browser.post(f"/r/{cast.key}/check", {"answer": "nothing", "back": "today"})
    assert done.headers["Location"] == "/today"


def test_the_promise_leads_back_to_the_sheet_too_and_to_no_address_from_outside() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    browser, address = cast.ada_browser, sheet(cast)
    tap(browser, address, "met", "met")
    [led] = re.findall(r'href="([^"]+)">Something does…', read(browser, address))
    [back] = carried(read(browser, led))
    sent = browser.post(f"/r/{cast.key}/reservations/promise", {"to": "reservations", "back": back})
    assert sent.headers["Location"] == led
    sent = browser.get(f"/r/{cast.key}/check?back=//elsewhere.example")
    assert "elsewhere" not in sent.headers.get("Location", "")


def test_a_purpose_that_was_asked_for_on_today_leads_back_there_and_says_that_it_is_kept() -> None:
    cast = Cast(at=Step.SECOND_BRIEFING)
    where, said = f"/r/{cast.key}/purpose", {"text": "To be of use"}
    kept = cast.ada_browser.post(where, {**said, "back": "today"})
    assert kept.headers["Location"] == "/today"
    assert "Kept. Ben sees it only if you show it." in read(cast.ada_browser, "/today")
    assert cast.ada_browser.post(where, said).headers["Location"] == where


def test_a_purpose_in_ones_own_words_leads_back_to_the_sheet() -> None:
    cast = Cast(at=Step.SECOND_BRIEFING)
    browser, address = cast.ada_browser, sheet(cast)
    for part, answer in (("met", "met"), ("hesitation", "nothing"), ("understood", "right")):
        tap(browser, address, part, answer)
    [led] = re.findall(r'href="([^"]+)">In my own words…', read(browser, address))
    [back] = carried(read(browser, led))
    kept = browser.post(f"/r/{cast.key}/purpose", {"text": "To be of use", "back": back})
    assert kept.headers["Location"] == address
    assert "Written down" in read(browser, address)


def test_a_purpose_the_other_has_asked_for_stays_where_it_can_be_shown() -> None:
    cast = Cast(at=Step.SECOND_BRIEFING)
    weighing.ask_purpose(cast.ben)
    kept = cast.ada_browser.post(f"/r/{cast.key}/purpose", {"text": "To be of use", "back": "today"})
    assert kept.headers["Location"] == f"/r/{cast.key}/purpose?back=today"
    assert "Show it to Ben" in read(cast.ada_browser, kept.headers["Location"])


def led(page: str) -> str:
    """Return where the card of what is next leads, or the way back where nothing is."""
    _before, _card, rest = page.partition('id="next-thing"')
    found = re.search(r'<a class="btn btn-first" href="([^"]+)"', rest) if rest else None
    return found[1] if found else ""


def test_an_agreement_just_written_and_accepted_leads_to_the_next_thing_that_waits() -> None:
    cast = Cast(at=Step.AGREE)
    meet_and_think_it_over(cast)
    where = f"/r/{cast.key}/agreement"
    cast.ada_browser.post(f"{where}/words", filled(cast.ada_browser, f"{where}/words"))
    assert led(read(cast.ada_browser, where)) == f"/r/{cast.key}/teaching/mine", (
        "it lies with Ben; meanwhile one teaches"
    )
    assert 'id="next-thing"' not in read(cast.ben_browser, where), "to accept it comes first"
    accepted = filled(cast.ben_browser, where)
    cast.ben_browser.post(f"{where}/acceptance", accepted)
    page = read(cast.ben_browser, where)
    assert "In force since" in page and led(page) == f"/r/{cast.key}/teaching/mine"


def test_what_is_put_before_the_other_and_what_is_said_of_it_lead_on() -> None:
    cast = Cast(at=Step.AGREE)
    meet_and_think_it_over(cast)
    where = f"/r/{cast.key}/teaching"
    put_before(cast.ben_browser, where)
    page = read(cast.ben_browser, f"{where}/ours")
    assert led(page) == f"/r/{cast.key}/agreement" and "Ada can read it from now on." in page
    assert 'id="next-thing"' not in read(cast.ada_browser, where), "to say how it feels comes first"
    feel = re.findall(r'name="feel" value="([^"]+)"', read(cast.ada_browser, where))[0]
    assert cast.ada_browser.post(where, {"feel": feel}).headers["Location"] == where
    assert led(read(cast.ada_browser, where)) == f"/r/{cast.key}/agreement"


def test_what_they_see_of_these_pages_says_nothing_of_what_is_next_for_them() -> None:
    cast = Cast(at=Step.AGREE)
    put_before(cast.ben_browser, f"/r/{cast.key}/teaching")
    for room in ("teaching", "agreements"):
        assert 'id="next-thing"' not in read(cast.ada_browser, f"/r/{cast.key}/what-they-see/{room}")


def put_before(browser: Client, where: str) -> None:
    """Teach in two acts, as the pages offer it."""
    begun = filled(browser, f"{where}/mine")
    browser.post(f"{where}/mine", {**begun, "short_words": ["I know somebody"]})
    browser.post(f"{where}/preview", filled(browser, f"{where}/preview"))


def meet_and_think_it_over(cast: Cast) -> None:
    """Let both have met in this step and found nothing in the way, so that what they are to write is what waits."""
    encounters.mark_held(cast.ada, planned(cast.ada), started=True)
    for seat in (cast.ada, cast.ben):
        checking.record_check(seat, CheckAnswer.NOTHING)


# ── Preparing a briefing ──


def button_of(page: str, words: str) -> str:
    """Return where the button with these words leads."""
    return str(*re.findall(rf'href="([^"]+)">{words}', page))


@pytest.mark.parametrize(
    ("who", "words", "text"),
    [("ada", "Prepare your questions", "How did you begin?"), ("ben", "Prepare your briefing", "We make windows.")],
)
def test_preparing_opens_the_page_where_one_writes_and_leads_back_once_it_is_enough(
    who: str, words: str, text: str
) -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)  # Ben tells, Ada asks
    planned(cast.ada)
    browser = {"ada": cast.ada_browser, "ben": cast.ben_browser}[who]
    for start, back in (("/today", "/today"), (f"/r/{cast.key}", f"/r/{cast.key}")):
        led = button_of(read(browser, start), words)
        page = read(browser, led)
        assert "<textarea" in page and words not in page, "the same card was shown again"
        where, _, came_from = led.partition("?back=")
        kept = browser.post(where, {"text": text, "back": came_from})
        page = read(browser, kept.headers["Location"])
        assert text in page
        assert button_of(page, "That’s enough, go on") == back
        if start == "/today" and who == "ben":  # one note is enough, and he is not asked again
            assert words not in read(browser, start)
            return


def test_rewording_on_the_way_does_not_lose_where_one_came_from() -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    browser, where = cast.ada_browser, f"/r/{cast.key}/briefing/questions"
    browser.post(where, {"text": "How did you begin?", "back": "today"})
    [led] = re.findall(r'href="([^"]+)">Reword', read(browser, where + "?back=today"))
    assert carried(read(browser, led)) == {"today"}
    sent = browser.post(led.partition("?")[0], {"text": "What made you begin?", "back": "today"})
    assert sent.headers["Location"] == where + "?back=today"
