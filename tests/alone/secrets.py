"""For the house tests: plant a word in every private field of this room, and leave behind what its doors lead to."""

from __future__ import annotations

import re
from datetime import timedelta

from django.utils import timezone

from goodword.alone.actions import opening
from goodword.alone.models import OwnWord, Record, SignedPage, Slip
from goodword.alone.queries.pages import OpeningItem
from goodword.encounters.actions import agenda, plans, table, writing
from goodword.encounters.models import Encounter
from goodword.encounters.rules import EncounterKind
from goodword.relationships.acting import acting
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from tests.cast import Cast
from tests.encounters.at_hand import soon


def as_base64(word: str) -> str:
    """Return a word filled up so that it can be read as base64, like the file that lies there otherwise."""
    return word + "A" * (-len(re.sub(r"[^A-Za-z0-9+/]", "", word)) % 4)


def plant(seat: Seat, word: str) -> None:
    """Write a unique word into every private field of this room, as that seat kept it before the other side came."""
    with acting(seat):
        Record.objects.write(seat, sort="talk", text=word)
        Record.objects.write(seat, sort="reservation", text=word)
        SignedPage.objects.write(seat, content=as_base64(word))
        Slip.objects.write(seat, direction="given", whom=word, why=word, outcome="client", line=word)
        OwnWord.objects.write(seat, gate="g1", choice="go_on", said_on="2026-05-22")


def keep_meetings(seat: Seat, word: str) -> Encounter:
    """Write the word into all there is to write of meetings while a side keeps them by itself; return one that was planned."""
    it = plans.plan(
        seat, kind=EncounterKind.VISIT, planned_at=soon(1), minutes=60, place=f"{word} Café", hope=f"Of {word}"
    )
    agenda.add(seat, it, text=f"On {word}", half="both", minutes=3)
    plans.change(seat, it, kind=EncounterKind.VISIT, planned_at=soon(2), minutes=90, place=f"{word} Hall")
    table.mark(seat, it, "start", half=seat.role)
    table.finish(seat, it)
    keep_words_of(seat, it, word)
    keep_one_that_was(seat, word)
    return it


def keep_one_that_was(seat: Seat, word: str) -> Encounter:
    """Write the word into all there is to write of a meeting that has been: of it no letter goes to oneself."""
    yesterday = timezone.localdate() - timedelta(days=1)
    it = plans.record(seat, happened_on=yesterday, place=f"By {word}", who=f"{word} & Co")
    keep_words_of(seat, it, word)
    return it


def keep_words_of(seat: Seat, it: Encounter, word: str) -> None:
    """Write the word into what is written down about a meeting."""
    writing.note_for_both(seat, it, text=f"{word} is writing", once=it.key[:16])
    writing.write_conclusion(seat, it, text=f"{word} it is", upon=0)
    writing.promise(seat, it, role=seat.role, what=f"Send {word}", due_on=None)
    writing.thank(seat, it, f"For {word}")


def live(cast: Cast) -> None:
    """Open something from before; the other side confirms one thing and has yet to answer another."""
    if cast.ada.at is not Step.ADVOCATE:
        return
    talk, hills = opening.put_down(
        cast.ada, [OpeningItem("", "talk", "We talked of gardens."), OpeningItem("", "talk", "And hills.")]
    )
    opening.confirm(cast.ben, talk)
    opening.correct(cast.ben, hills, "And of the sea.")
