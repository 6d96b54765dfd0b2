"""Files in a bucket of a real server that speaks S3 (OpenStack Swift, from Debian)."""

from __future__ import annotations

import dataclasses
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone

from config import stores
from goodword.ground.stores import Bucket, Missing, StoreAway
from goodword.ops.doctor.files import store_has_all
from goodword.ops.doctor.findings import Severity
from goodword.profiles import actions
from tests.cast import Cast
from tests.profiles import swift
from tests.profiles.secrets import picture

HOUSE = "0123456789abcdef"
pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(bool(swift.missing()), reason=f"NO SWIFT is installed: {', '.join(swift.missing())}"),
    pytest.mark.skipif(
        os.geteuid() != 0, reason="NO ROOT: Debian's Swift becomes another user as it starts, so it needs root"
    ),
]


@pytest.fixture(scope="module")
def bucket() -> Iterator[Bucket]:
    """A bucket with nothing in it."""
    with tempfile.TemporaryDirectory(prefix="goodword-swift-", dir="/tmp") as folder:
        try:
            os.setxattr(folder, "user.goodword", b"1" * 1000)
            with swift.swift(Path(folder)) as host:
                made = Bucket(host, swift.BUCKET, swift.KEY, swift.SECRET, tls=False)
                made._ask("PUT")
                yield made
        except (OSError, StoreAway) as wrong:
            pytest.skip(f"NO SWIFT runs here: {wrong}")


def test_a_bucket_gives_back_what_it_was_given_and_lets_it_go(bucket: Bucket) -> None:
    names = [f"{HOUSE}/{number:032x}" for number in range(3)]
    content = os.urandom(3_000_000)
    for name in names:
        bucket.put(name, content)
    bucket.put("fedcba9876543210/00112233", b"of another house")
    assert bucket.get(names[1]) == content
    # two an answer, so that a list goes on in a second one
    listed = list(dataclasses.replace(bucket, few=2).entries(HOUSE))
    assert [(one.name, one.size) for one in listed] == [(name, 3_000_000) for name in names]
    assert all(abs((timezone.now() - one.at).total_seconds()) < 3600 for one in listed)
    for name in (*names, names[0]):
        bucket.delete(name)
    with pytest.raises(Missing):
        bucket.get(names[1])
    assert not list(bucket.entries(HOUSE))


def test_a_wrong_secret_and_a_bucket_that_is_not_there_are_said(bucket: Bucket) -> None:
    for wrong in (dataclasses.replace(bucket, secret="guessed"), dataclasses.replace(bucket, bucket="not-there")):
        with pytest.raises(StoreAway) as why:
            wrong.put(f"{HOUSE}/00112233", b"sealed")
        assert not isinstance(why.value, Missing)
        assert wrong.secret not in str(why.value)


def test_a_file_is_added_read_and_taken_away(
    bucket: Bucket,
    cast: Cast,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Callable[..., Any],
) -> None:
    words = (quote(bucket.key, safe=""), quote(bucket.secret, safe=""), bucket.host, bucket.bucket)
    monkeypatch.setenv("GOODWORD_FILES_S3_URL", "http://{}:{}@{}/{}".format(*words))
    settings.FILES = stores.store()
    assert bucket == settings.FILES and cast.ada.person is not None
    file = actions.add_file(cast.ada.person, "Our kitchen", picture())
    answer = cast.ada_browser.get(reverse("profile-file", args=[file.key]))
    assert answer.status_code == 200 and answer.content == file.unseal()
    assert [finding.state for finding in store_has_all(timezone.now())] == [Severity.WELL]
    with django_capture_on_commit_callbacks(execute=True):
        actions.take_file_away(file)
    [finding] = store_has_all(timezone.now())
    assert finding.words == "0 files lie in the store"
