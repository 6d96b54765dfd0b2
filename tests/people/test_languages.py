"""Everybody reads in their own language: pages, and letters as they leave."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goodword.encounters.actions import times
from goodword.encounters.rules import EncounterKind
from goodword.ops import messages
from goodword.people.models import Person
from goodword.playbook.shelf import texts
from goodword.post.delivery import message
from goodword.post.models import OutboxLetter
from tests import pseudo
from tests.cast import Cast
from tests.encounters.at_hand import soon
from tests.house.test_words import CODE, sentences

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return Cast()


@pytest.fixture
def abroad(cast: Cast) -> Iterator[Cast]:
    """Ben reads in the language for tests, Ada in English."""
    with pseudo.offered():
        said = {"name": "Ben Moor", "language": pseudo.CODE}
        assert cast.ben_browser.post(reverse("details"), said).status_code == 302
        yield cast


def in_catalogue() -> set[str]:
    with (pseudo.compiled() / "goodword.pot").open("rb") as file:
        ids = [message.id for message in read_po(file) if message.id]
    return {one for each in ids for one in ([each] if isinstance(each, str) else each)}


def test_the_catalogue_holds_every_sentence_of_the_code_and_the_playbook() -> None:
    known = in_catalogue()
    in_code = {said for path in Path(CODE).rglob("*.py") for said in sentences(path) if said}
    assert in_code - known == set()
    assert {text for _file, _line, text in texts()} - known == set()
    assert "Stop letters of this kind" in known  # of a letter
    assert "Skip to the page" in known  # of a page
    assert len(known) > 2000


def test_with_english_alone_nobody_is_asked_for_a_language(cast: Cast) -> None:
    page = cast.ben_browser.get(reverse("details")).content.decode()
    assert 'name="language"' not in page
    assert '<html lang="en-GB"' in page


def test_a_page_is_in_its_readers_language(abroad: Cast) -> None:
    theirs, ours = (browser.get(reverse("today")) for browser in (abroad.ben_browser, abroad.ada_browser))
    assert '<html lang="de"' in theirs.content.decode()
    assert pseudo.pseudo("Skip to the page") in theirs.content.decode()
    assert theirs.headers["Content-Language"] == "de"
    assert "Skip to the page" in ours.content.decode()
    assert f'<option value="{pseudo.CODE}" selected' in abroad.ben_browser.get(reverse("details")).content.decode()


def test_who_has_not_said_reads_in_the_browsers_language_where_it_is_offered(abroad: Cast) -> None:
    page = Client().get("/", headers={"Accept-Language": "de-AT,de;q=0.9"}).content.decode()
    assert '<html lang="de"' in page
    assert '<html lang="en-GB"' in Client().get("/", headers={"Accept-Language": "fr"}).content.decode()


def test_a_language_that_is_no_longer_offered_gives_way(cast: Cast) -> None:
    Person.objects.filter(pk=cast.ben_person.pk).update(language="tlh")
    assert '<html lang="en-GB"' in cast.ben_browser.get(reverse("today")).content.decode()


def test_a_letter_leaves_in_its_readers_language_whoever_wrote_it(abroad: Cast) -> None:
    offer = {"kind": EncounterKind.VISIT, "minutes": 90, "place": "The workshop", "starts": [soon(14), soon(15)]}
    times.offer(abroad.ada, **offer)  # type: ignore[arg-type]
    letter = message(OutboxLetter.objects.get(kind="times-offered"))
    assert letter.subject == pseudo.pseudo("%(name)s offers you times to choose from") % {"name": "Ada"}
    assert pseudo.pseudo("A visit to their work") in str(letter.body)
    assert letter.extra_headers["Content-Language"] == "de"
    day = timezone.localtime(soon(14))
    assert f"{day:%d}.".lstrip("0") in str(letter.body)  # as that language writes a day
    assert 'lang="de"' in str(letter.alternatives[0].content)  # type: ignore[attr-defined]


def test_a_letter_to_somebody_without_an_account_is_in_the_language_it_was_asked_for_in(abroad: Cast) -> None:
    Client().post(reverse("sign-in"), {"email": "dora@else.example"}, headers={"Accept-Language": "de"})
    Client().post(reverse("sign-in"), {"email": "emil@else.example"})
    mails = {letter.address: message(letter) for letter in OutboxLetter.objects.filter(kind="sign-in")}
    assert mails["dora@else.example"].extra_headers["Content-Language"] == "de"
    assert mails["emil@else.example"].extra_headers["Content-Language"] == "en-GB"


def test_what_is_not_translated_yet_stays_english(tmp_path: Path) -> None:
    assert messages.bring_up_to_date("de", tmp_path) == ["de"]
    with (tmp_path / "de/LC_MESSAGES/django.mo").open("rb") as file:
        begun = read_mo(file)
    assert [message.id for message in begun if message.id] == []
