"""A copy as one file: a tar.gz, or with a passphrase the same sealed by age, which any `age` program opens too.

A sealed backup is a tar of two: `identity.age`, an age key under the passphrase, and `backup.tar.gz.age`, sealed to that key. So
ten gigabytes pass through in pieces, and `age -d identity.age > id; age -d -i id backup.tar.gz.age | tar xz` opens it by hand.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import io
import os
import re
import tarfile
import threading
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from goodword.ops.backup.manifest import PIECE, WrongBackup

PLAIN, SEALED = ".tar.gz", ".sealed.tar"
IDENTITY, CONTENT = "identity.age", "backup.tar.gz.age"
NAME_PATTERN = re.compile(
    r"manifest\.json|keys\.json|deletions|database\.sqlite3|tables/\w+\.copy|(?:playbook|files)/[\w .@+-]+(?:/[\w .@+-]+)*"
)
Take = Callable[[str, IO[bytes]], None]


def pack(folder: Path, to: Path, passphrase: str = "") -> None:
    """Write a copy into one new file, sealed if there is a passphrase; it is on the disk when this returns."""
    with to.open("xb") as file:
        if passphrase:
            _seal(folder, file, passphrase)
        else:
            _tar(folder, file)
        file.flush()
        os.fsync(file.fileno())


def unpack(source: Path, folder: Path, passphrase: str = "") -> None:
    """Lay the files of a backup into a new folder. Raise WrongBackup for a wrong passphrase or a file that is none of ours."""

    def lay(name: str, content: IO[bytes]) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("xb") as into:
            while piece := content.read(PIECE):
                into.write(piece)

    _read(source, passphrase, lay)


def sums_in(source: Path, passphrase: str = "") -> dict[str, str]:
    """Return the SHA-256 of each file in a backup, reading it through. Raises WrongBackup as `unpack` does."""
    found: dict[str, str] = {}

    def add(name: str, content: IO[bytes]) -> None:
        summing = hashlib.sha256()
        while piece := content.read(PIECE):
            summing.update(piece)
        found[name] = summing.hexdigest()

    _read(source, passphrase, add)
    return found


def _read(source: Path, passphrase: str, take: Take) -> None:
    try:
        if is_sealed(source):
            _unseal(source, passphrase, take)
        else:
            with source.open("rb") as file:
                _untar(file, take)
    except (tarfile.TarError, EOFError, zlib.error, OSError) as wrong:
        if isinstance(wrong, OSError) and wrong.errno:
            raise
        raise WrongBackup(
            f"{source} is not a whole backup of Goodword: it breaks off, or is something else."
        ) from wrong


def is_sealed(source: Path) -> bool:
    """Whether a backup opens by a passphrase only."""
    with source.open("rb") as file:
        return file.read(len(IDENTITY)) == IDENTITY.encode()


def _tar(folder: Path, file: IO[bytes]) -> None:
    with (
        gzip.GzipFile(filename="", fileobj=file, mode="wb", compresslevel=1) as packed,
        tarfile.open(fileobj=packed, mode="w|") as tar,
    ):
        tar.add(folder / "manifest.json", "manifest.json")
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name != "manifest.json":
                tar.add(path, str(path.relative_to(folder)))


def _untar(file: IO[bytes], take: Take) -> None:
    with tarfile.open(fileobj=file, mode="r|gz") as tar:
        for member in tar:
            content = tar.extractfile(member)
            if content is None or not NAME_PATTERN.fullmatch(member.name) or ".." in member.name.split("/"):
                raise WrongBackup(f"This is not a backup of Goodword: it holds {member.name[:80]!r}.")
            take(member.name, content)


def _seal(folder: Path, file: IO[bytes], passphrase: str) -> None:
    import pyrage

    identity = pyrage.x25519.Identity.generate()
    _member(file, IDENTITY, pyrage.passphrase.encrypt(str(identity).encode(), passphrase))
    with _stream_member(file, CONTENT), _flowing(lambda end: _tar(folder, end)) as tar:
        pyrage.encrypt_io(tar, file, [identity.to_public()])
    file.write(b"\0" * 1024)


def _unseal(source: Path, passphrase: str, take: Take) -> None:
    import pyrage

    with tarfile.open(source, mode="r:") as tar:
        key, content = tar.extractfile(IDENTITY), tar.extractfile(CONTENT)
        if key is None or content is None:
            raise WrongBackup(f"{source} is not a backup of Goodword.")
        try:
            identity = pyrage.x25519.Identity.from_str(pyrage.passphrase.decrypt(key.read(), passphrase).decode())
        except pyrage.DecryptError as wrong:
            raise WrongBackup("The passphrase does not open this backup.") from wrong
        try:
            with _flowing(lambda end: pyrage.decrypt_io(content, end, [identity])) as plain:
                _untar(plain, take)
        except pyrage.DecryptError as wrong:
            raise WrongBackup(f"{source} is damaged: it has been changed since it was made.") from wrong


def _member(file: IO[bytes], name: str, content: bytes) -> None:
    file.write(_header(name, len(content)) + content + b"\0" * (-len(content) % tarfile.BLOCKSIZE))


def _header(name: str, size: int) -> bytes:
    member = tarfile.TarInfo(name)
    member.size, member.mode = size, 0o600
    return member.tobuf(tarfile.GNU_FORMAT)


@contextlib.contextmanager
def _stream_member(file: IO[bytes], name: str) -> Iterator[None]:
    """Make what is written meanwhile a member of the tar: its size is put into its header afterwards."""
    start = file.tell()
    file.write(_header(name, 0))
    yield
    end = file.seek(0, io.SEEK_END)
    size = end - start - tarfile.BLOCKSIZE
    file.seek(start)
    file.write(_header(name, size))
    file.seek(end)
    file.write(b"\0" * (-size % tarfile.BLOCKSIZE))


@contextlib.contextmanager
def _flowing(write: Callable[[IO[bytes]], None]) -> Iterator[IO[bytes]]:
    """Yield a stream of what `write` writes in a thread of its own; whatever that raises is raised here at the end."""
    reading, writing = (os.fdopen(end, mode) for end, mode in zip(os.pipe(), ("rb", "wb"), strict=True))
    raised: list[BaseException] = []

    def run() -> None:
        try:
            with writing:
                write(writing)
        except BaseException as trouble:
            raised.append(trouble)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield reading
        while reading.read(PIECE):  # what pads the end of a tar: the writer is not to be cut off
            pass
    finally:
        reading.close()
        thread.join()
        if raised and not isinstance(raised[0], BrokenPipeError):
            raise raised[0]
