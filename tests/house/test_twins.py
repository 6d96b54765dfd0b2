"""Twin worlds: the same story with nothing more private and with fifty private items. The other side sees the same bytes.

Both twins are the one world that was lived; one of them then keeps more than fifty private items on Ada's side, in every
drawer of every room. After that both live the same stretch of shared life, so that what is private had its chance to colour
what is shared. The clock goes by the minute in both, and all that differs in any two runs is masked. There are four masks:

1. the value of the hidden form field `csrfmiddlewaretoken`;
2. the value of the hidden form field `once`, a fresh key each time the table's page is read;
3. the random 22-character keys of rows that exist, wherever they stand;
4. the secret in the link for the person a lead names, which is made of the lead's random id;

Pages that make a new secret each time they are read are not compared. Calendars are compared unfolded and letters decoded, part
by part. The worker runs in both, an hour and a week later: every row the others have, or may see, is compared with all its columns
(but for the ids of rows of this stretch), and every letter as it left. A colleague of Ada's is followed in the same way, through
what she keeps for herself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import time_machine
from django.core import mail
from django.utils import timezone

from goodword.encounters.actions import plans as encounters
from goodword.encounters.rules import EncounterKind
from goodword.followups import actions as followups
from goodword.leads.actions import giving
from goodword.reservations.actions import checking, together
from goodword.reservations.models import SideReservation
from goodword.reservations.rules import CheckAnswer
from tests.encounters.at_hand import soon
from tests.house.small import different, keep_mine, known_ids, letters_gone, rows_of, work
from tests.house.world import NEW_EACH_TIME, SEATED, World, addresses, known_keys, masked, private_texts, read

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
    answer, level = (CheckAnswer.CANNOT_NAME, 9) if private else (CheckAnswer.NOTHING, None)
    chosen = list(SideReservation.objects.visible_to(world.ada)[:3]) if private else []
    for act in (
        lambda: encounters.plan(
            world.ada, planned_at=soon(20), kind=EncounterKind.MEETING, minutes=60, place="The Lantern Café"
        ),
        lambda: checking.record_check(world.ada, answer, level),
        lambda: followups.send_update(world.ada, kind="people", text="Nora has joined us.", part="whom"),
        lambda: giving.give(world.ben, why="A baker who is moving house.", route="card"),
        lambda: together.say_ready(world.ada, world.open_reveal, chosen, together.choice_print(world.ada, chosen)),
    ):
        act()
        clock.shift(60)


def fetched(world: World, watchers: Sequence[str] = WATCHERS) -> Iterator[tuple[str, str]]:
    """Yield all that the others can fetch, by name."""
    keys, doors = known_keys(), list(addresses(world))
    for who in watchers:
        for address in doors:
            if "GET" in address.methods and address.route not in NEW_EACH_TIME:
                answer = world.browsers[who].get(address.path)
                yield f"{who} {address.route} {address.label}", masked(read(answer), keys)


def received(*addresses: str) -> Iterator[tuple[str, str]]:
    """Yield the letters that went to people of these mailboxes, in the order in which they left."""
    theirs = [
        (letter.to[0], said)
        for letter, said in zip(mail.outbox, letters_gone(), strict=True)
        if letter.to[0].endswith(addresses)
    ]
    for number, (mailbox, said) in enumerate(theirs):
        yield f"letter {number} {mailbox}", said


def twin(world: World, private: Callable[[], None] | None, *, sealed: bool, watchers: Sequence[str]) -> dict[str, Any]:
    """Live on with or without private items, the worker too; return what the others have of it. The world is as before afterwards."""
    known, seats = known_ids(), [world.seat(who) for who in watchers if who in SEATED]
    mail.outbox.clear()
    with world.undone(), time_machine.travel(LATER, tick=False) as clock:
        if private:
            private()
        live_on(world, clock, private=sealed)
        clock.shift(3600)
        work(timezone.now())
        found: dict[str, Any] = dict(fetched(world, watchers))
        found |= {f"rows {name}": rows for name, rows in rows_of(seats, known).items()}
        clock.shift(8 * 86400)
        work(timezone.now())
        found |= {f"rows a week later {name}": rows for name, rows in rows_of(seats, known).items()}
        mailboxes = {seat.person.email for seat in seats if seat.person} | {"stone.example", "guest.example"}
        return found | dict(received(*mailboxes))
    raise AssertionError


def test_the_other_side_has_the_same_bytes_whatever_ada_keeps_private(world: World) -> None:
    nothing = twin(world, None, sealed=False, watchers=WATCHERS)
    fifty = twin(world, lambda: keep_private(world), sealed=True, watchers=WATCHERS)
    assert nothing.keys() == fifty.keys()
    assert different(nothing, fifty) == []


def test_a_colleague_has_the_same_bytes_whatever_ada_keeps_for_herself(world: World) -> None:
    nothing = twin(world, None, sealed=False, watchers=("abe",))
    hers = twin(world, lambda: keep_mine(world, "for myself"), sealed=False, watchers=("abe",))
    assert nothing.keys() == hers.keys()
    assert different(nothing, hers) == []


def test_the_comparison_can_see(world: World) -> None:
    """What is shared does change the bytes: a comparison that never finds anything would prove nothing."""
    with world.undone(), time_machine.travel(LATER, tick=False):
        before = dict(fetched(world, ("ben", "cleo")))
        followups.send_update(world.ada, kind="people", text="Nora has joined us.", part="whom")
        after = dict(fetched(world, ("ben", "cleo")))
    assert before["ben updates "] != after["ben updates "]
    assert before["cleo today "] == after["cleo today "]
