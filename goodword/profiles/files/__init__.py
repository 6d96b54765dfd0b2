"""Files people put with their profile, made clean before anything of them is kept (T20, T46). Pure: bytes in, bytes out.

A picture is drawn anew, so that nothing but its pixels is left of it; a PDF is built anew from what its pages show. What a
file claims to be, by its name or its sender, counts for nothing.

The work is done in a process of its own, which has no keys, no database, little memory and little time: a file that brings
a decoder down brings down nothing else, and the libraries for it take no memory from whoever serves pages.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore

LARGEST = 6_000_000  # bytes as sent
LARGEST_KEPT = 9_000_000  # photographs packed anew may take a little more room than they did
PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
SECONDS = 20  # of work on one file; a busy machine may take three times as long over them
_ROOT = Path(__file__).resolve().parents[3]
_DESKS = BoundedSemaphore(2)  # files are taken in two at a time, whatever is sent at once


class UnusableFile(ValueError):
    """A file that is not taken. Its one argument says why, by a name that `actions.SENTENCES` has a sentence for."""


@dataclass(frozen=True, slots=True)
class Clean:
    """A file as it is kept: its content, and the type it really has."""

    content: bytes
    type: str


def type_of(content: bytes) -> str:
    """Return the type of a file that was made clean, by how it begins."""
    if content.startswith(b"%PDF"):
        return PDF
    return PNG if content.startswith(b"\x89PNG") else JPEG


def clean_file(raw: bytes) -> Clean:
    """Return a file without anything but what it shows. Raise UnusableFile if it is no picture or PDF, or too much of one."""
    if not raw:
        raise UnusableFile("empty")
    if len(raw) > LARGEST:
        raise UnusableFile("large")
    # Our own interpreter, our own module, no word of the sender's among its arguments.
    command = [sys.executable, "-m", __name__]
    with _DESKS:
        try:
            ran = subprocess.run(  # noqa: S603
                command, input=raw, capture_output=True, cwd=_ROOT, env={}, timeout=3 * SECONDS, check=False
            )
        except subprocess.TimeoutExpired as wait:
            raise UnusableFile("slow") from wait
    return _answer(ran)


def _answer(ran: subprocess.CompletedProcess[bytes]) -> Clean:
    """Return what the process made, or raise UnusableFile with the reason it gave; one that broke down gave none."""
    if ran.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise UnusableFile("slow")
    if ran.returncode == -signal.SIGABRT:  # a library that was refused more memory
        raise UnusableFile("packed")
    if ran.returncode:
        raise UnusableFile("broken")
    head, _, content = ran.stdout.partition(b"\n")
    if not content:
        raise UnusableFile(head.decode())
    if len(content) > LARGEST_KEPT:
        raise UnusableFile("packed")
    return Clean(content, head.decode())
