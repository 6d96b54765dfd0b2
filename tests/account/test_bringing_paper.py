"""Pages that both signed on paper come along from another server, as files do; what is none is left behind, and that is said."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from goodword.account.actions import bringing
from goodword.account.queries import archive, luggage
from goodword.alone.actions import signatures
from goodword.alone.models import SignedPage
from goodword.people.models import Person
from goodword.profiles import files
from goodword.relationships.models import Seat
from tests.account.test_bringing import YOU, bring, newcomer, packed, page_of
from tests.alone.test_kept_alone import Alone, alone, join
from tests.alone.test_signed import kept
from tests.cast import signed_in
from tests.profiles.secrets import picture
from tests.profiles.test_files import WHERE, paper, with_place, written

__all__ = ["alone"]  # a fixture
pytestmark = pytest.mark.django_db
BESIDE = "relationships___1-signed-{}__jpg"


def taken_along(person: Person) -> bytes:
    """Return somebody's archive."""
    return b"".join(archive.stream(person, timezone.now()))


def with_papers(*papers: bytes) -> bytes:
    """Return an archive of one relationship with these pages beside it."""
    beside = {BESIDE.format(number): content for number, content in enumerate(papers, 1)}
    return packed(you__json=YOU, relationships___1__json=page_of([]), **beside)


def seats(person: Person) -> list[Seat]:
    """Return somebody's seats."""
    return list(Seat.objects.filter(person=person).select_related("relationship", "side", "other"))


def held(person: Person) -> list[bytes]:
    """Return the pages signed on paper in the one relationship of somebody."""
    [seat] = seats(person)
    return [row.file(seat).content for row in signatures.pages(seat)]


@pytest.mark.parametrize("joined", [False, True], ids=["alone", "with the other there"])
def test_what_both_signed_comes_along_in_its_order_for_its_own_side_alone(alone: Alone, joined: bool) -> None:
    kept(alone)
    kept(alone, files.clean_file(written(paper(2))).content)
    if joined:
        join(alone)
    raw, me = taken_along(alone.ruth), newcomer()
    browser = signed_in(me)
    answer = bring(browser, raw).content.decode()
    assert "One relationship came along." in answer and "left behind" not in answer
    first, second = held(me)
    assert first.startswith(b"\xff\xd8") and second.startswith(b"%PDF")
    [seat] = seats(me)
    assert seat.keeps_alone
    [(_seat, record)] = bringing.records(me)
    shown = browser.get(reverse("brought-along", args=[seat.key, record.key])).content.decode()
    pages = reverse("signed-pages", args=[seat.key])
    assert "2 signed pages kept" in shown and pages in shown
    assert "2 signed pages kept" in browser.get(reverse("relationship", args=[seat.key])).content.decode()
    key = signatures.without_content(seat)[0].key
    assert browser.get(reverse("signed-page", args=[seat.key, key])).content == first
    assert signed_in(alone.ruth).get(reverse("signed-page", args=[seat.key, key])).status_code == 404
    assert not [letter for letter in mail.outbox if me.email in letter.to]
    again = luggage.read(taken_along(me))
    assert [len(bag.signatures) for bag in again.bags] == [2]


def test_brought_twice_no_page_is_doubled_and_one_that_was_deleted_stays_so(alone: Alone) -> None:
    kept(alone)
    raw, me = taken_along(alone.ruth), newcomer()
    bring(signed_in(me), raw)
    bring(signed_in(me), raw)
    assert len(held(me)) == 1
    [seat] = seats(me)
    signatures.delete(seat, signatures.pages(seat).get())
    assert "left behind" not in bring(signed_in(me), raw).content.decode()
    assert held(me) == []
    bringing.bring(alone.ruth, luggage.read(raw))
    assert len(signatures.without_content(alone.seat)) == 1


def test_it_is_made_clean_again_whatever_it_says_it_is(db: None) -> None:
    me = newcomer()
    bring(signed_in(me), with_papers(with_place()))
    [content] = held(me)
    assert WHERE.encode() not in content


HOSTILE: dict[str, Callable[[], bytes]] = {
    "no picture": lambda: b"<script>alert(1)</script>",
    "nothing": lambda: b"",
    "too large": lambda: b"\xff\xd8" + b"0" * files.LARGEST,
    "a picture that breaks off": lambda: picture()[:200],
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_what_is_none_is_left_behind_and_that_is_said(kind: str) -> None:
    me = newcomer()
    answer = bring(signed_in(me), with_papers(HOSTILE[kind](), picture())).content.decode()
    assert "One relationship came along. One page signed on paper was left behind" in answer
    assert len(held(me)) == 1


def test_a_relationship_of_which_no_page_is_taken_begins_as_any_other() -> None:
    me = newcomer()
    bring(signed_in(me), with_papers(b"none"))
    [seat] = seats(me)
    assert seat.relationship.alone_since is None and not SignedPage.objects.unscoped().exists()


def test_of_very_many_six_are_kept_in_one_relationship_and_the_rest_is_said_to_be_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    looked: list[bytes] = []

    def clean(raw: bytes) -> files.Clean:
        looked.append(raw)
        return files.Clean(raw, files.JPEG)

    monkeypatch.setattr(signatures, "clean_file", clean)
    me = newcomer()
    answer = bring(signed_in(me), with_papers(*(b"\xff\xd8%d" % number for number in range(40)))).content.decode()
    assert "34 pages signed on paper were left behind" in answer
    assert held(me) == looked == [b"\xff\xd8%d" % number for number in range(signatures.MOST)]


def test_of_one_archive_so_many_are_looked_at_and_no_more() -> None:
    made = {"you__json": YOU}
    for number in range(9):
        made[f"relationships___{number}__json"] = page_of([], key=str(number) * 22)
        made |= {f"relationships___{number}-signed-{page}__jpg": "x" for page in range(4)}
    bags = luggage.read(packed(**made)).bags
    assert sum(len(bag.signatures) for bag in bags) == luggage.MOST_SIGNED_PAGES
    assert sum(len(bag.signatures) + bag.left for bag in bags) == 36


def test_for_so_long_they_are_looked_at_and_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bringing, "PATIENCE", -1.0)
    me = newcomer()
    answer = bring(signed_in(me), with_papers(picture(), picture())).content.decode()
    assert "2 pages signed on paper were left behind" in answer
    assert held(me) == []


def test_a_page_beside_no_relationship_and_one_named_strangely_are_none() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as whole:
        whole.writestr("you.json", json.dumps({"you": {"name": "Ada"}}))
        whole.writestr("relationships/1.json", page_of([]))
        for name in ("relationships/2-signed-1.jpg", "relationships/1-signed-..jpg", "../relationships/1-signed-1.jpg"):
            whole.writestr(name, "x")
    [bag] = luggage.read(made.getvalue()).bags
    assert (bag.signatures, bag.left) == ([], 0)


def test_where_very_many_relationships_came_today_the_rest_waits_with_its_pages(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("goodword.relationships.starting.STARTS_A_DAY", 0)
    me = newcomer()
    answer = bring(signed_in(me), with_papers(picture())).content.decode()
    assert "bring the archive again tomorrow" in answer and "left behind" not in answer
    assert seats(me) == [] and not SignedPage.objects.unscoped().exists()
