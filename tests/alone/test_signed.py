"""A photo or scan of a page that both signed on paper, kept with the agreement by the one side that is there."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from goodword.account.actions import closing
from goodword.account.queries import archive
from goodword.alone.actions import signatures
from goodword.alone.models import SignedPage
from goodword.ground.sealing import SealBroken
from goodword.ops import rotating
from goodword.people.models import Person
from goodword.profiles import files
from goodword.relationships.doorway import seat_of
from goodword.relationships.journal import Event
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.ui import shield
from tests.alone.test_kept_alone import Alone, alone, join
from tests.cast import Cast, colleague, signed_in
from tests.profiles.secrets import picture
from tests.profiles.test_files import BAD, WHERE, paper, with_place, written

__all__ = ["alone"]  # a fixture


def send(browser: Client, address: str, content: bytes, name: str = "IMG_2041.JPG") -> Any:
    """Send a file as the form does."""
    return browser.post(address, {"file": SimpleUploadedFile(name, content, "image/jpeg")})


def kept(alone: Alone, content: bytes | None = None) -> SignedPage:
    """Have Ruth keep a signed page, and return it."""
    answer = send(alone.browser, alone.url("signed-pages"), picture() if content is None else content)
    assert answer.status_code == 302, answer.content.decode()
    return signatures.without_content(alone.seat)[-1]


def everywhere(browser: Client, seat: Seat) -> str:
    """Return what somebody reads on the pages that could tell of a signed page."""
    pages = ("relationship", "opening", "opened", "agreement", "story", "what-they-see")
    return "".join(browser.get(reverse(page, args=[seat.key]), follow=True).content.decode() for page in pages)


def test_from_the_agreement_on_the_kit_and_the_agreement_lead_to_it(alone: Alone) -> None:
    page = alone.url("signed-pages")
    assert page not in alone.page()
    alone.to(Step.AGREE)
    for shown in (alone.page(), alone.page("kept-alone", "agreement")):
        assert page in shown and "Keep a photo of the page you both signed" in shown
    assert page not in alone.page("kept-alone", "talk")
    kept(alone)
    for shown in (alone.page(), alone.page("kept-alone", "agreement")):
        assert "1 signed page kept" in shown


def test_a_photo_is_kept_without_where_it_was_taken_sealed_and_comes_as_a_download(alone: Alone) -> None:
    row = kept(alone, with_place())
    listed = alone.page("signed-pages")
    assert alone.url("signed-page", row.key) in listed and "Only" in listed
    answer = alone.browser.get(alone.url("signed-page", row.key))
    assert answer["Content-Type"] == "image/jpeg" and answer["Content-Disposition"].startswith("attachment")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    with Image.open(io.BytesIO(answer.content)) as found:
        assert not dict(found.getexif())
    assert WHERE.encode() not in answer.content
    [raw] = SignedPage.objects.unscoped().values_list("content", flat=True)
    assert answer.content[:64] not in bytes(raw) and b"JFIF" not in bytes(raw)


def test_a_scan_keeps_its_pages_and_its_type_byte_by_byte(alone: Alone) -> None:
    scan = files.clean_file(written(paper(2)))
    row = kept(alone, scan.content)
    answer = alone.browser.get(alone.url("signed-page", row.key))
    assert answer["Content-Type"] == files.PDF and answer.content.startswith(b"%PDF")
    every = bytes(range(256)) * 3
    row.content = SignedPage.letters_of(every)
    row.save(update_fields=["content"])
    assert signatures.pages(alone.seat).get().file(alone.seat).content == every


@pytest.mark.parametrize("kind", BAD)
def test_what_is_not_taken_gets_its_sentence_and_leaves_nothing_behind(alone: Alone, kind: str) -> None:
    name, content, sentence = BAD[kind]
    answer = send(alone.browser, alone.url("signed-pages"), content() if callable(content) else content, name)
    assert answer.status_code == 422 and sentence in answer.content.decode()
    assert signatures.without_content(alone.seat) == []


def test_without_a_file_one_is_asked_for_it(alone: Alone) -> None:
    for sent in ({}, {"file": "no file"}):
        answer = alone.browser.post(alone.url("signed-pages"), sent)
        assert answer.status_code == 422 and "Choose a file" in answer.content.decode()


def test_a_seventh_is_turned_away_kindly(alone: Alone) -> None:
    for _number in range(signatures.MOST):
        kept(alone)
    assert 'type="file"' not in alone.page("signed-pages")
    answer = send(alone.browser, alone.url("signed-pages"), picture())
    assert answer.status_code == 422 and "Six are as many as can be kept here" in answer.content.decode()
    assert len(signatures.without_content(alone.seat)) == signatures.MOST


def test_it_may_be_as_large_as_any_file_and_no_other_address_takes_as_much(alone: Alone) -> None:
    assert shield.largest_at(alone.url("signed-pages")) == shield.largest_at("/profile/files") == 8_000_000
    other = (alone.url("signed-page", "x"), alone.url("relationship"), "/r/a/b/alone/signed", "/profile/files/x")
    assert {shield.largest_at(path) for path in other} == {shield.LARGEST}


def test_it_can_be_deleted_for_good(alone: Alone) -> None:
    row = kept(alone)
    answer = alone.browser.post(alone.url("signed-page-gone", row.key), follow=True)
    assert "Deleted, for good." in answer.content.decode()
    assert not SignedPage.objects.unscoped().exists()
    assert alone.browser.get(alone.url("signed-page", row.key)).status_code == 404
    assert alone.browser.post(alone.url("signed-page-gone", row.key)).status_code == 404


def test_whoever_joins_finds_nothing_of_it_and_it_stays_with_who_kept_it(alone: Alone) -> None:
    row = kept(alone)
    tom, toms = join(alone)
    his = seat_of(tom, alone.key)
    assert signatures.without_content(his) == []
    with pytest.raises(SealBroken):
        row.file(his)
    assert "signed-page" not in everywhere(toms, his) and "alone/signed" not in everywhere(toms, his)
    assert toms.get(alone.url("signed-page", row.key)).status_code == 404
    assert toms.post(alone.url("signed-page-gone", row.key)).status_code == 404
    assert row.key not in toms.get(alone.url("signed-pages")).content.decode()
    # Who kept it finds it where one chooses what to open, where it is nothing to choose; no more is added, and it can go.
    choosing = alone.page("opening")
    assert alone.url("signed-pages") in choosing and row.key not in choosing
    assert 'type="file"' not in alone.page("signed-pages")
    assert send(alone.browser, alone.url("signed-pages"), picture()).status_code == 422
    assert alone.browser.get(alone.url("signed-page", row.key)).status_code == 200
    alone.browser.post(alone.url("signed-page-gone", row.key))
    assert signatures.without_content(alone.seat) == []


def test_a_colleague_on_ones_own_side_sees_it_and_nobody_else(alone: Alone) -> None:
    row = kept(alone)
    beside = colleague(alone.seat, "Ann Oak", "ann@oak.example")
    assert beside.person is not None
    assert signed_in(beside.person).get(alone.url("signed-page", row.key)).status_code == 200
    other = Person.objects.create(email="eve@else.example", name="Eve")
    assert signed_in(other).get(alone.url("signed-page", row.key)).status_code == 404
    with pytest.raises(SealBroken):
        row.file(alone.seat.without_drawers())


def test_where_nothing_is_kept_alone_there_is_no_such_page(cast: Cast) -> None:
    address = reverse("signed-pages", args=[cast.key])
    assert cast.ada_browser.get(address).status_code == 404
    assert send(cast.ada_browser, address, picture()).status_code == 404
    assert not SignedPage.objects.unscoped().exists()


def test_after_letting_go_it_can_still_be_looked_at_and_deleted_and_none_is_added(alone: Alone) -> None:
    row = kept(alone)
    alone.browser.post(alone.url("let-go"), {"sure": "yes"})
    assert not alone.seat.open
    assert alone.browser.get(alone.url("signed-page", row.key)).status_code == 200
    assert 'type="file"' not in alone.page("signed-pages")
    assert send(alone.browser, alone.url("signed-pages"), picture()).status_code == 422
    alone.browser.post(alone.url("signed-page-gone", row.key))
    assert signatures.without_content(alone.seat) == []


def test_it_goes_along_as_a_file_beside_its_relationship(alone: Alone) -> None:
    row = kept(alone)
    whole = b"".join(archive.stream(alone.ruth, timezone.now()))
    with zipfile.ZipFile(io.BytesIO(whole)) as made:
        assert made.read("relationships/001-signed-1.jpg") == row.file(alone.seat).content
    tom, _toms = join(alone)
    his = b"".join(archive.stream(tom, timezone.now()))
    with zipfile.ZipFile(io.BytesIO(his)) as made:
        assert not [name for name in made.namelist() if "signed" in name]


@pytest.mark.parametrize("joined", [False, True], ids=["alone", "with the other there"])
def test_it_is_erased_with_the_account(alone: Alone, joined: bool) -> None:
    kept(alone)
    if joined:
        join(alone)
    closing.close(alone.ruth)
    assert not SignedPage.objects.unscoped().exists()


def test_few_are_sealed_again_at_a_time_as_keys_change() -> None:
    columns = {(one.model, one.name): one.few for one in rotating.columns()}
    assert columns[SignedPage, "content"] == 4


def test_no_letter_is_written_and_nothing_said_in_the_story(alone: Alone) -> None:
    before = Event.objects.visible_to(alone.seat).count()
    kept(alone)
    assert mail.outbox == [] and Event.objects.visible_to(alone.seat).count() == before
