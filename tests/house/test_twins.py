"""Twin worlds: the same story with nothing more private and with fifty private items. The other side sees the same bytes.

Both twins are the one world that was lived; one of them then keeps more than fifty private items on Ada's side, in every
drawer of every room. After that both live the same stretch of shared life, so that what is private had its chance to colour
what is shared. The clock stands still, and all that differs in any two runs is masked. There are two masks:

1. the value of the hidden form field `csrfmiddlewaretoken`, and of nothing else named so;
2. the random 22-character keys of rows that exist, wherever they stand.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import time_machine
from django.utils import timezone

from goodword.encounters.rules import Kind
from goodword.encounters import actions as encounters
from goodword.followups import actions as followups
from goodword.leads import giving
from goodword.post.delivery import message
from goodword.post.models import OutboxLetter
from goodword.reservations.actions import checking, together
from goodword.reservations.rules import Answer
from tests.encounters.at_hand import soon
from tests.house.world import World, addresses, known_keys, masked, private_texts

WATCHERS = ("ben", "bea", "cleo", "guest", "nobody")
MANY = 50


def keep_private(world: World) -> None:
    """Keep more than fifty private items on Ada's side."""
    before, number = sum(1 for _ in private_texts(world)), 0
    while sum(1 for _ in private_texts(world)) < before + MANY or number < 4:
        world.plant(world.seat("ada" if number % 2 else "abe"), f"private thing number {number}")
        number += 1


def live_on(world: World) -> None:
    """Live a stretch of shared life, on both sides."""
    encounters.plan(world.ada, planned_at=soon(20), kind=Kind.MEETING, minutes=60, place="The Lantern Café")
    checking.record_check(world.ada, Answer.NOTHING)
    followups.send_update(world.ada, kind="people", text="Nora has joined us.", part="whom")
    giving.give(world.ben, why="A baker who is moving house.", route="card")
    together.say_ready(world.ada, world.open_reveal, [], together.chosen_print(world.ada, []))


def fetched(world: World) -> Iterator[tuple[str, str]]:
    """Yield all that the others can fetch or receive, by name."""
    keys = known_keys()
    for who in WATCHERS:
        for address in addresses(world):
            if "GET" in address.methods:
                answer = world.browsers[who].get(address.path)
                body = masked(b"".join(answer).decode(errors="replace"), keys)
                yield f"{who} {address.route} {address.label}", f"{answer.status_code} {sorted(answer.headers.items())}\n{body}"
    waiting = OutboxLetter.objects.filter(sent_at=None, dropped_at=None).exclude(address__contains="lane.example")
    for number, letter in enumerate(waiting.order_by("made_at", "kind", "address", "pk")):
        yield f"letter {number} {letter.kind} {letter.address}", masked(message(letter).message().as_string(), keys)


def twin(world: World, *, private: bool) -> dict[str, str]:
    """Live on with or without private items, and return what the others see of it. The world is as before afterwards."""
    with world.undone():
        if private:
            keep_private(world)
        live_on(world)
        return dict(fetched(world))


def test_the_other_side_sees_the_same_bytes_whatever_ada_keeps_private(world: World) -> None:
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=1), tick=False):
        nothing, fifty = twin(world, private=False), twin(world, private=True)
    assert nothing.keys() == fifty.keys()
    different = [name for name in nothing if nothing[name] != fifty[name]]
    assert not different, first_difference(nothing[different[0]], fifty[different[0]]) + "\n" + "\n".join(different)


def first_difference(one: str, other: str) -> str:
    """Return the first lines in which two texts differ, for whoever has to mend it."""
    for a, b in zip(one.split("\n"), other.split("\n"), strict=False):
        if a != b:
            return f"{a[:300]}\n{b[:300]}"
    return "one is longer"


def test_a_change_that_is_shared_is_seen(world: World) -> None:
    """The comparison itself can see: a world in which Ada shares one thing more is not the same."""
    with time_machine.travel(timezone.now() + dt.timedelta(minutes=1), tick=False), world.undone():
        before = dict(fetched(world))
        live_on(world)
        after = dict(fetched(world))
    assert before["ben updates "] != after["ben updates "]
