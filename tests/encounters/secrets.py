"""For the house tests: a word in every private field of this room, and a typical story of it."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from goodword.encounters.actions import agenda, attending, plans, table, times, writing
from goodword.encounters.models import Encounter
from goodword.encounters.rules import Coming, EncounterKind
from goodword.relationships.models import Seat
from goodword.relationships.steps import Role
from tests.cast import Cast
from tests.encounters.at_hand import planned, soon


def plant(seat: Seat, word: str) -> None:
    """Write the word into every private field of this room, as this seat, about every encounter it sees."""
    for it in Encounter.objects.visible_to(seat):
        writing.note_for_me(seat, it, text=f"{word} for me")
        writing.note_for_our_side(seat, it, text=f"{word} for our side")
        writing.note_for_our_side(seat, it, text=f"{word} would make it good", what="hope")
        writing.say_rapport(seat, it, f"{word}: yes, I enjoyed it")


def live(cast: Cast) -> None:
    """Live a typical stretch: planned, its agenda changed, held at the table, written up, recorded, offered,
    called off."""
    first = planned(cast.ada, timezone.now() + dt.timedelta(hours=2))
    attending.attend(cast.ben, first, Coming.MAYBE)
    if not agenda.writes_itself(first):
        agenda.add(cast.ben, first, text="The new showroom", half=Role.INVITED, minutes=3)
    table.mark(cast.ben, first, "start", half=Role.INVITED)
    table.mark(cast.ada, first, "next", item=1)
    writing.note_for_both(cast.ada, first, text="Ben shows Ada the workshop", once="0123456789abcdef")
    writing.note_for_me(cast.ada, first, text="Ask about the fitters", once="fedcba9876543210")
    table.finish(cast.ada, first)
    writing.write_conclusion(cast.ada, first, text="Ben shows Ada the workshop.", upon=0)
    writing.write_conclusion(cast.ben, first, text="Ben shows Ada the workshop, in June.", upon=1)
    agreed = writing.latest_conclusion(cast.ada, first)
    assert agreed is not None
    writing.confirm_conclusion(cast.ada, first, agreed.key)
    made = writing.promise(cast.ben, first, role=Role.INVITED, what="Find a date", due_on=None)
    writing.keep_promise(cast.ben, made)
    writing.thank(cast.ben, first, "For the hour, and for the question about the fitters.")
    plans.record(
        cast.ben,
        happened_on=timezone.localdate() - dt.timedelta(days=1),
        place="By telephone",
        kind=EncounterKind.PHONE,
    )
    asking = times.offer(
        cast.ben, kind=EncounterKind.VISIT, minutes=90, place="The workshop", starts=[soon(4), soon(5)]
    )
    times.pick(cast.ada, asking, times.live(cast.ada, asking)[0].key)
    plans.call_off(cast.ada, asking)
    attending.attend(cast.ada, planned(cast.ben, soon(9)), Coming.NO)
