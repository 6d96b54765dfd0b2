"""A PostgreSQL server of our own for as long as the tests run: nothing of it stays, and nobody else's is touched."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
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


@dataclass(slots=True)
class Cluster:
    """A cluster in a folder of its own, on a socket only. Durable ones write to the disk as a real one does; others are fast."""

    programs: Path
    folder: Path
    user: str | None
    durable: bool = False
    settings: tuple[str, ...] = ()
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """The address of its database."""
        return f"postgresql://goodword@/postgres?host={quote(str(self.folder), safe='')}"

    def make(self) -> None:
        """Make it, once."""
        wanted = "--username goodword --auth trust --encoding UTF8 --locale C.UTF-8 --no-sync"
        _run([self.programs / "initdb", "--pgdata", self.folder / "data", *wanted.split()], self.user)

    def start(self) -> None:
        """Start its server and wait until it takes connections."""
        # Nothing in a fast one outlives the tests, so nothing needs to reach the disk; and nobody tidies up behind them.
        settings = ["max_connections=200", *([] if self.durable else FAST), *self.settings]
        argv = [str(self.programs / "postgres"), "-D", str(self.folder / "data"), "-k", str(self.folder)]
        argv += ["-c", "listen_addresses=", *(part for setting in settings for part in ("-c", setting))]
        with (self.folder / "log").open("wb") as log:
            self.process = subprocess.Popen(  # noqa: S603
                argv, stdout=log, stderr=log, user=self.user, start_new_session=True, cwd="/"
            )
        _wait(self.process, self.folder)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End its server: SIGTERM waits for clients, SIGINT breaks them off, SIGQUIT is a crash."""
        if self.process is None:
            return
        self.process.send_signal(how)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


FAST = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "jit=off"]


@contextlib.contextmanager
def cluster(programs: Path, durable: bool = False) -> Iterator[Cluster]:
    """Run a new cluster in a temporary folder, and end it afterwards."""
    user = _server_user()
    # There, because a socket's path may have no more than 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="goodword-pg-", dir="/tmp"))  # nosec B108 - of a random name, for its owner alone
    if user:
        shutil.chown(folder, user, pwd.getpwnam(user).pw_gid)
    made = Cluster(programs, folder, user, durable)
    try:
        made.make()
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def postgresql(programs: Path) -> Iterator[str]:
    """Run a new, fast cluster; give its database address, and end it afterwards."""
    with cluster(programs) as made:
        yield made.url


def _wait(process: subprocess.Popen[bytes], sockets: Path) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        if b"ready to accept" in (sockets / "log").read_bytes():
            return
        time.sleep(0.05)
    raise RuntimeError("PostgreSQL did not start:\n" + (sockets / "log").read_text()[-2000:])


def _server_user() -> str | None:
    """Return whom to run the server as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _run(argv: list[str | Path], user: str | None) -> None:
    done = subprocess.run([str(part) for part in argv], user=user, capture_output=True, text=True, cwd="/", check=False)  # noqa: S603
    if done.returncode:
        raise RuntimeError(f"{argv[0]} ended with {done.returncode}:\n{done.stderr[-2000:]}")
