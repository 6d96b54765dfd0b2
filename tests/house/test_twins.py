"""Twin worlds: the same story with nothing private and with fifty private items. The other side sees the same bytes."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.db import transaction

from goodword.post.delivery import message
from goodword.post.models import OutboxLetter
from tests.house.world import World, addresses, known_keys, masked

NOON = dt.datetime(2026, 6, 9, 12, 0, tzinfo=dt.UTC)
WATCHERS = ("ben", "bea", "cleo", "guest", "nobody")


def seen_in(private_items: int) -> dict[str, str]:
    """Live the story with so many private items on Ada's side, and return all that the others can fetch or receive."""
    with transaction.atomic(), time_machine.travel(NOON, tick=False):
        world = World()
        for number in range(private_items):
            world.plant(world.seat("ada" if number % 2 else "abe"), f"private thing number {number}")
        keys = known_keys()
        seen = {}
        for who in WATCHERS:
            for address in addresses(world):
                if "GET" in address.methods:
                    answer = world.browsers[who].get(address.path)
                    body = masked(b"".join(answer).decode(errors="replace"), keys)
                    seen[f"{who} {address.route} {address.label}"] = f"{answer.status_code} {sorted(answer.headers.items())}\n{body}"
        for letter in OutboxLetter.objects.exclude(address__contains="lane.example").order_by("made_at", "kind", "address"):
            text = "\n".join(str(part) for part in (message(letter).subject, message(letter).body))
            seen[f"letter {len(seen)} {letter.kind} {letter.address}"] = masked(text, keys)
        transaction.set_rollback(True)
    return seen


@pytest.mark.django_db
def test_the_other_side_sees_the_same_bytes_whatever_ada_keeps_private() -> None:
    nothing, fifty = seen_in(0), seen_in(50)
    assert nothing.keys() == fifty.keys()
    different = [name for name in nothing if nothing[name] != fifty[name]]
    assert not different
