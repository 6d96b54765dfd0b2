"""Two sides doing anything in any order: a gate opens for both or for none, and what was refused has changed nothing."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from goodword.encounters.actions import plans as encounters
from goodword.gates import actions as gates
from goodword.gates.models import Decision, Round
from goodword.gates.rules import Choice
from goodword.ground.refusals import Refusal
from goodword.relationships.models import Relationship, Seat
from goodword.relationships.steps import Step
from goodword.relationships.visibility import Locked, Shared
from goodword.reservations.actions import checking, keeping
from goodword.reservations.rules import CheckAnswer
from tests.cast import Cast
from tests.raw import stored

SIDES = st.sampled_from(["ada", "ben"])


def rows_of(*, side: uuid.UUID | None = None) -> dict[str, list[str]]:
    """Return every locked row, or those in one side's drawers, as the database keeps them (sealed texts sealed).

    Asked for four times in each act, so it asks the database itself: the ORM would take most of a walk's time.
    """
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_app_config("goodword").get_models():
            if issubclass(model, Locked) and not (side and issubclass(model, Shared)):
                of_side = "WHERE side_id = %s" if side else ""
                cursor.execute(f'SELECT * FROM "{model._meta.db_table}" {of_side}', [stored(side)] if side else [])  # noqa: S608 - our own names
                found[model.__name__] = sorted(map(str, cursor.fetchall()))
    return found


class TwoSides(RuleBasedStateMachine):
    """Ada and Ben, from their first step on."""

    def __init__(self) -> None:
        super().__init__()
        self.mark = transaction.savepoint()
        self.cast = Cast()
        self.opened = 0

    def teardown(self) -> None:
        """Undo the whole walk."""
        transaction.savepoint_rollback(self.mark)

    def other_drawer(self, who: str) -> uuid.UUID:
        """Return the side whose drawers this act must not touch."""
        return self.cast.ben.side_id if who == "ada" else self.cast.ada.side_id

    def act(self, who: str, what: Callable[[Seat], Any]) -> None:
        """Do something as one side; check what it may not have touched."""
        seat: Seat = getattr(self.cast, who)
        drawer, everything = rows_of(side=self.other_drawer(who)), rows_of()
        step = Relationship.objects.values_list("step", "ended_at").get(pk=seat.relationship_id)
        try:
            with transaction.atomic():
                what(seat)
        except Refusal:
            assert rows_of() == everything
            assert Relationship.objects.values_list("step", "ended_at").get(pk=seat.relationship_id) == step
        after = rows_of(side=self.other_drawer(who))
        after["Decision"] = drawer["Decision"]  # a seal may be opened by the second decision; its text is checked below
        assert after == drawer

    @rule(who=SIDES)
    def meet(self, who: str) -> None:
        self.act(
            who, lambda seat: encounters.record(seat, happened_on=timezone.localdate(), place="Café", counts_now=True)
        )

    @rule(who=SIDES, answer=st.sampled_from(list(CheckAnswer)))
    def check(self, who: str, answer: CheckAnswer) -> None:
        self.act(who, lambda seat: checking.record_check(seat, answer))

    @rule(who=SIDES, drawer=st.sampled_from(["mine", "side"]))
    def keep(self, who: str, drawer: str) -> None:
        self.act(who, lambda seat: keeping.keep(seat, text="Something.", drawer=drawer))

    @rule(who=SIDES, choice=st.sampled_from([Choice.GO_ON, Choice.GO_ON, Choice.GO_ON, Choice.NOT_YET]))
    def decide(self, who: str, choice: Choice) -> None:
        self.act(who, lambda seat: gates.decide(seat, choice))

    @rule(who=SIDES, sure=st.integers(0, 9))
    def let_go(self, who: str, sure: int) -> None:
        if sure == 0:
            self.act(who, gates.let_go)

    @invariant()
    def a_gate_opens_for_both_or_none_and_only_after_two_go_ons(self) -> None:
        seat = self.cast.ada
        opened = [r for r in Round.objects.visible_to(seat) if r.outcome == Choice.GO_ON and r.gate != "still_glad"]
        assert seat.at == Step(1 + len(opened))
        for one in Round.objects.visible_to(seat):
            said = [
                d.choice.unseal(seat) for d in Decision.objects.visible_to(seat).filter(gate=one.gate, round=one.number)
            ]
            assert len(said) == 2
            assert (one.outcome == Choice.GO_ON) == (said == ["go_on", "go_on"])

    @invariant()
    def a_seal_is_open_only_when_both_are_in(self) -> None:
        rows = Decision.objects.unscoped().filter(relationship_id=self.cast.ada.relationship_id)
        for row in rows.exclude(opened_at=None):
            assert rows.filter(gate=row.gate, round=row.round).count() == 2

    @invariant()
    def nobody_is_shown_what_the_other_has_sealed(self) -> None:
        for mine, theirs in ((self.cast.ada, self.cast.ben), (self.cast.ben, self.cast.ada)):
            assert not Decision.objects.visible_to(mine).filter(side_id=theirs.side_id, opened_at=None).exists()


@pytest.mark.django_db
def test_any_order_of_acts_keeps_what_must_hold() -> None:
    run_state_machine_as_test(
        TwoSides,
        settings=settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
