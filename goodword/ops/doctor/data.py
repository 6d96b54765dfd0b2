"""The settings, the data folder, its keys, and the disk it lies on."""

from __future__ import annotations

import datetime as dt
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from config import environment
from goodword.ground.sealing import SealBroken
from goodword.ops import in_force, upgrading
from goodword.ops.backup import copying
from goodword.ops.backup.manifest import RESTORING, WrongBackup
from goodword.ops.doctor.findings import Finding, well, worth_a_look, wrong
from goodword.ops.rotating import open_samples

NEAR = ("localhost", "127.0.0.1", "::1")
LITTLE = 0.1  # of a disk


def settings_make_sense(now: dt.datetime) -> list[Finding]:
    """Whether the settings go together: each by itself was read at the start."""
    base, found = urlsplit(settings.BASE_URL), [worth_a_look(sentence.rstrip(".?")) for sentence in in_force.unknown()]
    if base.hostname not in NEAR:
        if base.scheme != "https":
            found.append(
                wrong(
                    "the address is not https: all crosses the network in clear",
                    "Put a proxy with TLS before it.",
                )
            )
        if not environment.value("GOODWORD_SMTP_URL"):
            found.append(wrong("letters are written into files and reach nobody", "Set GOODWORD_SMTP_URL."))
        if environment.proxies() == 0:
            found.append(
                worth_a_look(
                    "no proxy is counted with, so limits by place see one place only",
                    "If one stands before the server, set GOODWORD_PROXIES=1.",
                )
            )
    return found or [well(f"{settings.BASE_URL}, as run.py settings shows")]


def folder_is_closed(now: dt.datetime) -> list[Finding]:
    """Whether nobody else on this machine can read what lies in the data folder."""
    data = Path(settings.DATA)
    open_to_others = [
        path.name
        for path in (data, *sorted(data.iterdir()))
        if path.name not in ("static", "metrics") and stat.S_IMODE(path.stat().st_mode) & 0o077
    ]
    if open_to_others:
        return [wrong(f"others can read {', '.join(open_to_others)}", f"Run: chmod -R go= {data}")]
    return [*_marks(data), well(f"{data}, closed to others")]


def _marks(data: Path) -> Iterator[Finding]:
    if (data / RESTORING).exists():
        yield wrong("a restore was broken off", "Run the same run.py restore again.")
    if list((data / upgrading.FOLDER).glob("*.json")):
        yield wrong("an upgrade was broken off", "Start Goodword: it goes on, or puts the data back.")


def keys_open(now: dt.datetime) -> list[Finding]:
    """Whether the key file has every key that private text lies under, and opens it."""
    try:
        copying.refuse_without_keys()
        open_samples(settings.KEY_RING.ring())
    except WrongBackup as sentence:
        return [wrong(str(sentence).rstrip("."))]
    except SealBroken:
        return [
            wrong(
                "private text does not open with the keys there are",
                "Put back the key file that belongs to this database.",
            )
        ]
    many = len(settings.KEY_RING.ring().keys)
    if many > 1:
        return [worth_a_look("a change of keys was begun and not finished", "Run: python3 run.py rotate-keys")]
    return [well("one key, and all private text lies under it")]


def disk_has_room(now: dt.datetime) -> list[Finding]:
    """Whether the disk has room for what comes, and for the copy that an upgrade makes."""
    disk = shutil.disk_usage(settings.DATA)
    words = f"{disk.free / 1e9:,.1f} GB of {disk.total / 1e9:,.0f} GB left"
    if disk.free < 50e6:
        return [wrong(words, "Make room at once: soon nothing can be written.")]
    if disk.free < 2 * copying.size():
        return [worth_a_look(f"{words}, too little for the copy that an upgrade makes", "Make room.")]
    if disk.free < LITTLE * disk.total and disk.free < 5e9:
        return [worth_a_look(words, "Make room soon.")]
    return [well(words)]
