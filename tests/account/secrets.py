"""Private words in every private field of the room, for the house's canary and twin tests."""

from __future__ import annotations

from goodword.account.actions import bringing
from goodword.account.queries.luggage import Bag
from goodword.ground.keys import new_key
from goodword.relationships.models import Seat
from tests.cast import Cast


def live(cast: Cast) -> None:
    """Ada has a record from another server."""
    plant(cast.ada, "In those days we met at the market.")


def plant(seat: Seat, word: str) -> None:
    """Keep a record from elsewhere with `word` in it, as this seat."""
    rooms = [("Meetings", {"OwnNote": [{"at": "2024-05-22", "by": "Ada", "text": word}]})]
    bringing.keep_record(seat, Bag(new_key(), "Somebody", "", rooms))
