"""Whether the side that stayed went on alone: no byte of it reaches whoever left, nor whoever comes back by a letter (T11)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.apps import apps
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goodword.alone.actions import onward, records
from goodword.alone.rules import Direction, Sort
from goodword.encounters.actions import plans as encounters
from goodword.gates import actions as gates
from goodword.relationships import invitations, starting
from goodword.relationships.doorway import seat_of
from goodword.relationships.models import Invitation, Seat
from goodword.relationships.steps import Step
from goodword.relationships.visibility import Locked
from goodword.reservations.actions import keeping
from tests.cast import Cast, signed_in
from tests.house.small import work
from tests.house.world import known_keys, masked, read, read_letter

pytestmark = pytest.mark.django_db
WORD = "Zinnoberkrähe"
OWN = ("today", "relationships", "leads", "stop-or-leave", "join", "details", "slipping")
HERE = ("relationship", "story", "encounters", "agreement", "opened", "reservations", "teaching", "colleagues")
HERE_TOO = ("what-they-see", "their-profile", "briefing", "follow-up", "updates", "from-here", "ending", "giving-up")


def go_on(seat: Seat) -> Seat:
    """Go on alone, and write the word into all one keeps there."""
    there = onward.keep_on(seat)
    for sort in set(Sort) - {Sort.STEP, Sort.LEAD}:
        records.write(there, sort, f"{WORD} {sort}")
    records.write_slip(there, Direction.GIVEN, whom=WORD, why=WORD)
    encounters.record(there, happened_on=timezone.localdate(), place=WORD, counts_now=True)
    for drawer in ("mine", "side"):
        keeping.keep(there, text=WORD, drawer=drawer)
    return there


def begin_anew(seat: Seat) -> Seat:
    """Begin alone with the same person as if there had been nothing."""
    names = {"name": seat.other.person_name, "business": seat.other.business_name, "town": seat.other.town}
    there = starting.start(seat.person, trade=seat.other.trade, **names)
    starting.keep_alone(there)
    return there


def nothing(seat: Seat) -> None:
    """Leave it there."""


def come_back(there: Seat, who: Any) -> Seat:
    """Invite somebody and have them take the seat."""
    letter = invitations.write(there, words="Have a look.", address=who.email)
    invitations.offer(there, by_mail=True)
    invitations.answer(letter, "yes")
    letter.refresh_from_db()
    return invitations.join(who, letter)


def as_they_read(who: str, stays: Callable[[Seat], Seat | None], *, again: bool = False) -> dict[str, str]:
    """Return all that Ada or Ben reads and is sent after they gave up their seat, and, with `again`, came back; undone afterwards."""
    with transaction.atomic(), time_machine.travel(datetime(2026, 5, 22, 9, tzinfo=UTC), tick=False) as clock:
        pair = Cast(at=Step.ADVOCATE)
        they, other = (pair.ben, pair.ada) if who == "ben" else (pair.ada, pair.ben)
        me, browser = they.person, signed_in(they.person)
        gates.give_up_seat(they)
        clock.shift(timedelta(days=1))
        work(timezone.now())
        mail.outbox.clear()
        there = stays(seat_of(other.person, pair.key))
        clock.shift(timedelta(days=1))
        seat = come_back(there, me) if again and there else None
        work(timezone.now())
        keys = known_keys()
        pages = {route: reverse(route) for route in OWN}
        pages |= {f"before {route}": reverse(route, args=[pair.key]) for route in HERE}
        pages |= {f"here {route}": reverse(route, args=[seat.key]) for route in (*HERE, *HERE_TOO) if seat}
        found = {name: masked(read(browser.get(page)), keys) for name, page in pages.items()}
        found["start"] = begins_with(browser, other.person.email)
        theirs: list[Any] = [one for one in mail.outbox if me.email in one.to]
        links = {invitations.token_of(one) for one in Invitation.objects.all()}
        found["letters"] = without("\n".join(masked(read_letter(one), keys) for one in theirs), links)
        transaction.set_rollback(True)
    mail.outbox.clear()
    return found


def begins_with(browser: Client, address: str) -> str:
    """Return the answer to their wish to begin with the other themselves."""
    with transaction.atomic():
        answer = browser.post(reverse("start"), {"name": "Lee Ford", "email": address, "words": "Shall we?"})
        said = masked(read(answer), known_keys())
        transaction.set_rollback(True)
    return said


def without(text: str, secrets: set[str]) -> str:
    """Return a text without the secrets of links."""
    for secret in secrets:
        text = text.replace(secret, "SECRET")
    return text


@pytest.mark.parametrize("who", ["ada", "ben"])
def test_whoever_left_reads_the_same_whether_or_not_the_other_goes_on(db: None, who: str) -> None:
    left, went_on = as_they_read(who, nothing), as_they_read(who, go_on)
    assert {name for name in left if left[name] != went_on[name]} == set()
    assert not [name for name, said in went_on.items() if WORD in said]


@pytest.mark.parametrize("who", ["ada", "ben"])
def test_whoever_comes_back_reads_the_same_whether_it_went_on_or_began_anew(db: None, who: str) -> None:
    anew, from_before = as_they_read(who, begin_anew, again=True), as_they_read(who, go_on, again=True)
    assert {name for name in anew if anew[name] != from_before[name]} == set()
    assert not [name for name, said in from_before.items() if WORD in said]


def test_going_on_touches_no_row_of_the_side_that_left(db: None) -> None:
    """Every row there was stands as it stood, but for the seat of whoever goes on, whose list it changes."""
    pair = Cast(at=Step.ADVOCATE)
    gates.give_up_seat(pair.ben)
    hers = pair.ada.pk

    def rows() -> dict[Any, Any]:
        models: list[Any] = list(apps.get_app_config("goodword").get_models())
        every = {one: one.objects.unscoped() if issubclass(one, Locked) else one._base_manager.all() for one in models}
        return {
            (one.__name__, row["pk"]): row for one, some in every.items() for row in some.values("pk", *columns(one))
        }

    before = rows()
    go_on(pair.ada)
    after = rows()
    changed = {key for key, row in before.items() if after.get(key) != row}
    assert {name for name, pk in changed if (name, pk) != ("Seat", hers)} <= {"RateCounter"}


def columns(model: Any) -> list[str]:
    """Return the names of a model's columns."""
    return [field.attname for field in model._meta.concrete_fields]
