"""Take everything along: all that is one's own and was shared with one, and not a word of what the others keep."""

from __future__ import annotations

import csv
import io
import json
import re
import time
import zipfile
from collections.abc import Iterator

import icalendar
import pytest
import vobject
from django.apps import apps
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goodword.account.queries import archive, contents, kinds
from goodword.people.models import Person
from goodword.post.delivery import deliver_due
from goodword.relationships.visibility import Locked
from tests.cast import signed_in
from tests.house.test_twins import keep_private
from tests.house.world import World, known_keys, masked, private_texts

WORD = "zinnoberkraehe"
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(db: None) -> World:
    """The world."""
    return World()


def opened(person: Person) -> dict[str, str]:
    """Return the files of a person's archive, as it would be fetched."""
    whole = b"".join(archive.stream(person, timezone.now()))
    with zipfile.ZipFile(io.BytesIO(whole)) as made:
        assert made.testzip() is None
        return {name: made.read(name).decode(errors="replace") for name in made.namelist()}


def fetched(browser: Client) -> bytes:
    """Fetch an archive as its owner does."""
    browser.post(reverse("take-along"))
    deliver_due(200)
    [code] = [found for letter in mail.outbox if (found := re.match(r"(\d{6}) fetches", str(letter.subject)))]
    answer = browser.post(reverse("take-along"), {"code": code[1]})
    assert answer.headers["Content-Type"] == "application/zip"
    return b"".join(answer)  # type: ignore[arg-type]


def test_every_private_word_of_ones_own_is_in_it_to_read_and_for_a_program(world: World) -> None:
    world.plant(world.ada, WORD)
    files = opened(world.ada_person)
    left = {f"{name}." for name in contents.NOT_CARRIED}
    for name, text, lock, row in private_texts(world):
        hers = row.author_id == world.ada_person.pk or (lock == "ours" and row.side_id == world.ada.side_id)
        if hers and WORD in text and not any(name.startswith(one) for one in left):
            written = json.dumps(text, ensure_ascii=False)[1:-1]
            assert any(written in files[at] for at in files if re.fullmatch(r"relationships/\d+\.json", at)), name


@pytest.mark.parametrize("who", ["ben", "bea", "cleo"])
def test_nobody_elses_has_a_word_of_hers(world: World, who: str) -> None:
    world.plant(world.ada, WORD)
    person = world.cleo_person if who == "cleo" else getattr(world, who).person
    assert WORD not in "".join(opened(person).values())


def test_the_other_sides_is_the_same_whatever_she_keeps(world: World) -> None:
    before = opened(world.ben_person)
    keep_private(world)
    after, keys = opened(world.ben_person), known_keys()
    assert before.keys() == after.keys()
    for name in before:
        assert without_clock(masked(before[name], keys)) == without_clock(masked(after[name], keys)), name


def without_clock(text: str) -> str:
    """Return a file without the moment it was made at."""
    return re.sub(r'"made_at": "[^"]*"|DTSTAMP:\w+', "", text)


def test_its_parts_open_in_the_programs_they_are_for(world: World) -> None:
    with zipfile.ZipFile(io.BytesIO(fetched(signed_in(world.ada_person)))) as made:
        files = {name: made.read(name) for name in made.namelist()}
    assert json.loads(files["you.json"])["you"]["email"] == "ada@lane.example"
    assert "Ben Moor" in {card.fn.value for card in vobject.readComponents(files["people.vcf"].decode())}
    assert icalendar.Calendar.from_ical(files["calendar.ics"]).walk("VEVENT")
    rows = list(csv.reader(io.StringIO(files["relationships/001-leads.csv"].decode("utf-8-sig"))))
    assert len(rows) > 3
    assert not any(cell[:1] in "=+-@" for row in rows for cell in row if cell)
    assert b"<h1>" in files["index.html"]


def test_without_a_code_of_ones_own_nothing_is_fetched(world: World) -> None:
    browser = signed_in(world.ada_person)
    answer = browser.post(reverse("take-along"), {"code": "000000"})
    assert answer.status_code == 422
    assert "zip" not in answer.headers["Content-Type"]


def test_each_kind_of_thing_is_carried_or_left_behind_for_a_reason() -> None:
    locked = {model.__name__ for model in apps.get_app_config("goodword").get_models() if issubclass(model, Locked)}
    named = {contents.MODELS.get(kind, kind) for _room, kept in contents.CONTENTS for kind in kept}
    assert named | set(contents.NOT_CARRIED) == locked
    assert not named & set(contents.NOT_CARRIED)


def test_each_kind_of_thing_has_its_words() -> None:
    assert set(kinds.KINDS) == {model for _room, kept in contents.CONTENTS for model in kept}


def test_columns_that_hold_hashes_keys_or_ids_are_not_carried() -> None:
    columns: Iterator[str] = (
        column for _room, kept in contents.CONTENTS for names in kept.values() for column in names
    )
    assert not [column for column in columns if re.search(r"hash|key|_id$|link|token|once", column)]


def test_it_is_there_in_a_few_seconds(world: World) -> None:
    began = time.monotonic()
    opened(world.ada_person)
    assert time.monotonic() - began < 10
