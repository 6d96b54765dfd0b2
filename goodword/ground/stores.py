"""Where files lie outside the database, if a host wants that: a folder all machines share, or a bucket that speaks S3.

Pure: names and bytes. What is put here is sealed beforehand, so that whoever keeps the store learns how large a file is and when
it came, and nothing else. S3 is spoken here by hand, four requests of it: its library takes 22 MB in every process.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import hmac
import http.client
import os
import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, unquote, urlencode

NAME = re.compile(r"[0-9a-f]{8,64}/[0-9a-f]{8,64}")
PATIENCE = 10.0  # seconds for a connection, and for each piece of an answer
PARTIAL, STALE = ".partial", dt.timedelta(days=1)
ANSWER = 64_000_000  # bytes: what is larger is nothing of ours


class StoreAway(Exception):
    """The store does not answer, or not with what was put there. Says why in words for a log: no key, no secret."""


class Missing(StoreAway):
    """There is nothing of that name."""


@dataclass(frozen=True, slots=True)
class StoreEntry:
    """One thing in a store: its name, how many bytes it has, and since when it is there."""

    name: str
    size: int
    at: dt.datetime


class Store(Protocol):
    """A place for bytes under names that match NAME. Every method raises StoreAway where the place cannot be used."""

    def put(self, name: str, content: bytes) -> None:
        """Keep bytes; they are safe when this returns."""

    def get(self, name: str) -> bytes:
        """Return bytes. Raises Missing."""

    def delete(self, name: str) -> None:
        """Delete bytes; nothing happens where there are none."""

    def entries(self, house: str) -> Iterator[StoreEntry]:
        """Yield what is there under the first half of a name."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder, the same on every machine: on a network's file system, or on a disk of its own."""

    path: Path

    def put(self, name: str, content: bytes) -> None:
        """Write a file whole, or not at all; it is on the disk when this returns."""
        with _as_store_away():
            if not self.path.is_dir():  # a disk that is not mounted: made here, its files would lie on another one
                raise FileNotFoundError(2, "there is no such folder")
            place = self._place(name)
            place.parent.mkdir(mode=0o700, exist_ok=True)
            descriptor, beside = tempfile.mkstemp(dir=place.parent, suffix=PARTIAL)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(beside).replace(place)

    def get(self, name: str) -> bytes:
        """Read a file."""
        with _as_store_away():
            return self._place(name).read_bytes()

    def delete(self, name: str) -> None:
        """Delete a file."""
        with _as_store_away():
            self._place(name).unlink(missing_ok=True)

    def entries(self, house: str) -> Iterator[StoreEntry]:
        """Yield the files of a house; one that goes meanwhile is left out."""
        for path in sorted((self.path / house).glob("*")):
            with contextlib.suppress(FileNotFoundError), _as_store_away():
                found = path.stat()
                at = dt.datetime.fromtimestamp(found.st_mtime, dt.UTC)
                if path.suffix == PARTIAL and at < dt.datetime.now(dt.UTC) - STALE:
                    path.unlink()  # of a process that was killed as it wrote
                elif NAME.fullmatch(f"{house}/{path.name}"):
                    yield StoreEntry(f"{house}/{path.name}", found.st_size, at)

    def _place(self, name: str) -> Path:
        return self.path / _tidy(name)


@contextlib.contextmanager
def _as_store_away() -> Iterator[None]:
    """Say trouble with the disk as StoreAway."""
    try:
        yield
    except FileNotFoundError as wrong:
        raise Missing(wrong.strerror) from wrong
    except OSError as wrong:
        raise StoreAway(wrong.strerror or type(wrong).__name__) from wrong


def _tidy(name: str) -> str:
    if not NAME.fullmatch(name):
        raise StoreAway("a name that is none of ours")
    return name


