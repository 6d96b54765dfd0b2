"""For the house tests: plant a word in every private field of this room, and leave behind what its doors lead to."""

from __future__ import annotations

from goodword.alone import opening
from goodword.alone.models import OwnWord, Record, Slip
from goodword.alone.queries import Item
from goodword.relationships.acting import acting
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from tests.cast import Cast


def plant(seat: Seat, word: str) -> None:
    """Write a unique word into every private field of this room, as that seat kept it before the other side came."""
    with acting(seat):
        Record.objects.write(seat, sort="talk", text=word)
        Record.objects.write(seat, sort="reservation", text=word)
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
