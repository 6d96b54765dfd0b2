"""Where files lie outside the database: a folder, and how a request to a bucket is signed."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from goodword.ground.stores import Bucket, Folder, Missing, StoreAway, _entries_in, signed_headers

ASKED = "list-type=2&prefix=ab%2F"
NAME = "0123456789abcdef/00112233445566778899aabbccddeeff"


def test_a_folder_gives_back_what_it_was_given_to_nobody_else_and_lets_it_go(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.put(NAME, b"sealed")
    assert folder.get(NAME) == b"sealed"
    assert (tmp_path / NAME).stat().st_mode & 0o077 == 0
    assert [(one.name, one.size) for one in folder.entries("0123456789abcdef")] == [(NAME, 6)]
    folder.delete(NAME)
    folder.delete(NAME)
    with pytest.raises(Missing):
        folder.get(NAME)


def test_a_folder_that_is_not_there_is_said_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreAway):
        Folder(tmp_path / "not mounted").put(NAME, b"sealed")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["../keys", "/etc/passwd", "0123456789abcdef/../keys", "", "a/b"])
def test_no_name_leads_out_of_a_store(tmp_path: Path, name: str) -> None:
    with pytest.raises(StoreAway):
        Folder(tmp_path).get(name)


# Made by the signer of MinIO's own library (minio 7.2.20) for the same requests.
@pytest.mark.parametrize(
    ("method", "path", "query", "content", "proof"),
    [
        ("PUT", "/files/abcd/ef01", "", b"hello", "0c03207ddbfefaf74b45405db7c3b3acd1eaaebc37b4e1adc29d80f57d2b9d5c"),
        (
            "GET",
            "/files",
            "continuation-token=a%2Fb%3D&list-type=2&prefix=ab%2F",
            b"",
            "dcad494507e9e2030cf74fd4e6412e8ab7b717b793a8d905b856afa6db2e1003",
        ),
    ],
)
def test_a_request_is_signed_as_others_sign_it(method: str, path: str, query: str, content: bytes, proof: str) -> None:
    bucket = Bucket("s3.example:9000", "files", "ke:y", "se/cret+", "eu-1")
    headers = signed_headers(bucket, method, path, query, content, dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC))
    assert headers["Authorization"].endswith(f"Signature={proof}")


def test_a_list_is_read_and_what_is_none_of_ours_left_out() -> None:
    at = "<LastModified>2026-11-28T12:00:00.000Z</LastModified>"
    text = "".join(
        f"<Contents><Key>{key}</Key>{at}<Size>6</Size></Contents>" for key in (NAME, "somebody/else's.jpg", "&amp;")
    )
    assert [(one.name, one.size, one.at.hour) for one in _entries_in(text)] == [(NAME, 6, 12)]
