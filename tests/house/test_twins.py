"""Twin worlds: the same story with nothing more private and with fifty private items. The other side sees the same bytes.

Both twins are the one world that was lived; one of them then keeps more than fifty private items on Ada's side, in every
drawer of every room. After that both live the same stretch of shared life, so that what is private had its chance to colour
what is shared. The clock goes by the minute in both, and all that differs in any two runs is masked. There are four masks:

1. the value of the hidden form field `csrfmiddlewaretoken`;
2. the value of the hidden form field `once`, a fresh key each time the table's page is read;
3. the random 22-character keys of rows that exist, wherever they stand;
4. the secret in the link for the person a lead names, which is made of the lead's random id;

Calendars are compared unfolded and letters decoded, part by part.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import time_machine

from goodword.encounters import actions as encounters
from goodword.encounters.rules import Kind
from goodword.followups import actions as followups
from goodword.leads import giving
from goodword.post.delivery import message
from goodword.post.models import OutboxLetter
from goodword.reservations.actions import checking, together
from goodword.reservations.models import SideReservation
from goodword.reservations.rules import Answer
from tests.encounters.at_hand import soon
from tests.house.world import World, addresses, known_keys, masked, private_texts, read, read_letter

WATCHERS = ("ben", "bea", "cleo", "guest", "nobody")
MANY = 50
LATER = dt.datetime.now(dt.UTC).replace(microsecond=0) + dt.timedelta(hours=1)


def keep_private(world: World) -> None:
    """Keep more than fifty private items on Ada's side."""
    before, number = sum(1 for _ in private_texts(world)), 0
    while sum(1 for _ in private_texts(world)) < before + MANY or number < 4:
        world.plant(world.seat("ada" if number % 2 else "abe"), f"private thing number {number}")
        number += 1


def live_on(world: World, clock: time_machine.Traveller, *, private: bool) -> None:
    """Live a stretch of shared life, on both sides, a minute for each act. What Ada chooses and keeps sealed differs too."""
    answer, level = (Answer.CANNOT_NAME, 9) if private else (Answer.NOTHING, None)
    chosen = list(SideReservation.objects.visible_to(world.ada)[:3]) if private else []
    for act in (
        lambda: encounters.plan(
            world.ada, planned_at=soon(20), kind=Kind.MEETING, minutes=60, place="The Lantern Café"
        ),
        lambda: checking.record_check(world.ada, answer, level),
        lambda: followups.send_update(world.ada, kind="people", text="Nora has joined us.", part="whom"),
        lambda: giving.give(world.ben, why="A baker who is moving house.", route="card"),
        lambda: together.say_ready(world.ada, world.open_reveal, chosen, together.chosen_print(world.ada, chosen)),
    ):
        act()
        clock.shift(60)


def fetched(world: World) -> Iterator[tuple[str, str]]:
    """Yield all that the others can fetch or receive, by name."""
    keys = known_keys()
    for who in WATCHERS:
        for address in addresses(world):
            if "GET" in address.methods:
                answer = world.browsers[who].get(address.path)
                yield f"{who} {address.route} {address.label}", masked(read(answer), keys)
    waiting = OutboxLetter.objects.filter(sent_at=None, dropped_at=None).exclude(address__contains="lane.example")
    for number, letter in enumerate(waiting.order_by("made_at", "kind", "address", "pk")):
        yield f"letter {number} {letter.kind} {letter.address}", masked(read_letter(message(letter)), keys)


def twin(world: World, *, private: bool) -> dict[str, str]:
    """Live on with or without private items, and return what the others see of it. The world is as before afterwards."""
    with world.undone(), time_machine.travel(LATER, tick=False) as clock:
        if private:
            keep_private(world)
        live_on(world, clock, private=private)
        return dict(fetched(world))


def test_the_other_side_sees_the_same_bytes_whatever_ada_keeps_private(world: World) -> None:
    nothing, fifty = twin(world, private=False), twin(world, private=True)
    assert nothing.keys() == fifty.keys()
    different = [name for name in nothing if nothing[name] != fifty[name]]
    assert not different, "\n".join(f"{name}: {first_difference(nothing[name], fifty[name])}" for name in different)


def first_difference(one: str, other: str) -> str:
    """Return the first lines in which two texts differ, for whoever has to mend it."""
    for a, b in zip(one.split("\n"), other.split("\n"), strict=False):
        if a != b:
            return f"\n  {a[:300]}\n  {b[:300]}"
    return "one is longer"


def test_the_comparison_can_see(world: World) -> None:
    """What is shared does change the bytes: a comparison that never finds anything would prove nothing."""
    with world.undone(), time_machine.travel(LATER, tick=False):
        before = dict(fetched(world))
        followups.send_update(world.ada, kind="people", text="Nora has joined us.", part="whom")
        after = dict(fetched(world))
    assert before["ben updates "] != after["ben updates "]
    assert before["cleo today "] == after["cleo today "]
