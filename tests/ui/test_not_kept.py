"""What was typed is not lost: to a disk that is full, to a page that had been open too long, nor to an end of one's session."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection
from django.test import Client

from goodword.reservations.actions import keeping
from goodword.reservations.models import PrivateReservation
from tests.cast import Cast, signed_in

WORDS = "Would they ring back? " * 300
FORM = {"drawer": "mine", "text": WORDS}


@pytest.fixture
def full_disk(transactional_db: None) -> Iterator[Cast]:
    """Yield the cast on a disk without room: SQLite may have no page more than it has, and what is free in its file is filled."""
    cast = Cast()
    assert cast.ada_browser.get("/today").status_code == 200
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite can be told that its disk is full")
    with connection.cursor() as cursor:
        most = cursor.execute("PRAGMA max_page_count").fetchone()[0]
        cursor.execute("CREATE TABLE filler (content)")
        cursor.execute("PRAGMA max_page_count = 1")  # SQLite makes that: as many as there are
        size = 1 << 24
        while size >= 512:
            try:
                cursor.execute("INSERT INTO filler VALUES (zeroblob(%s))", [size])
            except OperationalError:
                size //= 2
        yield cast
        cursor.execute(f"PRAGMA max_page_count = {most}")
        cursor.execute("DROP TABLE filler")


def test_on_a_full_disk_the_words_stand_there_to_be_sent_again(full_disk: Cast) -> None:
    address = f"/r/{full_disk.key}/reservations"
    answer = full_disk.ada_browser.post(address, FORM)
    page = html.unescape(answer.content.decode())
    assert answer.status_code == 503
    assert "That could not be kept" in page
    assert WORDS in page
    assert f'action="{address}"' in page
    assert not PrivateReservation.objects.owned_by(full_disk.ada).exists()


def test_sent_again_once_there_is_room_it_is_kept(cast: Cast) -> None:
    page = cast.ada_browser.post(f"/r/{cast.key}/reservations", FORM)
    assert page.status_code == 302
    assert [row.text.unseal(cast.ada) for row in PrivateReservation.objects.owned_by(cast.ada)] == [WORDS.strip()]


def test_whoever_was_signed_out_meanwhile_gets_their_words_back(cast: Cast) -> None:
    keeping.read_promise(cast.ada)
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
