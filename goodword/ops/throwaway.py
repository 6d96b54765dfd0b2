"""A PostgreSQL server of our own for as long as the tests run: nothing of it stays, and nobody else's is touched."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

PATIENCE = 30.0


def binaries() -> Path | None:
    """Return the folder of a PostgreSQL server's programs, the newest there is, or None."""
    found = [folder for folder in Path("/usr/lib/postgresql").glob("*/bin") if (folder / "initdb").exists()]
    if found:
        return max(found, key=lambda folder: float(folder.parent.name))
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


@contextlib.contextmanager
def postgresql(programs: Path) -> Iterator[str]:
    """Run a new cluster in a temporary folder, on a socket only; give its database address, and end it afterwards."""
    user = _unprivileged()
    folder = Path(tempfile.mkdtemp(prefix="goodword-pg-", dir="/tmp"))
    if user:
        shutil.chown(folder, user, pwd.getpwnam(user).pw_gid)
    data = folder / "data"
    try:
        _run([programs / "initdb", "--pgdata", data, "--username", "goodword", "--auth", "trust", "--encoding", "UTF8",
              "--locale", "C.UTF-8", "--no-sync"], user)  # fmt: skip
        with _server(programs, data, folder, user):
            yield f"postgresql://goodword@/postgres?host={quote(str(folder), safe='')}"
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _server(programs: Path, data: Path, sockets: Path, user: str | None) -> Iterator[None]:
    # Nothing in it outlives the tests, so nothing needs to reach the disk.
    fast = [
        "-c",
        "fsync=off",
        "-c",
        "synchronous_commit=off",
        "-c",
        "full_page_writes=off",
        "-c",
        "max_connections=200",
    ]
    argv = [str(programs / "postgres"), "-D", str(data), "-k", str(sockets), "-c", "listen_addresses=", *fast]
    with (sockets / "log").open("wb") as log:
        process = subprocess.Popen(argv, stdout=log, stderr=log, user=user, start_new_session=True, cwd="/")  # noqa: S603
    try:
        _wait(process, sockets)
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: subprocess.Popen[bytes], sockets: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        if b"ready to accept connections" in (sockets / "log").read_bytes():
            return
        time.sleep(0.05)
    raise RuntimeError("PostgreSQL did not start:\n" + (sockets / "log").read_text()[-2000:])


def _unprivileged() -> str | None:
    """Return whom to run the server as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _run(argv: list[str | Path], user: str | None) -> None:
    done = subprocess.run([str(part) for part in argv], user=user, capture_output=True, text=True, cwd="/", check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"{argv[0]} ended with {done.returncode}:\n{done.stderr[-2000:]}")
