"""That both have decided is news to the side that decided first: on Today, on the relationship's page, in the list, until seen."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from goodword.gates import actions as gates
from goodword.gates.rules import Choice, WaitsFor
from goodword.ops.story import PathWalk
from goodword.relationships.steps import Step
from goodword.relationships.waiting import WaitingRow
from goodword.relationships.waits import Kind
from tests.cast import Cast

pytestmark = pytest.mark.django_db

BEN_TOO, ADA_TOO = "You and Ben have both decided", "You and Ada have both decided"


@pytest.fixture
def met(cast: Cast) -> Cast:
    """Return the cast before the first gate, with all in place."""
    PathWalk(cast.key, cast.ada_person, cast.ben_person).explore()
    return cast


def pages(browser: Client, cast: Cast) -> list[str]:
    """Return what somebody reads on Today, in their list and on the relationship's page."""
    return [browser.get(path).content.decode() for path in ("/today", "/relationships", f"/r/{cast.key}")]


def result(cast: Cast, number: int = 1, gate: str = "g1") -> str:
    return reverse("gate-result", args=[cast.key, gate, number])


def tap_it(browser: Client, page: str, words: str = "See both decisions") -> str:
    """Tap the button of the news on a page; return the address that answers."""
    [(name, value)] = re.findall(rf'<button[^>]* name="(\w+)" value="([^"]+)">{words}', page)
    return str(browser.post(reverse("news-seen"), {name: value}).headers["Location"])


def test_who_decided_first_has_the_result_as_news_everywhere_and_nowhere_once_it_is_seen(met: Cast) -> None:
    gates.decide(met.ada, Choice.GO_ON)
    assert not any(BEN_TOO in page for page in pages(met.ada_browser, met))
    assert not any(ADA_TOO in page for page in pages(met.ben_browser, met))
    gates.decide(met.ben, Choice.GO_ON)
    read = pages(met.ada_browser, met)
    assert all(BEN_TOO in page for page in read)
    assert tap_it(met.ada_browser, read[2]) == result(met)
    assert not any(BEN_TOO in page for page in pages(met.ada_browser, met))
    assert "Find a time with Ben" in pages(met.ada_browser, met)[2]


def test_on_today_it_opens_the_result_too(met: Cast) -> None:
    gates.decide(met.ben, Choice.GO_ON)
    gates.decide(met.ada, Choice.NOT_YET, waits_for=WaitsFor.MEETING)
    assert tap_it(met.ben_browser, pages(met.ben_browser, met)[0]) == result(met)
    assert not any(ADA_TOO in page for page in pages(met.ben_browser, met))


def test_who_made_the_result_come_does_not_get_it_as_news(met: Cast) -> None:
    gates.decide(met.ada, Choice.GO_ON)
    gates.decide(met.ben, Choice.NOT_YET, waits_for=WaitsFor.TIME)
    assert not any(ADA_TOO in page for page in pages(met.ben_browser, met))
    assert not WaitingRow.objects.filter(person=met.ben_person, kind=Kind.READ_RESULT).exists()
    sent = met.ben_browser.post(reverse("news-seen"), {"page": result(met)})
    assert sent.headers["Location"] == "/today", "what is news to another opens for nobody by its address"
    assert BEN_TOO in pages(met.ada_browser, met)[0]


def test_whoever_came_by_the_letter_goes_on_from_the_result_and_is_not_sent_back_to_it(met: Cast) -> None:
    gates.decide(met.ada, Choice.GO_ON)
    gates.decide(met.ben, Choice.GO_ON)
    page = met.ada_browser.get(result(met)).content.decode()
    assert '<button class="btn btn-first">See what comes next' in page
    assert BEN_TOO in pages(met.ada_browser, met)[0], "looking alone changes nothing"
    assert met.ada_browser.post(result(met)).headers["Location"] == f"/r/{met.key}"
    assert BEN_TOO not in pages(met.ada_browser, met)[2]
    assert (
        "<button"
        not in met.ada_browser.get(result(met)).content.decode().split('aria-labelledby="n"')[1].split("</section>")[0]
    )


