"""Private words in every private field of the room, and a typical story, for the house's canary and twin tests."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from goodword.relationships.models import Seat
from goodword.reservations import queries
from goodword.reservations.actions import checking, keeping, sharing, table, ten, together
from goodword.reservations.actions.releasing import release_due
from goodword.reservations.models import PreciousLine, PrivateReservation, TableReservation
from goodword.reservations.rules import CheckAnswer, Hand, TalkTurn
from tests.cast import Cast

WINDOW = dt.timedelta(seconds=31)


def plant(seat: Seat, word: str) -> None:
    """Write `word` into every private field of the room as this seat, by acts that nobody else learns of."""
    keeping.read_promise(seat.person)
    for drawer in ("side", "mine"):
        row = keeping.keep(seat, text=f"{word} {drawer}", drawer=drawer)
        keeping.reword(seat, row, f"{word} {drawer} in other words")
        keeping.mark_breaker(seat, row, True)
        keeping.settle(seat, row, f"{word} settled it")
        again = keeping.keep(seat, text=f"{word} {drawer} again", drawer=drawer)
        if not seat.alone:
            leaving = sharing.put_on_table(seat, again, sharing.words_print(seat, again))
            sharing.take_back(seat, leaving)
        gone = keeping.keep(seat, text=f"{word} {drawer} gone", drawer=drawer)
        keeping.delete(seat, gone)
    keeping.keep_draft(seat, "side", f"{word} half typed")
    keeping.keep_worry(seat, f"{word} worry")
    keeping.ponder(seat, f"premortem/{next(iter(queries.thread(seat, 'premortem')))}", "unsure")
    moved = keeping.keep(seat, text=f"{word} for my side too", drawer="mine")
    assert isinstance(moved, PrivateReservation)
    keeping.copy_to_side(seat, moved, sharing.words_print(seat, moved))
    checking.name_it(seat, checking.intend_to_name(seat), f"{word} has a name")
    checking.let_go_of_it(seat, checking.intend_to_name(seat))
    checking.leave_in_peace(seat, checking.intend_to_name(seat))
    ten.begin(seat, [f"{word} one", f"{word} two"])
    line = PreciousLine.objects.owned_by(seat).order_by("-created_at").first()
    assert line is not None
    ten.answer(seat, line, Hand.NOT_YET)
    ten.hold_back(seat, line, f"{word} holds back", keep=True)


def plant_waiting(seat: Seat, word: str) -> None:
    """Leave `word` in its thirty-second window and, chosen, in a sealed envelope that waits for the other side.

    Apart from `plant`, for two reasons: that an envelope is proposed and ready is a joint fact, and a worker that runs
    half a minute later rightly lays the first on the table.
    """
    leaving = keeping.keep(seat, text=f"{word} about to leave", drawer="mine")
    sharing.put_on_table(seat, leaving, sharing.words_print(seat, leaving))
    chosen = [keeping.keep(seat, text=f"{word} in an envelope", drawer="side")]
    reveal = together.propose(seat, None)
    together.say_ready(seat, reveal, chosen, together.choice_print(seat, chosen))


def share(seat: Seat, text: str) -> TableReservation:
    """Put a reservation on the table and let the window close."""
    row = keeping.keep(seat, text=text, drawer="side")
    sharing.put_on_table(seat, row, sharing.words_print(seat, row))
    release_due(timezone.now() + WINDOW)
    return TableReservation.objects.owned_by(seat).get(text=text)


def live(cast: Cast) -> None:
    """Walk a typical story: Ada shares, they talk, she settles; Ben can't name his at first; they reveal together."""
    ada, ben = cast.ada, cast.ben
    keeping.read_promise(ada.person)
    keeping.read_promise(ben.person)
    checking.ask(ada, "In your place I might worry that my prices would startle the people you know.")
    row = share(ada, "We aren't the cheapest in town. Might your customers feel we are too grand for them?")
    table.speak(ben, row, "Mine would rather know that beforehand.")
    table.settle(
        ada,
        row,
        turn=TalkTurn.SETTLE,
        ways=["more_information"],
        how="Ben says it first.",
        reopens_if="",
        promised_for=None,
    )
    checking.record_check(ada, CheckAnswer.NOTHING, 1)
    checking.record_check(ben, CheckAnswer.CANNOT_NAME, 3)
    waiting = queries.intention(ben)
    assert waiting is not None
    named = checking.name_it(ben, waiting, "He talks about money quite freely.")
    reveal = together.propose(ada, None)
    together.say_ready(ada, reveal, [], together.choice_print(ada, []))
    together.say_ready(ben, reveal, [named], together.choice_print(ben, [named]))
    release_due(timezone.now() + WINDOW)
