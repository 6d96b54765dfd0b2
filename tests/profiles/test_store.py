"""Files that lie in a store: sealed there, read as before, gone with their row, and nothing is lost or told when it is away."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from goodword.account.actions import closing
from goodword.alone.actions import signatures
from goodword.alone.models import SignedPage
from goodword.ground.stores import Folder, StoreAway
from goodword.ops import files, rotating
from goodword.ops.doctor.files import store_has_all
from goodword.ops.doctor.findings import Severity
from goodword.people.epochs import Epoch
from goodword.profiles import actions, store
from goodword.profiles.models import OwnFile
from tests.alone.test_kept_alone import Alone, alone
from tests.cast import Cast
from tests.profiles.secrets import picture

__all__ = ["alone"]  # a fixture
Commits = Callable[..., Any]
LATER, MONTH = dt.timedelta(hours=2), dt.timedelta(days=30)


@pytest.fixture
def shared(settings: Any, tmp_path: Path) -> Path:
    """A folder that files lie in."""
    folder = tmp_path / "shared"
    folder.mkdir()
    settings.FILES = Folder(folder)
    return folder


def there(folder: Path) -> list[Path]:
    """Return the files that lie in it; what says that a house goes on is none."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != files.SIGN)


def ada_adds(cast: Cast) -> OwnFile:
    """Have Ada add a picture."""
    assert cast.ada.person is not None
    return actions.add_file(cast.ada.person, "Our kitchen", picture())


def test_a_file_lies_sealed_in_the_store_under_a_name_that_says_nothing_and_is_read_as_before(
    cast: Cast, shared: Path, settings: Any
) -> None:
    in_store, place = ada_adds(cast), settings.FILES
    settings.FILES = None
    in_database = ada_adds(cast)
    settings.FILES = place
    [path] = there(shared)
    assert in_database.unseal() == in_store.unseal()
    assert in_database.unseal()[:200] not in path.read_bytes() and b"JFIF" not in path.read_bytes()
    assert store.slip_of(in_store.stored_content()) and not store.slip_of(in_database.stored_content())
    assert str(in_store.pk) not in str(path) and in_store.key not in str(path)
    answers = [cast.ada_browser.get(reverse("profile-file", args=[one.key])) for one in (in_store, in_database)]
    assert answers[0].content == answers[1].content == in_store.unseal()
    assert answers[0].headers == answers[1].headers


