"""The canary crawl: a word in every private field, and no sign of it anywhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.test import Client

from goodword.post.delivery import message
from goodword.post.models import OutboxLetter
from goodword.relationships.visibility import Locked, Shared
from goodword.reservations.actions import together
from tests.house.world import (
    OUTSIDE,
    SEATED,
    THEIRS,
    Address,
    World,
    addresses,
    masked,
    private_texts,
    read,
    read_letter,
    sealed_fields,
    unsettle,
)
from tests.reservations.secrets import plant_waiting

WORD = "Zinnoberkraehe"  # plain letters: no encoding of a page, a file or a letter writes it another way

# Sealed fields that hold a choice of a few, or numbers, and never a word. That they cross to nobody is for the twins to show.
CHOICES = {
    "Assessment.said",
    "Decision.choice",
    "Decision.first_leads",
    "Decision.lead_kinds",
    "Decision.waits_for",
    "PeopleEstimate.said",
    "Pondering.answer",
    "Practice.cards",
    "OwnWord.choice",
    "OwnWord.said_on",
    "PreciousLine.answer",
    "ReservationCheck.answer",
    "Slip.outcome",
    "Slip.direction",
    "Unease.level",
}


@pytest.fixture(scope="module")
def planted(lived: World, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    """Plant the word twice by Ada and twice by Abe, and leave it in the two places where words wait to leave."""
    was = lived.open_reveal
    with django_db_blocker.unblock(), lived.undone():  # type: ignore[attr-defined]
        for who in ("ada", "abe", "ada", "abe"):
            lived.plant(lived.seat(who), WORD + who.title())
        together.call_off(lived.ben, lived.open_reveal)
        plant_waiting(lived.ada, WORD)
        lived.open_reveal = together.propose(lived.ben, None)
        unsettle()
        yield lived
    lived.open_reveal = was


@pytest.fixture
def world(planted: World, db: None) -> Iterator[World]:
    """Return the world with its canaries."""
    with planted.undone():
        yield planted


@pytest.fixture(scope="module")
def doors(planted: World, django_db_blocker: pytest.FixtureRequest) -> list[Address]:
    """Return every address of the site as it is with the canaries: what was planted last is what is asked for."""
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        return list(addresses(planted))


def everything(doors: list[Address], browser: Client) -> str:
    """Return all a browser can fetch by reading, bodies and headers, in one text."""
    pages = []
    for address in doors:
        if "GET" in address.methods:
            pages.append(f"{address.route} {read(browser.get(address.path))}")
    return "\n".join(pages)


def test_every_private_field_holds_a_canary(world: World) -> None:
    planted = {name for name, text, _lock, _row in private_texts(world) if WORD in text}
    there = {
        f"{model.__name__}.{field}"
        for model in apps.get_app_config("goodword").get_models()
        if issubclass(model, Locked) and not issubclass(model, Shared)
        for field in sealed_fields(model)
    }
    assert there - planted == CHOICES


@pytest.mark.parametrize("who", [*THEIRS, *OUTSIDE])
def test_nobody_else_can_fetch_a_canary(world: World, doors: list[Address], who: str) -> None:
    assert WORD not in everything(doors, world.browsers[who])


def searched(world: World, who: str, word: str) -> list[str]:
    """Return what each search answers to a word, the word itself taken out: a page repeats what it was asked."""
    paths = ["/relationships", "/leads", "/today", f"/r/{world.key}/encounters", f"/r/{world.key}/leads"]
    pages = [world.browsers[who].get(path, {"q": word, "text": word}) for path in paths]
    return [re.sub(word, "", masked(page.content.decode(), set())) for page in pages]


@pytest.mark.parametrize("who", [*THEIRS, *OUTSIDE])
def test_no_search_of_theirs_knows_a_word_of_ours(world: World, who: str) -> None:
    assert searched(world, who, WORD) == searched(world, who, "Quittenschnaps")


def test_a_colleague_cannot_fetch_what_only_ada_sees(world: World, doors: list[Address]) -> None:
    fetched, hers = everything(doors, world.browsers["abe"]), 0
    ours_too = {text for _name, text, lock, _row in private_texts(world) if lock != "mine"}
    for name, text, lock, row in private_texts(world):
        if lock == "mine" and row.author_id == world.ada_person.pk and WORD in text and text not in ours_too:
            assert text not in fetched, name
            hers += 1
    assert hers > 10
    assert f"{WORD}Ada" in fetched  # what she keeps for their side, he does see


def test_what_they_see_shows_no_canary_to_ada_herself(world: World) -> None:
    assert WORD not in world.browsers["ada"].get(f"/r/{world.key}/what-they-see").content.decode()


def test_no_letter_carries_a_canary(world: World) -> None:
    letters = OutboxLetter.objects.filter(sent_at=None, dropped_at=None)
    assert letters.exists()
    for letter in letters:
        assert WORD not in read_letter(message(letter))


def test_ada_herself_finds_her_words_again(world: World, doors: list[Address]) -> None:
    assert WORD in everything(doors, world.browsers["ada"])


def test_nothing_private_lies_in_clear_in_the_database(world: World) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')  # noqa: S608 - table names of the project
            assert WORD not in repr(cursor.fetchall()), model.__name__


def test_seats_are_what_this_test_thinks(world: World) -> None:
    assert {world.seat(who).side.role for who in SEATED} == {"proposer", "invited"}
