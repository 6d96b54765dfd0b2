"""The gate table, read by pure functions."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from goodword.gates.rules import GATES, PRIVATE_NEEDS, Choice, Need, gate_of, needs_of, outcome, still_missing
from goodword.relationships.steps import Role, Step, speaker

# One number says which of them: drawn at once, where a set is drawn need by need.
NEEDS = st.integers(0, 2 ** len(Need) - 1).map(
    lambda bits: frozenset(need for at, need in enumerate(Need) if bits >> at & 1)
)


def test_every_step_ends_at_one_gate_and_the_path_goes_one_way() -> None:
    assert [gate.step for gate in GATES] == list(Step)
    assert [gate.leads_to for gate in GATES] == [*list(Step)[1:], Step.ADVOCATE]


def test_a_gate_opens_only_if_both_say_go_on() -> None:
    for one, other in product((Choice.GO_ON, Choice.NOT_YET), repeat=2):
        assert (outcome(one, other) is Choice.GO_ON) == (one is other is Choice.GO_ON)


def test_m6_every_gate_but_the_first_asks_for_a_reservation_check_of_both() -> None:
    assert Need.CHECK not in needs_of(GATES[0], Role.PROPOSER, None), "the question follows the first yes (M13)"
    for gate in GATES[1:]:
        for role in Role:
            assert Need.CHECK in needs_of(gate, role, speaker(gate.step, Role.INVITED))


def test_m17_criteria_and_m26_people_known_are_asked_of_the_listener() -> None:
    gate = gate_of(Step.FIRST_BRIEFING)
    assert {Need.CRITERIA, Need.PEOPLE_KNOWN} <= set(needs_of(gate, Role.PROPOSER, Role.INVITED))
    assert not {Need.CRITERIA, Need.PEOPLE_KNOWN} & set(needs_of(gate, Role.INVITED, Role.INVITED))


def test_m21_the_purpose_is_asked_of_the_proposer_before_the_agreement() -> None:
    gate = gate_of(Step.SECOND_BRIEFING)
    assert Need.PURPOSE in needs_of(gate, Role.PROPOSER, Role.PROPOSER)
    assert Need.PURPOSE not in needs_of(gate, Role.INVITED, Role.PROPOSER)


def test_m29_the_confirmation_asks_for_first_leads_and_no_other_gate_does() -> None:
    assert [gate.id for gate in GATES if gate.asks_first_leads] == ["g3"]


def test_what_is_private_is_never_asked_for_as_a_fact_of_the_table() -> None:
    assert {Need.CRITERIA, Need.PEOPLE_KNOWN, Need.PURPOSE, Need.OWN_RESERVATIONS} == PRIVATE_NEEDS


@given(met=NEEDS, more=NEEDS)
def test_having_more_in_place_never_makes_more_missing(met: frozenset[Need], more: frozenset[Need]) -> None:
    needed = tuple(Need)
    assert set(still_missing(needed, met | more)) <= set(still_missing(needed, met))
    assert not still_missing(needed, frozenset(Need))
