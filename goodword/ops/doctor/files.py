"""The store for files, where there is one: whether it takes and gives, and has every file."""

from __future__ import annotations

import datetime as dt
import secrets

from django.conf import settings

from goodword.ground.stores import Store, StoreAway
from goodword.ops import files
from goodword.ops.doctor.findings import Finding, well, wrong
from goodword.profiles import store

SEE = "See GOODWORD_FILES_FOLDER and GOODWORD_FILES_S3_URL."


def store_has_all(now: dt.datetime) -> list[Finding]:
    """Whether the store takes something, gives it back and lets it go; and has what rows have slips for."""
    many = sum(1 for _slip in files.slips())
    if settings.FILES is None:
        if many:
            return [wrong(f"{many} files lie in a store, and none is set", SEE)]
        return [well("files lie in the database")]
    try:
        _try(settings.FILES)
        lost = files.missing()
    except StoreAway as away:
        return [wrong(f"files can’t be read or kept: {away}", SEE)]
    if lost:
        return [
            wrong(
                f"{len(lost)} of {many} files are not in the store, the first is {lost[0]}",
                "Put them back under these names, from a copy of the store; or restore a backup.",
            )
        ]
    return [well(f"{many} files lie in the store")]


def _try(place: Store) -> None:
    name, content = f"{store.house()}/{secrets.token_hex(16)}", secrets.token_bytes(64)
    place.put(name, content)
    try:
        if place.get(name) != content:
            raise StoreAway("it does not give back what it was given")
    finally:
        place.delete(name)
