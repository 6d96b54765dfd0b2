"""Joining, while one side keeps the relationship alone and acts at the same instant: the table is laid whole, or not at all (M4)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from goodword.account.actions import closing
from goodword.alone.actions import onward, opening, records
from goodword.alone.models import Continuation, Opening, OwnWord, Record
from goodword.alone.queries import pages
from goodword.alone.rules import Sort
from goodword.encounters.actions import plans as encounters
from goodword.encounters.models import Encounter
from goodword.gates import actions as gates
from goodword.gates.rules import Choice
from goodword.ground.refusals import Refusal
from goodword.people.models import Person
from goodword.relationships import invitations, starting
from goodword.relationships.journal import Event
from goodword.relationships.models import Invitation, Relationship, Seat
from goodword.relationships.steps import Step
from tests.cast import colleague, person
from tests.consent.together import ROUNDS, at_once, hung_up

__all__ = ["hung_up"]  # a fixture

pytestmark = pytest.mark.django_db(transaction=True)
SOME = ROUNDS // 5  # each has a relationship of its own, begun and written to


class Kept:
    """A relationship that Ruth keeps alone, with a talk behind them and a letter that Tom has said yes to."""

    def __init__(self, ruth: Person, tom: Person) -> None:
        self.tom = tom
        self.seat: Seat = starting.start(ruth, name="Tom")
        starting.keep_alone(self.seat)
        encounters.record(self.seat, happened_on=timezone.localdate(), place="Café", counts_now=True)
        self.letter: Invitation = invitations.write(self.seat, words="Hello", address=tom.email)
        invitations.offer(self.seat, by_mail=False)
        invitations.answer(self.letter, "yes")
        self.letter.refresh_from_db()

    def joins(self) -> Seat:
        """Tom takes his seat."""
        return invitations.join(self.tom, self.letter)

    @property
    def now(self) -> Relationship:
        """The relationship as it is now."""
        return Relationship.objects.get(pk=self.seat.relationship_id)

    def against(self, act: Callable[[], Any]) -> list[Any]:
        """Tom joins twice at the instant of an act; return what came of them. Whatever was refused was refused in words."""
        found = at_once(self.joins, self.joins, act)
        assert all(isinstance(one, Refusal) for one in found if isinstance(one, Exception)), found
        return found

    def his(self) -> Seat | None:
        """Tom's seat, if he has one."""
        rows = Seat.objects.select_related("relationship", "side", "other")
        return rows.filter(relationship_id=self.seat.relationship_id, person=self.tom).first()

    def is_whole(self) -> None:
        """The table is laid for both or for nobody; nothing of before is on it; the two are at the first step."""
        his = self.his()
        assert (his is not None) == (self.now.shared_since is not None)
        if his is not None:
            assert self.now.at is Step.EXPLORE
            assert not Encounter.objects.visible_to(his).exists()
            assert not Opening.objects.visible_to(his).exists()
            assert Event.objects.visible_to(his).filter(verb="joined").count() == 1


@pytest.fixture
def two(db: None) -> tuple[Person, Person]:
    """Return Ruth and Tom."""
    return person("Ruth", "ruth@adeyemi.example", ""), person("Tom", "tom@hale.example", "")


def test_joining_while_one_says_for_both_leaves_the_two_at_the_first_step(two: tuple[Person, Person]) -> None:
    for _ in range(SOME):
        kept = Kept(*two)
        found = kept.against(lambda kept=kept: records.say_for_both(kept.seat, Choice.GO_ON, gate="g1"))
        said = OwnWord.objects.unscoped().filter(relationship=kept.now).count()
        assert said == (not isinstance(found[2], Refusal))
        kept.is_whole()
        assert kept.his() is not None


def test_joining_while_one_writes_keeps_it_in_the_drawer_or_refuses_it(two: tuple[Person, Person]) -> None:
    for _ in range(SOME):
        kept = Kept(*two)
        found = kept.against(lambda kept=kept: records.write(kept.seat, Sort.TALK, "He likes hills."))
        his = kept.his()
        assert his is not None and not Record.objects.visible_to(his).exists()
        written = Record.objects.unscoped().filter(relationship=kept.now).count()
        assert written == (not isinstance(found[2], Refusal))
        kept.is_whole()


def test_joining_while_one_lets_go_lays_the_table_first_or_never(two: tuple[Person, Person]) -> None:
    for _ in range(SOME):
        kept = Kept(*two)
        kept.against(lambda kept=kept: gates.let_go(kept.seat))
        assert kept.now.ended_at is not None
        kept.is_whole()


def test_joining_while_the_account_of_who_keeps_it_is_closed_lays_the_table_whole_or_not_at_all(db: None) -> None:
    tom = person("Tom", "tom@hale.example", "")
    for number in range(SOME):
        kept = Kept(person("Ruth", f"ruth{number}@adeyemi.example", ""), tom)
        records.write(kept.seat, Sort.TALK, "He likes hills.")
        kept.against(lambda kept=kept: closing.close(kept.seat.person))
        assert not Record.objects.unscoped().exists()
        his = kept.his()
        if his is None:
            assert not Relationship.objects.filter(pk=kept.seat.relationship_id).exists()
        else:
            assert kept.now.shared_since is not None and kept.now.ended_at is not None


def test_two_colleagues_who_go_on_alone_at_once_go_on_in_one(two: tuple[Person, Person]) -> None:
    for number in range(SOME // 4):
        kept = Kept(*two)
        his = kept.joins()
        beside = colleague(kept.seat, "Rae", f"rae{number}@adeyemi.example")
        gates.give_up_seat(his)
        found = at_once(*[lambda seat=seat: onward.keep_on(seat) for seat in (kept.seat, beside, kept.seat)])
        assert len({one.relationship_key for one in found}) == 1, found
        links = Continuation.objects.unscoped().filter(relationship=kept.now)
        assert [link.where for link in links] == [found[0].relationship_key]
        assert Seat.objects.filter(relationship_key=found[0].relationship_key).count() == 2


def test_a_seat_given_up_by_both_at_once_is_given_up_by_one_and_let_be_by_the_other(two: tuple[Person, Person]) -> None:
    for _ in range(SOME // 4):
        kept = Kept(*two)
        his = kept.joins()
        found = at_once(lambda: gates.give_up_seat(kept.seat), lambda: gates.give_up_seat(his))  # noqa: B023 - done at once
        assert found == [None, None]
        assert Event.objects.unscoped().filter(relationship=kept.now, verb="seat_given_up").count() == 1
        assert Seat.objects.filter(relationship=kept.now, left_at=None).count() == 1


def test_one_thing_from_before_confirmed_and_taken_away_at_once_is_one_or_the_other(two: tuple[Person, Person]) -> None:
    for number in range(SOME):
        kept = Kept(*two)
        records.write(kept.seat, Sort.TALK, "He likes hills.")
        kept.joins()
        kept.seat.relationship.refresh_from_db()
        [lying] = opening.put_down(kept.seat, pages.items(kept.seat))
        his = kept.his()
        assert his is not None
        acts: list[Callable[[], Any]] = [
            lambda his=his, lying=lying: opening.confirm(his, lying),  # type: ignore[misc]
            lambda kept=kept, lying=lying: opening.decline(kept.seat, lying),  # type: ignore[misc]
        ]
        found = at_once(*(acts if number % 2 else acts[::-1]))  # whichever comes last is mostly first
        assert sum(isinstance(one, Refusal) for one in found) == 1, found
        lies = Opening.objects.visible_to(his).exists()
        page = pages.openings_page(his)
        assert (len(page["both"]), len(page["for_us"])) == ((1, 0) if lies else (0, 0))
