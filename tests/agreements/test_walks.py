"""Random histories of an agreement: the same words are accepted by both or by none, and none is accepted for another (M27)."""

from __future__ import annotations

from contextlib import suppress

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from goodword.agreements import actions, queries
from goodword.agreements.models import Acceptance, AgreementVersion
from goodword.ground.refusals import Refusal
from goodword.relationships.steps import Step
from tests.agreements.secrets import first, reworded
from tests.cast import Cast

MANY = 60 if connection.vendor == "sqlite" else 20  # the rules are the same on both engines
ACTS = st.tuples(st.sampled_from(["ada", "ben"]), st.sampled_from(["write", "accept", "accept what was read before"]))


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the cast in the step of the agreement."""
    return Cast(at=Step.AGREE)


def does(cast: Cast, who: str, act: str, number: int) -> None:
    """Have one side do one thing; a refusal is an answer too."""
    seat = cast.ada if who == "ada" else cast.ben
    every = list(AgreementVersion.objects.visible_to(seat).order_by("number"))
    with suppress(Refusal):
        if act == "write":
            reworded(seat, {"giving": f"Each gives what they can, number {number}."})
        else:
            actions.accept(seat, every[-1 if act == "accept" else 0].content_hash)


@pytest.mark.sql
@settings(max_examples=MANY, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ACTS, max_size=8))
def test_whatever_the_two_do_in_whatever_order_the_same_words_are_in_force_for_both_or_for_none(
    cast: Cast, history: list[tuple[str, str]]
) -> None:
    with transaction.atomic():
        first(cast.ada)
        texts: dict[int, str] = {}
        for number, (who, act) in enumerate(history):
            does(cast, who, act, number)
            versions = list(AgreementVersion.objects.visible_to(cast.ben).order_by("number"))
            assert [one.number for one in versions] == list(range(1, len(versions) + 1))
            assert texts.items() <= {one.number: one.content_hash for one in versions}.items(), "a version was changed"
            texts = {one.number: one.content_hash for one in versions}
            said = [
                (one.version.number, one.content_hash, one.side_id)
                for one in Acceptance.objects.visible_to(cast.ada).select_related("version")
            ]
            assert all(texts[number] == seen for number, seen, _side in said), (
                "words were accepted that nobody had read"
            )
            both = [number for number in texts if len({side for of, _seen, side in said if of == number}) == 2]
            in_force = [queries.in_force(seat) for seat in (cast.ada, cast.ben)]
            assert [one and one.number for one in in_force] == [max(both, default=None)] * 2
        transaction.set_rollback(True)
