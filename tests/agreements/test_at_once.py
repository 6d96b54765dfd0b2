"""Two sides at the agreement at the same instant: accepted by both or not in force, and never a lost wording (T36)."""

from __future__ import annotations

from functools import partial

import pytest

from goodword.agreements import actions, queries
from goodword.agreements.models import Acceptance, AgreementVersion
from goodword.ground.refusals import Refusal
from goodword.relationships.steps import Step
from tests.agreements.secrets import first, reworded
from tests.cast import Cast
from tests.consent.together import at_once, hung_up

__all__ = ["hung_up"]  # a fixture

pytestmark = [pytest.mark.sql, pytest.mark.django_db(transaction=True)]
TURNS = 12


def test_accepting_while_the_other_rewords_accepts_what_was_read_or_nothing() -> None:
    cast = Cast(at=Step.AGREE)
    read = first(cast.ada)
    for turn in range(TURNS):
        ada, ben = cast.ada, cast.ben
        words = {"giving": f"Words of turn {turn}."}
        results = at_once(partial(actions.accept, ben, read.content_hash), partial(reworded, ada, words))
        assert isinstance(results[1], AgreementVersion), results
        in_time = isinstance(results[0], AgreementVersion)
        assert in_time or isinstance(results[0], Refusal), results
        assert Acceptance.objects.owned_by(ben).filter(version=read).exists() is in_time
        assert not Acceptance.objects.owned_by(ben).filter(version=results[1]).exists()
        read = results[1]


def test_of_two_wordings_of_the_same_version_one_is_taken() -> None:
    cast = Cast(at=Step.AGREE)
    first(cast.ada)
    for turn in range(TURNS):
        ada, ben = cast.ada, cast.ben
        results = at_once(
            partial(reworded, ada, {"giving": f"Ada's words, {turn}."}),
            partial(reworded, ben, {"stopping": f"Ben's words, {turn}."}),
        )
        newest = queries.latest(cast.ada)
        assert newest is not None
        taken = [each for each in results if isinstance(each, AgreementVersion)]
        assert taken, results
        assert all(isinstance(each, (AgreementVersion, Refusal)) for each in results), results
        numbers = list(AgreementVersion.objects.visible_to(ada).values_list("number", flat=True))
        assert sorted(numbers) == list(range(1, newest.number + 1))
