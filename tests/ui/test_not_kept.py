"""What was typed is not lost: to a disk that takes nothing more, to a page that had been open too long, nor to an end of one's session."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client

from goodword.reservations.actions import keeping
from goodword.reservations.models import PrivateReservation
from tests.cast import Cast, signed_in

WORDS = "Would they ring back? " * 300
FORM = {"drawer": "mine", "text": WORDS}


@pytest.fixture
def no_writing(transactional_db: None) -> Iterator[Cast]:
    """Yield the cast while SQLite takes nothing more, and says so as it does on a full or a read-only disk."""
    cast = Cast()
    assert cast.ada_browser.get("/today").status_code == 200
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite can be told to take nothing more")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = 1")
        yield cast
        cursor.execute("PRAGMA query_only = 0")


def test_where_nothing_can_be_written_the_words_stand_there_to_be_sent_again(no_writing: Cast) -> None:
    address = f"/r/{no_writing.key}/reservations"
    answer = no_writing.ada_browser.post(address, FORM)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 503
    assert "That could not be kept" in page
    assert WORDS in page
    assert f'action="{address}"' in page
    assert not PrivateReservation.objects.owned_by(no_writing.ada).exists()


def test_sent_again_once_there_is_room_it_is_kept(cast: Cast) -> None:
    page = cast.ada_browser.post(f"/r/{cast.key}/reservations", FORM)
    assert page.status_code == 302
    assert [row.text.unseal(cast.ada) for row in PrivateReservation.objects.owned_by(cast.ada)] == [WORDS.strip()]


def test_whoever_was_signed_out_meanwhile_gets_their_words_back(cast: Cast) -> None:
    keeping.read_promise(cast.ada.person)
    answer = Client().post(f"/r/{cast.key}/reservations", FORM)
    assert answer.status_code == 403
    assert "You had been signed out" in answer.content.decode()
    assert WORDS in html.unescape(answer.content.decode())
    assert not PrivateReservation.objects.owned_by(cast.ada).exists()


def test_a_page_that_had_been_open_too_long_hands_back_words_of_its_own_and_no_other_sites(cast: Cast) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = signed_in(cast.ada_person).cookies
    own = browser.post(f"/r/{cast.key}/reservations", FORM, headers={"Sec-Fetch-Site": "same-origin"})
    assert own.status_code == 403
    assert WORDS in html.unescape(own.content.decode())
    assert not re.search(r"<form", own.content.decode())
    assert WORDS not in html.unescape(browser.post(f"/r/{cast.key}/reservations", FORM).content.decode())
