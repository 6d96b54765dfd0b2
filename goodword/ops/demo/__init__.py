"""A small living world, built by the real actions of every room: nine months of it, up to today.

Building it twice does no harm: a relationship that is there already is left as it is.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import time_machine
from django.utils import timezone

from goodword.ops.demo.days import back, last_tuesday, moment
from goodword.ops.demo.pair import account_of, together
from goodword.ops.demo.people import BEN, DOMAIN, JOANNA, RUTH, TOM, Somebody, everybody
from goodword.ops.demo.plots import plots
from goodword.ops.story import begin
from goodword.post.models import OutboxLetter
from goodword.relationships import invitations, waiting
from goodword.relationships.models import Seat
from goodword.relationships.seats import whole

__all__ = ["build", "everybody"]


def build() -> Iterator[str]:
    """Build the world; yield a line as each relationship stands. At the end, everybody's address is in `everybody()`."""
    with time_machine.travel(moment(back(276), 12)):
        for one in everybody():
            account_of(one)
    for plot in plots():
        if not _there(plot.a, plot.b):
            pair = together((plot.a, account_of(plot.a)), (plot.b, account_of(plot.b)), plot.began, plot.words)
            pair.walk_over(plot.meetings)
            plot.then(pair)
            yield f"{plot.a.name} and {plot.b.name}"
    yield from _letters()
    _settle()
    # The addresses belong to nobody: what was written to them on the way is not sent.
    OutboxLetter.objects.filter(address__endswith=DOMAIN, sent_at=None).update(dropped_at=timezone.now(), content=b"")


def _there(a: Somebody, b: Somebody) -> bool:
    return Seat.objects.filter(person__email=a.address, other_name=b.name).exists()


def _letters() -> Iterator[str]:
    """Write one letter that waits for its answer, and one that was answered with a kind no."""
    for writer, to, days, words, answer in (
        (RUTH, JOANNA, 3, "You asked the only good question on Tuesday.", ""),
        (TOM, BEN, 40, "Your walls are the first I haven’t had to sand.", "no"),
    ):
        if _there(writer, to):
            continue
        with time_machine.travel(moment(back(days), 10)):
            met = (last_tuesday(), "the chamber breakfast") if not answer else None
            seat = begin(account_of(writer), to.name, to.address, words, met, business=to.business, town=to.town)
            letter = invitations.of(seat)
            if answer and letter:
                invitations.answer(letter, answer)
        yield f"{writer.name} and {to.name}"


def _settle() -> None:
    """Decide what waits for everybody as of now."""
    now = timezone.now() + dt.timedelta(seconds=1)
    for seat in whole(Seat.objects.all(), "person"):
        waiting.settle(seat, now)