def test_what_came_of_it_before_is_no_news_any_more_once_one_has_decided_again(met: Cast) -> None:
    gates.decide(met.ada, Choice.NOT_YET, waits_for=WaitsFor.TIME)
    gates.decide(met.ben, Choice.NOT_YET, waits_for=WaitsFor.TIME)
    gates.decide(met.ada, Choice.GO_ON)
    assert not any(BEN_TOO in page for page in pages(met.ada_browser, met))
    gates.decide(met.ben, Choice.GO_ON)
    assert tap_it(met.ada_browser, pages(met.ada_browser, met)[0]) == result(met, 2)


def test_the_confirmation_is_news_on_the_page_of_step_five(db: None) -> None:
    cast = Cast(at=Step.AGREE)
    PathWalk(cast.key, cast.ada_person, cast.ben_person).agree_and_teach()
    gates.decide(cast.ben, Choice.GO_ON, first_leads="one")
    gates.decide(cast.ada, Choice.GO_ON, first_leads="one")
    read = pages(cast.ben_browser, cast)
    assert all(ADA_TOO in page for page in read)
    assert tap_it(cast.ben_browser, read[2]) == result(cast, 1, "g3")


def test_a_colleague_of_who_decided_first_hears_of_it_and_sees_it_for_themselves(met: Cast) -> None:
    abe = met.abe
    gates.decide(met.ada, Choice.GO_ON)
    gates.decide(met.ben, Choice.GO_ON)
    tap_it(met.ada_browser, pages(met.ada_browser, met)[2])
    assert WaitingRow.objects.filter(person=abe.person, kind=Kind.READ_RESULT, news=True).exists()


def test_what_came_of_it_before_is_no_news_either_once_the_other_side_has_decided_again(met: Cast) -> None:
    gates.decide(met.ada, Choice.NOT_YET, waits_for=WaitsFor.TIME)
    gates.decide(met.ben, Choice.NOT_YET, waits_for=WaitsFor.TIME)
    assert all(BEN_TOO in page for page in pages(met.ada_browser, met))
    gates.decide(met.ben, Choice.GO_ON)
    assert not any(BEN_TOO in page for page in pages(met.ada_browser, met))
    gates.decide(met.ada, Choice.GO_ON)
    assert tap_it(met.ben_browser, pages(met.ben_browser, met)[0]) == result(met, 2)


@pytest.mark.parametrize("answer", [{"leave": "yes"}, {"line": "All the best."}])
def test_that_it_ended_is_news_to_the_other_side_until_it_is_seen_and_names_nobody(
    met: Cast, answer: dict[str, str]
) -> None:
    ending, news = reverse("ending", args=[met.key]), "You and Ada are not going on"
    asked = met.ada_browser.get(reverse("let-go", args=[met.key])).content.decode()
    assert "Neither of you is named as the one who ended it" in asked
    met.ada_browser.post(reverse("let-go", args=[met.key]))
    today = met.ben_browser.get("/today").content.decode()
    assert news in today and "Nothing needs you today" not in today and "Ada ended" not in today
    assert news in met.ben_browser.get("/relationships?step=ended").content.decode()
    assert "are not going on" not in met.ada_browser.get("/today").content.decode()
    assert 'name="leave"' in met.ben_browser.get(ending).content.decode()
    assert news in met.ben_browser.get("/today").content.decode(), "looking alone changes nothing"
    met.ben_browser.post(ending, answer)
    assert news not in met.ben_browser.get("/today").content.decode()


def test_that_it_ended_is_seen_from_today_too(met: Cast) -> None:
    gates.let_go(met.ada)
    today = met.ben_browser.get("/today").content.decode()
    assert tap_it(met.ben_browser, today, "See what that means") == reverse("ending", args=[met.key])
    assert "You and Ada are not going on" not in met.ben_browser.get("/today").content.decode()
