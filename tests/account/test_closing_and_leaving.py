"""Closing an account tells the other side no more than giving up one's seat there, at once or some day later (D7)."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from goodword.account.actions import closing
from goodword.gates import actions as gates
from goodword.people import actions as people
from goodword.profiles import actions as profiles
from goodword.profiles.rules import Profile
from goodword.relationships.models import Relationship, Seat
from tests.cast import Cast, signed_in
from tests.house.world import known_keys, masked, read
from tests.profiles.secrets import picture

pytestmark = pytest.mark.django_db
ROUTES = ("their-profile", "colleagues", "relationship", "story", "from-here")


def closes(seat: Seat) -> None:
    """Close the account."""
    closing.close(seat.person)


def closes_later(seat: Seat) -> None:
    """Give up the seat, and close the account afterwards."""
    gates.give_up_seat(seat)
    closing.close(seat.person)


def is_renamed_later(seat: Seat) -> None:
    """Give up the seat, and take another name afterwards."""
    gates.give_up_seat(seat)
    people.describe(seat.person, name="Quite Another", business="Elsewhere", trade="", town="")


def lets_go_and_closes(seat: Seat) -> None:
    """Let go, and close the account afterwards."""
    gates.let_go(seat)
    closing.close(seat.person)


def lets_go_and_is_renamed(seat: Seat) -> None:
    """Let go, and take another name afterwards."""
    gates.let_go(seat)
    people.describe(seat.person, name="Quite Another", business="Elsewhere", trade="", town="")


def as_the_other_reads(who: str, goes: Callable[[Seat], None], *, file: bool = True) -> dict[str, str]:
    """Return what whoever stays reads of the relationship, and of their wish to begin anew; undone afterwards."""
    with transaction.atomic():
        pair = Cast()
        # Nothing else goes on between these two, which closing would end as well.
        Relationship.objects.exclude(key=pair.key).update(ended_at=timezone.now())
        leaves, stays = (pair.ben, pair.ada) if who == "ben" else (pair.ada, pair.ben)
        address, browser = leaves.person.email, signed_in(stays.person)
        files = [profiles.add_file(leaves.person, "The workshop", picture()).key] if file else []
        profiles.show(leaves, Profile(does="We do good work."), files)
        goes(leaves)
        keys = known_keys()
        found = {route: masked(read(browser.get(reverse(route, args=[pair.key]))), keys) for route in ROUTES}
        begun = browser.post(reverse("start"), {"name": "Lee Ford", "email": address, "words": "Shall we?"})
        found["begin"] = str(begun.status_code)
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("how", [closes, closes_later, is_renamed_later])
@pytest.mark.parametrize("who", ["ada", "ben"])
def test_closing_tells_no_more_than_giving_up_the_seat(db: None, who: str, how: Callable[[Seat], None]) -> None:
    left, closed = as_the_other_reads(who, gates.give_up_seat), as_the_other_reads(who, how)
    assert {name for name in left if left[name] != closed[name]} == set()


@pytest.mark.parametrize("how", [lets_go_and_closes, lets_go_and_is_renamed])
@pytest.mark.parametrize("who", ["ada", "ben"])
def test_after_the_end_nothing_more_is_told_of_an_account(db: None, who: str, how: Callable[[Seat], None]) -> None:
    """A file that was shown goes when its owner takes it away, as the page says that shows it: so it goes with an account."""
    ended, closed = as_the_other_reads(who, gates.let_go, file=False), as_the_other_reads(who, how, file=False)
    assert {name for name in ended if ended[name] != closed[name]} == set()
