"""The deletion list: what was erased for good, by random ids alone, so that a backup put back does not bring it to life again.

A row is written in the transaction of the act; when that is closed, the same line is added to a file in the data folder, which
a restore reads too: it knows of what was erased after the backup was made.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import ClassVar

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

FILE = "deletions"


class Deletion(models.Model):
    """One thing that was erased: its kind and its random id. Says nothing of what or who it was."""

    scope: ClassVar[str] = "local"

    name = models.CharField(primary_key=True, max_length=120)  # "lead 0190c3…"
    at = models.DateTimeField()

    @property
    def line(self) -> str:
        """The line of the list."""
        return f"{self.name} {self.at:%Y-%m-%dT%H:%M:%SZ}\n"


def note(kind: str, ref: object) -> None:
    """Put something that is being erased on the list, within the caller's transaction."""
    row, made = Deletion.objects.get_or_create(name=f"{kind} {ref}", defaults={"at": timezone.now()})
    if made:
        transaction.on_commit(lambda: _append(row.line))


def lines() -> Iterator[str]:
    """Yield the whole list, a line each."""
    for row in Deletion.objects.order_by("at", "name"):
        yield row.line


def read(files: Iterable[Path]) -> list[tuple[str, str]]:
    """Return kind and id of everything in these lists, each once, in order. What is no line of ours is passed over."""
    found: dict[tuple[str, str], None] = {}
    for path in files:
        for line in path.read_text(errors="replace").splitlines() if path.exists() else []:
            words = line.split()
            if len(words) == 3:
                found[words[0], words[1]] = None
    return list(found)


def _append(line: str) -> None:
    with (settings.DATA / FILE).open("a") as file:
        file.write(line)
        file.flush()
        os.fsync(file.fileno())
