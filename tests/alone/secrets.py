"""For the house tests: plant a word in every private field of this room, and leave behind what its doors lead to."""

from __future__ import annotations

import re

from goodword.alone import opening
from goodword.alone.models import OwnWord, Record, SignedPage, Slip
from goodword.alone.queries import Item
from goodword.relationships.acting import acting
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from tests.cast import Cast


def as_base64(word: str) -> str:
    """Return a word filled up so that it can be read as base64, like the file that lies there otherwise."""
    return word + "A" * (-len(re.sub(r"[^A-Za-z0-9+/]", "", word)) % 4)


def plant(seat: Seat, word: str) -> None:
    """Write a unique word into every private field of this room, as that seat kept it before the other side came."""
    with acting(seat):
        Record.objects.write(seat, sort="talk", text=word)
        Record.objects.write(seat, sort="reservation", text=word)
        SignedPage.objects.write(seat, content=as_base64(word))
        Slip.objects.write(seat, way="given", whom=word, why=word, outcome="client", line=word)
        OwnWord.objects.write(seat, gate="g1", choice="go_on", said_on="2026-05-22")


def live(cast: Cast) -> None:
    """Open something from before; the other side confirms one thing and has yet to answer another."""
    if cast.ada.at is not Step.ADVOCATE:
        return
    talk, hills = opening.put_down(
        cast.ada, [Item("", "talk", "We talked of gardens."), Item("", "talk", "And hills.")]
    )
    opening.confirm(cast.ben, talk)
    opening.correct(cast.ben, hills, "And of the sea.")
