"""From a bare Python to the program: an environment with hash-locked packages, made once. Standard library only."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from goodword.ops import commands

ROOT = Path(__file__).resolve().parents[2]
NO_INSTALLER = (
    "This Python can neither make a full virtual environment nor install packages. Install one of these:\n"
    "  sudo apt install python3-venv      (Debian, Ubuntu)\n"
    "  or uv, from your package manager"
)


def main(arguments: list[str]) -> NoReturn:
    """Read the command line, make the environment it needs, and become the program."""
    tests = commands.read(arguments).command == "test"
    folder, lock = (".venv-dev", "requirements-dev.lock") if tests else (".venv", "requirements.lock")
    try:
        python = ready(ROOT / folder, ROOT / lock)
    except OSError as wrong:
        sys.exit(f"{ROOT / folder} could not be made: {wrong.strerror or wrong}.")
    except KeyboardInterrupt:
        sys.exit("\nStopped. Run it again to go on.")
    os.chdir(ROOT)
    os.execv(python, [str(python), "-m", "goodword.ops", *arguments])  # noqa: S606 - our own program, no shell


def ready(folder: Path, lock: Path) -> Path:
    """Return the Python of an environment that holds exactly what the lock names; make it where it does not."""
    python, stamp, want = folder / "bin" / "python", folder / "goodword.stamp", stamp_of(lock)
    if stamp.exists() and stamp.read_text() == want and python.exists():
        return python
    with alone():
        if not (stamp.exists() and stamp.read_text() == want and python.exists()):
            make(folder, python, lock)
            stamp.write_text(want)
    return python


def stamp_of(lock: Path) -> str:
    """Return what an environment is known by: the lock's content, this Python and this machine."""
    locked = hashlib.sha256(lock.read_bytes()).hexdigest()
    return f"{locked} {platform.python_version()} {sys.base_prefix} {platform.machine()}\n"


@contextlib.contextmanager
def alone() -> Iterator[None]:
    """Let one process at a time make an environment."""
    try:
        import fcntl
    except ImportError:
        sys.exit("Goodword runs on Linux and macOS. On Windows, run it inside WSL.")
    with (ROOT / "run.py").open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def make(folder: Path, python: Path, lock: Path) -> None:
    """Make the environment and install what the lock names. Ends the program with a sentence where it cannot."""
    packages = len(re.findall(r"^[\w.-]+(?:\[[^]]*\])?==", lock.read_text(), re.MULTILINE))
    say(f"First start: making {folder.name} with Python {platform.python_version()}, {packages} packages.")
    uv = shutil.which("uv")
    if uv:
        new_folder(folder, python, [uv, "venv", "--quiet", "--allow-existing", "--python", sys.executable, str(folder)])
        install = [uv, "pip", "install", "--python", str(python), "--compile-bytecode"]
    elif importlib.util.find_spec("ensurepip"):
        new_folder(folder, python, [sys.executable, "-m", "venv", str(folder)], pip=True)
        install = [str(python), "-m", "pip", "install"]
    elif importlib.util.find_spec("pip"):
        new_folder(folder, python, [sys.executable, "-m", "venv", "--without-pip", str(folder)])
        install = [sys.executable, "-m", "pip", "--python", str(python), "install"]
    else:
        sys.exit(NO_INSTALLER)
    quiet = [] if uv else ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    run([*install, *quiet, "--require-hashes", "-r", str(lock)], packages)


def new_folder(folder: Path, python: Path, argv: list[str], pip: bool = False) -> None:
    """Make the environment's folder, unless one made with this very Python is there: then packages are added to it."""
    config = folder / "pyvenv.cfg"
    same = config.exists() and re.search(
        rf"^version(_info)? = {re.escape(platform.python_version())}$", config.read_text(), re.M
    )
    if python.exists() and same and not (pip and not (folder / "bin" / "pip").exists()):
        return
    if folder.exists():
        shutil.rmtree(folder)
    run(argv, 0)


def run(argv: list[str], packages: int) -> None:
    """Run an installer and show how far it is. Ends the program with what it said last if it did not manage."""
    said: list[str] = []
    with subprocess.Popen(argv, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:  # noqa: S603
        assert process.stdout is not None  # noqa: S101 - given PIPE, it is there
        seen = 0
        for line in process.stdout:
            said.append(line.rstrip())
            if packages and line.startswith(("Collecting ", "Processing ")):
                seen += 1
                say(f"  {seen:>3} of {packages}  {Path(line.split()[1]).name}")
            elif line.startswith("Installing collected"):
                say("  installing them")
    if process.returncode:
        sys.exit(
            "\n".join(
                [*said[-12:], "", f"{Path(argv[0]).name} could not finish. Is there a network? Then run it again."]
            )
        )


def say(sentence: str) -> None:
    """Show one line at once."""
    print(sentence, flush=True)