@dataclass(frozen=True, slots=True)
class Bucket:
    """A bucket of anything that speaks S3 (signature version 4), addressed by its path."""

    host: str  # with its port, where it is not the usual one
    bucket: str
    key: str
    secret: str
    region: str = "us-east-1"
    tls: bool = True
    few: int = 1000  # entries an answer

    def put(self, name: str, content: bytes) -> None:
        """Put an object."""
        self._ask("PUT", _tidy(name), content=content)

    def get(self, name: str) -> bytes:
        """Get an object."""
        return self._ask("GET", _tidy(name))

    def delete(self, name: str) -> None:
        """Delete an object."""
        with contextlib.suppress(Missing):
            self._ask("DELETE", _tidy(name))

    def entries(self, house: str) -> Iterator[StoreEntry]:
        """Yield the objects of a house."""
        asked = {"list-type": "2", "max-keys": str(self.few), "prefix": f"{house}/"}
        while True:
            text = self._ask("GET", query=asked).decode(errors="replace")
            yield from _entries_in(text)
            more = re.search(r"<NextContinuationToken>([^<]+)</NextContinuationToken>", text)
            if not more:
                return
            asked["continuation-token"] = _plain(more[1])

    def _ask(self, method: str, name: str = "", query: Mapping[str, str] | None = None, content: bytes = b"") -> bytes:
        """Ask the store, once more where it did not answer: each of the four requests does the same twice."""
        path = quote(f"/{self.bucket}/{name}".rstrip("/"))
        asked = urlencode(sorted((query or {}).items()), quote_via=quote, safe="")
        try:
            return self._answer(method, path, asked, content)
        except Missing:
            raise
        except StoreAway:
            return self._answer(method, path, asked, content)

    def _answer(self, method: str, path: str, query: str, content: bytes) -> bytes:
        kind = http.client.HTTPSConnection if self.tls else http.client.HTTPConnection
        headers = signed_headers(self, method, path, query, content, dt.datetime.now(dt.UTC))
        with contextlib.closing(kind(self.host, timeout=PATIENCE)) as connection:
            try:
                connection.request(method, f"{path}?{query}" if query else path, content or None, headers)
                answer = connection.getresponse()
                body = answer.read(ANSWER)
            except (OSError, http.client.HTTPException) as wrong:
                raise StoreAway(f"{self.host} does not answer: {type(wrong).__name__}") from wrong
        if answer.status == http.HTTPStatus.NOT_FOUND and b"NoSuchBucket" not in body:
            raise Missing("there is no such object")
        if answer.status not in (200, 204):
            code = re.search(rb"<Code>(\w{1,60})</Code>", body)
            raise StoreAway(f"{self.host} answers {answer.status} {code[1].decode() if code else answer.reason}")
        return body


def _entries_in(text: str) -> Iterator[StoreEntry]:
    """Yield the entries of one answer. Names of ours hold nothing that XML writes otherwise; others are none of ours."""
    for part in re.findall(r"<Contents>(.*?)</Contents>", text, re.DOTALL):
        found = {kind: re.search(rf"<{kind}>([^<]+)</{kind}>", part) for kind in ("Key", "Size", "LastModified")}
        key, size, at = found["Key"], found["Size"], found["LastModified"]
        if key and size and at and NAME.fullmatch(unquote(key[1])):
            yield StoreEntry(unquote(key[1]), int(size[1]), dt.datetime.fromisoformat(at[1].replace("Z", "+00:00")))


def _plain(text: str) -> str:
    for sign, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#34;", '"'), ("&amp;", "&")):
        text = text.replace(sign, letter)
    return text


def signed_headers(
    where: Bucket, method: str, path: str, query: str, content: bytes, now: dt.datetime
) -> dict[str, str]:
    """Return the headers of a request, signed as AWS's signature version 4 says; the content is signed with it."""
    summed, at = hashlib.sha256(content).hexdigest(), f"{now:%Y%m%dT%H%M%SZ}"
    headers = {"host": where.host, "x-amz-content-sha256": summed, "x-amz-date": at}
    names = ";".join(sorted(headers))
    lines = "".join(f"{name}:{headers[name]}\n" for name in sorted(headers))
    asked = hashlib.sha256("\n".join((method, path, query, lines, names, summed)).encode()).hexdigest()
    scope = f"{at[:8]}/{where.region}/s3/aws4_request"
    key = f"AWS4{where.secret}".encode()
    for part in (*scope.split("/"), "\n".join(("AWS4-HMAC-SHA256", at, scope, asked))):
        key = hmac.digest(key, part.encode(), "sha256")
    proof = f"AWS4-HMAC-SHA256 Credential={where.key}/{scope}, SignedHeaders={names}, Signature={key.hex()}"
    return {**headers, "Authorization": proof}