def test_who_takes_a_file_away_deletes_it_from_the_store(
    cast: Cast, shared: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    file = ada_adds(cast)
    with django_capture_on_commit_callbacks(execute=True):
        actions.take_file_away(file)
    assert not there(shared)


def test_what_a_closed_account_had_is_swept_within_the_hour_and_nothing_else(cast: Cast, shared: Path) -> None:
    ada_adds(cast)
    assert cast.ben.person is not None
    bens = actions.add_file(cast.ben.person, "Our garden", picture())
    closing.close(cast.ada.person)
    assert files.sweep(timezone.now()) == 0
    assert files.sweep(timezone.now() + LATER) == 1
    assert len(there(shared)) == 1 and bens.unseal()


def test_a_restored_house_never_deletes_what_the_house_it_was_taken_of_keeps(
    cast: Cast, shared: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    file = ada_adds(cast)
    Epoch.objects.create(at=timezone.now(), made_at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        actions.take_file_away(file)
    assert files.sweep(timezone.now() + LATER) == 0
    assert len(there(shared)) == 1


@pytest.fixture
def restored(cast: Cast, shared: Path, settings: Any) -> OwnFile:
    """A file that lay in the store as a backup was made, and was put there anew as it came back a month ago."""
    files.sweep(timezone.now())
    file = ada_adds(cast)
    old = (timezone.now() - MONTH - LATER).timestamp()
    for path in shared.rglob("*"):
        os.utime(path, (old, old))
    Epoch.objects.create(at=timezone.now() - MONTH, made_at=timezone.now() - MONTH)
    assert (files.move_back(), files.move()) == (1, 1)
    return file


def test_of_an_earlier_epoch_all_is_swept_when_the_house_of_then_has_been_silent_for_a_month(
    restored: OwnFile, shared: Path
) -> None:
    assert len(list(shared.glob("*/*"))) == 3
    assert files.sweep(timezone.now() - dt.timedelta(days=1)) == 0
    assert files.sweep(timezone.now() + LATER) == 2
    assert {path.name == files.SIGN for path in shared.glob("*/*")} == {True, False}
    assert OwnFile.objects.get().unseal() and not files.missing()


@pytest.mark.parametrize("sign", [files.SIGN, "ab" * 16])
def test_where_the_house_of_then_goes_on_nothing_of_it_is_ever_swept(
    restored: OwnFile, shared: Path, settings: Any, sign: str
) -> None:
    [(house, _over)] = store.earlier_houses()
    settings.FILES.put(f"{house}/{sign}", b"")
    before = set((shared / house).iterdir())
    assert files.sweep(timezone.now() + 12 * MONTH) == 0
    assert set((shared / house).iterdir()) == before


def test_a_seventh_file_leaves_nothing_in_the_store(
    cast: Cast, shared: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    for _ in range(6):
        ada_adds(cast)
    with django_capture_on_commit_callbacks(execute=True):
        sent = {"title": "One more", "file": SimpleUploadedFile("a.jpg", picture(), "image/jpeg")}
        answer = cast.ada_browser.post(reverse("profile-files"), sent)
    assert answer.status_code == 422
    assert len(there(shared)) == 6


def test_a_store_that_does_not_answer_keeps_nothing_and_says_so(cast: Cast, shared: Path, settings: Any) -> None:
    file = ada_adds(cast)
    settings.FILES = Folder(shared / "not mounted")
    sent = {"title": "One more", "file": SimpleUploadedFile("a.jpg", picture(), "image/jpeg")}
    answer = cast.ada_browser.post(reverse("profile-files"), sent)
    assert answer.status_code == 422 and "Nothing was kept" in answer.content.decode()
    assert OwnFile.objects.count() == 1
    answer = cast.ada_browser.get(reverse("profile-file", args=[file.key]))
    assert answer.status_code == 503 and "the place where files lie does not answer" in answer.content.decode()
    assert cast.ben_browser.get(reverse("profile-file", args=[file.key])).status_code == 404
    [finding] = store_has_all(timezone.now())
    assert finding.state is Severity.WRONG and "GOODWORD_FILES_FOLDER" in finding.do


def test_one_file_in_the_place_of_another_is_not_shown(cast: Cast, shared: Path) -> None:
    mine, other = ada_adds(cast), ada_adds(cast)
    one, two = there(shared)
    before = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(before)
    for file in (mine, other):
        with pytest.raises(StoreAway):
            file.unseal()


def test_a_new_key_of_the_house_leaves_the_store_alone(cast: Cast, shared: Path, settings: Any) -> None:
    file = ada_adds(cast)
    before = there(shared)[0].read_bytes()
    assert rotating.reseal(settings.KEY_RING.ring()) == 0
    assert there(shared)[0].read_bytes() == before
    assert OwnFile.objects.get(pk=file.pk).unseal()


def test_a_page_both_signed_lies_there_too_and_goes_when_it_is_deleted(
    alone: Alone, shared: Path, django_capture_on_commit_callbacks: Commits
) -> None:
    page = signatures.keep(alone.seat, picture())
    assert len(there(shared)) == 1
    assert alone.browser.get(alone.url("signed-page", page.key)).content == page.file(alone.seat).content
    with django_capture_on_commit_callbacks(execute=True):
        signatures.delete(alone.seat, page)
    assert not there(shared) and not SignedPage.objects.owned_by(alone.seat).exists()


def test_files_move_into_the_store_and_back(
    alone: Alone, shared: Path, settings: Any, django_capture_on_commit_callbacks: Commits
) -> None:
    place, settings.FILES = settings.FILES, None
    page = signatures.keep(alone.seat, picture())
    assert alone.seat.person is not None
    file = actions.add_file(alone.seat.person, "Our kitchen", picture())
    wanted = (file.unseal(), page.file(alone.seat).content)
    settings.FILES = place

    def found() -> tuple[bytes, bytes]:
        row = SignedPage.objects.owned_by(alone.seat).get()
        return OwnFile.objects.get().unseal(), row.file(alone.seat).content

    assert files.move() == 2 and files.move() == 0
    assert found() == wanted and len(there(shared)) == 2
    assert [one.state for one in store_has_all(timezone.now())] == [Severity.WELL]
    there(shared)[0].rename(shared / "elsewhere")
    assert "1 of 2 files are not in the store" in store_has_all(timezone.now())[0].words
    (shared / "elsewhere").rename(shared / files.missing()[0])
    with django_capture_on_commit_callbacks(execute=True):
        assert files.move_back() == 2
    settings.FILES = None
    assert found() == wanted and not there(shared)
    assert [one.state for one in store_has_all(timezone.now())] == [Severity.WELL]
