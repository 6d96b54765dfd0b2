"""One side keeps it alone, the other joins at any point: nothing of before is there, and only what both confirm holds (M4)."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from goodword.alone.actions import onward, opening, records
from goodword.alone.models import Continuation, Opening, OpeningConfirmation
from goodword.alone.queries import going_on, pages
from goodword.alone.rules import Direction, Sort
from goodword.encounters.actions import plans as encounters
from goodword.gates import actions as gates
from goodword.gates.rules import GATES, Choice
from goodword.ground.refusals import Refusal
from goodword.relationships import invitations, starting
from goodword.relationships.doorway import seat_of
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.relationships.visibility import Ours, Shared
from goodword.reservations.actions import checking
from goodword.reservations.rules import CheckAnswer
from tests.cast import joined, person

KEPT = st.sampled_from(sorted(set(Sort) - {Sort.STEP, Sort.LEAD}))
WORD = "Zinnoberkrähe"


def models_of(kind: type) -> list[Any]:
    """Return every model of a lock."""
    return [model for model in apps.get_app_config("goodword").get_models() if issubclass(model, kind)]


class Joining(RuleBasedStateMachine):
    """Ruth keeps it alone, from the start or after Tom gave up his seat; he has a letter, which she gave him by hand."""

    def __init__(self) -> None:
        super().__init__()
        self.mark = transaction.savepoint()
        self.ruth = person("Ruth Adeyemi", "ruth@adeyemi.example", "Adeyemi Law")
        self.tom = person("Tom Hale", "tom@hale.example", "Hale Kitchens")
        self.there = False
        self.before = ""

    @initialize(before=st.sampled_from([None, *Step]), hers_first=st.booleans())
    def begin(self, before: Step | None, hers_first: bool) -> None:
        """Begin alone; or go on alone from a step which the two had come to before he gave up his seat."""
        seat = self.went_on(before, hers_first) if before else starting.start(self.ruth, name="Tom Hale")
        self.key = seat.key
        starting.keep_alone(seat)
        self.letter = invitations.write(seat, words="Hello", address=self.tom.email)
        invitations.offer(seat, by_mail=False)
        invitations.answer(self.letter, "yes")
        self.letter.refresh_from_db()

    def went_on(self, step: Step, hers_first: bool) -> Seat:
        """Let there have been the two, at this step and with words on the table; return her seat in what goes on."""
        hers, his = joined(*((self.ruth, self.tom) if hers_first else (self.tom, self.ruth)))
        hers, his = (hers, his) if hers_first else (his, hers)
        self.before = hers.key
        encounters.record(hers, happened_on=timezone.localdate(), place=WORD, counts_now=True)
        hers.relationship.step = step
        hers.relationship.save(update_fields=["step"])
        gates.give_up_seat(his)
        return onward.keep_on(hers)

    def teardown(self) -> None:
        """Undo the whole walk."""
        transaction.savepoint_rollback(self.mark)

    @property
    def hers(self) -> Seat:
        """Ruth's seat, as it is now."""
        return seat_of(self.ruth, self.key)

    @property
    def his(self) -> Seat:
        """Tom's seat, once he has one."""
        return seat_of(self.tom, self.key)

    def act(self, what: Any, *said: Any, **named: Any) -> bool:
        """Do something; return whether it was taken."""
        try:
            with transaction.atomic():
                what(*said, **named)
        except Refusal:
            return False
        return True

    @rule()
    def meet_and_go_on(self) -> None:
        if not self.there:
            self.act(encounters.record, self.hers, happened_on=timezone.localdate(), place=WORD, counts_now=True)
            self.act(checking.record_check, self.hers, CheckAnswer.NOTHING)
            self.say_for_both(Choice.GO_ON)

    @rule(choice=st.sampled_from([Choice.GO_ON, Choice.NOT_YET]))
    def say(self, choice: Choice) -> None:
        self.say_for_both(choice)

    def say_for_both(self, choice: Choice) -> None:
        """Say at the gate where she is what both said; once he is there it is refused."""
        gate = next((one.id for one in GATES if one.step == self.hers.at), GATES[-1].id)
        taken = self.act(records.say_for_both, self.hers, choice, gate=gate)
        assert not (taken and self.there)

    @rule()
    def take_the_word_back(self) -> None:
        assert not (self.act(records.take_word_back, self.hers) and self.there)

    @rule(sort=KEPT)
    def write(self, sort: Sort) -> None:
        assert self.act(records.write, self.hers, sort, WORD) != self.there

    @rule(way=st.sampled_from(list(Direction)))
    def write_a_slip(self, way: Direction) -> None:
        assert self.act(records.write_slip, self.hers, way, whom=WORD, why="Moving house") != self.there

    @rule(at_last=st.sampled_from([False, False, False, True]))
    def join(self, at_last: bool) -> None:
        if not at_last:  # so that it comes late as often as early
            return
        assert self.act(invitations.join, self.tom, self.letter)
        self.there = True

    @rule(share=st.integers(1, 4))
    def open_some(self, share: int) -> None:
        if self.there:
            self.act(opening.put_down, self.hers, pages.items(self.hers)[::share])

    @rule(what=st.sampled_from(["confirm", "correct", "decline"]), him=st.booleans())
    def answer(self, what: str, him: bool) -> None:
        seat = self.his if him and self.there else self.hers
        for lying in pages.to_answer(seat)[:1]:
            words = (f"{lying.text} And hills.",) if what == "correct" else ()
            self.act(getattr(opening, what), seat, lying, *words)

    @invariant()
    def nothing_is_on_the_table_before_he_is_there(self) -> None:
        if not self.there:
            models = [one for one in models_of(Shared) if not one.also_alone]
            assert not [one for one in models if one.objects.unscoped().filter(relationship__key=self.key).exists()]
            assert not Seat.objects.filter(person=self.tom, left_at=None).exists()

    @invariant()
    def what_was_before_stays_out_of_his_reach_and_hers_to_read(self) -> None:
        assert not Seat.objects.filter(person=self.tom, relationship_key=self.before, left_at=None).exists()
        if self.before:
            there = going_on.elsewhere(self.hers, Continuation.BEFORE)
            assert there is not None and there.key == self.before
            assert not (self.there and going_on.elsewhere(self.his, Continuation.BEFORE))

    @invariant()
    def he_is_shown_what_was_opened_and_nothing_else_of_before(self) -> None:
        if self.there:
            his, laid_at = self.his, self.hers.relationship.shared_since
            assert laid_at is not None
            for model in models_of(Shared):
                assert not model.objects.visible_to(his).filter(created_at__lt=laid_at).exists()
            for model in models_of(Ours):
                assert not model.objects.visible_to(his).exists()
            assert not Opening.objects.visible_to(his).filter(sort=Sort.RESERVATION).exists()

    @invariant()
    def the_two_are_where_both_have_confirmed_they_are(self) -> None:
        if self.there:
            said = OpeningConfirmation.objects.visible_to(self.his).filter(opening__sort=Sort.STEP)
            steps = [step or 1 for step in said.values_list("opening__step", flat=True)]
            assert self.his.at == self.hers.at == max([Step.EXPLORE.value, *steps])


@pytest.mark.django_db
def test_at_whatever_point_the_other_joins_only_what_both_confirm_holds() -> None:
    run_state_machine_as_test(
        Joining,
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        ),
    )
