"""While a side has one person, "only me" and "only our side" are one thing, and every page calls it "Only you"."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from goodword.encounters.models import Encounter
from goodword.relationships.steps import Step
from goodword.reservations.actions import checking, keeping
from goodword.ui import strips
from goodword.ui.doors import routes
from tests.cast import Cast, signed_in
from tests.house.world import NEW_EACH_TIME

EXPLAINED = {"who-sees-what"}  # it says what each of the marks means


def pages(cast: Cast, browser: Client) -> Iterator[tuple[str, str]]:
    """Yield name and text of every page that needs no key, or only the relationship's."""
    for _path, pattern in routes():
        names = list(pattern.pattern.converters)
        if names in ([], ["key"]) and "GET" in pattern.callback.methods and pattern.name not in NEW_EACH_TIME:  # type: ignore[attr-defined]
            answer = browser.get(reverse(pattern.name, args=[cast.key][: len(names)]))
            if answer.headers.get("Content-Type", "").startswith("text/html"):
                yield pattern.name, answer.content.decode()


def marks(page: str) -> set[str]:
    """Return which marks stand on a page."""
    return {who for who in ("me", "side", "you") if f'href="#sees-{who}"' in page}


@pytest.mark.alike
@pytest.mark.parametrize("step", [Step.EXPLORE, Step.FIRST_BRIEFING, Step.AGREE, Step.ADVOCATE])
def test_who_sits_alone_reads_one_name_for_what_they_keep(db: None, step: Step) -> None:
    cast = Cast(at=step)
    keeping.read_promise(cast.ada_person)
    found = {name: marks(page) for name, page in pages(cast, cast.ada_browser)}
    assert {name: said for name, said in found.items() if said - {"you"} and name not in EXPLAINED} == {}
    assert sum(said == {"you"} for said in found.values()) > 8


def test_beside_a_colleague_the_two_are_two_again(db: None) -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    cast.abe  # noqa: B018 - she sits beside a colleague from here on
    keeping.read_promise(cast.ada_person)
    assert marks(cast.ada_browser.get(f"/r/{cast.key}/reservations").content.decode()) == {"me", "side"}


def test_what_one_drew_for_one_reader_says_nothing_to_the_next(db: None) -> None:
    cast = Cast()
    with strips.read_from(cast.ada):
        assert strips.strip("side") == "you"
    assert strips.strip("side") == "side"


def test_a_note_of_ones_own_asks_no_second_question_where_there_is_one_answer(db: None) -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    it = Encounter.objects.visible_to(cast.ada).first()
    assert it is not None
    own = f"/r/{cast.key}/encounters/{it.key}/own"
    assert "Who may read it?" not in cast.ada_browser.get(own).content.decode()
    cast.abe  # noqa: B018
    assert "Who may read it?" in cast.ada_browser.get(own).content.decode()


def test_what_stood_under_only_you_stays_closed_to_a_colleague_who_joins(db: None) -> None:
    cast = Cast(at=Step.FIRST_BRIEFING)
    keeping.read_promise(cast.ada_person)
    threads = cast.ada_browser.get(f"/r/{cast.key}/words").content.decode()
    (door, *_more) = re.findall(rf'href="(/r/{cast.key}/words/[^"]+)"', threads)
    cast.ada_browser.post(door, {"answer": "keep", "text": "He may be too grand."})
    checking.name_it(cast.ada, checking.intend_to_name(cast.ada), "He talks about money.")
    ours = cast.ada_browser.get(f"/r/{cast.key}/reservations").content.decode()
    keeping.read_promise(cast.abe.person)
    theirs = signed_in(cast.abe.person).get(f"/r/{cast.key}/reservations", follow=True).content.decode()
    for words in ("He may be too grand.", "He talks about money."):
        assert words in ours and words not in theirs
