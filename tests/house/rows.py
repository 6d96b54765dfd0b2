"""Finding real things for the door table, through the eyes of the people in the world."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from goodword.playbook.shelf import playbook
from goodword.relationships import invitations
from goodword.relationships.visibility import Locked
from goodword.reservations import queries as reservations
from tests.house.world import OURS, SEATED, SIGNED_IN, World

Rows = list[tuple[str, tuple[object, ...], tuple[str, ...]]]
Row = Callable[[World], Rows]
Found = Callable[[World], Any]

NEVER = "A" * 22  # a key that was never given
NEVER_WAS, ELSEWHERE = "never was", "at another's door"
BY_HERSELF = "kept by herself"  # in the relationship that Ada keeps alone


def plain(world: World) -> Rows:
    """A route without arguments, for everybody who is signed in."""
    return [("", (), SIGNED_IN)]


def relationship(world: World) -> Rows:
    """A page of the relationship, for the four who sit in it."""
    return [("", (world.key,), SEATED)]


def token(world: World) -> Rows:
    """The invitation's link, and one that was never made."""
    return [("live", (invitations.token_of(world.invitation),), SEATED), ("never made", ("x" * 43,), SEATED)]


def signed(make: Callable[[World], str]) -> Row:
    """A link that is its own key: the real one, and one somebody made up."""
    return lambda world: [("real", (make(world),), SIGNED_IN), ("made up", ("x:y",), SIGNED_IN)]


def first(model: type[Locked], who: str, **wanted: object) -> Found:
    """Find the first thing of a kind that somebody sees; with `ours=True` (or False) one of their own side (or not)."""
    ours = wanted.pop("ours", None)

    def find(world: World) -> Any:
        seat = world.seat(who)
        rows = model.objects.visible_to(seat).filter(**wanted)  # type: ignore[attr-defined]
        if ours is not None:
            rows = rows.filter(side_id=seat.side_id if ours else seat.other_id)
        found = rows.order_by("-created_at", "key").first()
        assert found is not None, f"the world has no {model.__name__} for {who}"
        return found

    return find


def held_by(*holders: str) -> Callable[[Found], Row]:
    """Return what makes a row for a thing that these people can open; nobody can open it at another relationship's door."""

    def make(find: Found) -> Row:
        return lambda world: [
            ("", (world.key, find(world).key), holders),
            (NEVER_WAS, (world.key, NEVER), ()),
            (ELSEWHERE, (world.elsewhere.key, find(world).key), ()),
        ]

    return make


shared = held_by(*SEATED)
ours = held_by(*OURS)
mine = held_by("ada")


def of_encounter(find: Found) -> Row:
    """A thing that lies in an encounter: on the table for the four."""
    return lambda world: [
        ("", (world.key, find(world).encounter.key, find(world).key), SEATED),
        (NEVER_WAS, (world.key, NEVER, find(world).key), ()),
    ]


def of_lead(find: Found, *holders: str) -> Row:
    """A thing that belongs to a lead."""
    return lambda world: [
        ("", (world.key, find(world).lead.key, find(world).key), holders),
        (NEVER_WAS, (world.key, NEVER, find(world).key), ()),
    ]


def which(world: World) -> Rows:
    """Pages of the first and the second briefing; there is no third."""
    return [(name, (world.key, name), SEATED if name != "third" else ()) for name in ("first", "second", "third")]


def finding(world: World) -> Rows:
    """The first question of each thread, for whoever sits there."""
    seat = world.seat("ada")
    rows: Rows = [(NEVER_WAS, (world.key, "people", "never"), ())]
    for about in playbook().abouts:
        rows += [
            (about.id, (world.key, about.id, item), SEATED) for item in list(reservations.thread(seat, about.id))[:1]
        ]
    return rows
