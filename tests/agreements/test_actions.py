"""Writing and accepting: versions stay, the same words are accepted by both or by none."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from goodword.agreements import actions, queries, rules
from goodword.agreements.models import Acceptance, AgreementVersion
from goodword.agreements.rules import ClauseWords
from goodword.ground.refusals import Refusal
from goodword.post.models import OutboxLetter
from goodword.relationships.journal import Event
from goodword.relationships.steps import Step
from tests.agreements.secrets import choices, first, reworded
from tests.cast import Cast


@pytest.fixture
def cast(db: None) -> Cast:
    """Return the cast in the step of the agreement."""
    return Cast(at=Step.AGREE)


def told(cast: Cast) -> list[str]:
    return [event.verb for event in Event.objects.visible_to(cast.ada).order_by("created_at", "id")]


def test_writing_is_accepting_for_ones_own_side(cast: Cast) -> None:
    first(cast.ada)
    assert queries.acceptance_of_both(cast.ada) == (True, False)
    assert queries.acceptance_of_both(cast.ben) == (False, True)
    assert queries.in_force(cast.ada) is None


def test_it_is_in_force_once_both_accepted_the_same_version(cast: Cast) -> None:
    version = first(cast.ada)
    actions.accept(cast.ben, version.content_hash)
    assert queries.acceptance_of_both(cast.ada) == (True, True)
    assert queries.in_force(cast.ben) == version


def test_words_that_changed_since_they_were_read_are_not_accepted(cast: Cast) -> None:
    read = first(cast.ada)
    newer = reworded(cast.ada, {"giving": "Each gives what they can."})
    with pytest.raises(Refusal, match="It has changed since you read it"):
        actions.accept(cast.ben, read.content_hash)
    assert queries.acceptance_of_both(cast.ben) == (False, True)
    assert not Acceptance.objects.owned_by(cast.ben).exists()
    assert queries.latest(cast.ben) == newer


def test_accepting_twice_is_accepting_once(cast: Cast) -> None:
    version = first(cast.ada)
    actions.accept(cast.ben, version.content_hash)
    actions.accept(cast.ben, version.content_hash)
    assert Acceptance.objects.owned_by(cast.ben).count() == 1
    assert told(cast).count("agreement_accepted") == 1


def test_other_words_leave_the_accepted_ones_in_force(cast: Cast) -> None:
    version = first(cast.ada)
    actions.accept(cast.ben, version.content_hash)
    newer = reworded(cast.ben, {"money": "A bottle of wine at Christmas."})
    assert queries.in_force(cast.ada) == version
    assert queries.acceptance_of_both(cast.ada) == (False, True)
    actions.accept(cast.ada, newer.content_hash)
    assert queries.in_force(cast.ada) == newer
    assert AgreementVersion.objects.visible_to(cast.ada).count() == 2


def test_only_one_of_two_changes_to_the_same_version_is_taken(cast: Cast) -> None:
    base = first(cast.ada)
    (clauses,) = queries.clauses_of(cast.ben, base)
    reworded(cast.ada, {"giving": "Ada's words."})
    with pytest.raises(Refusal, match="another version"):
        actions.write_version(cast.ben, [*clauses, ClauseWords("own", "Mine", "Ben's words.")], choices(), base)
    assert AgreementVersion.objects.visible_to(cast.ben).count() == 2


def test_the_same_words_make_no_new_version(cast: Cast) -> None:
    first(cast.ada)
    with pytest.raises(Refusal, match="same words"):
        reworded(cast.ben, {})


def test_it_is_never_open_ended(cast: Cast) -> None:
    with pytest.raises(Refusal):
        first(cast.ada, review_on=timezone.localdate() + dt.timedelta(days=1000))
    with pytest.raises(Refusal):
        first(cast.ada, review_on=timezone.localdate())


def test_money_is_never_left_unsaid(cast: Cast) -> None:
    with pytest.raises(Refusal, match="money"):
        actions.write_version(cast.ada, [ClauseWords("purpose", "What for", "To help.")], choices())


def test_fees_bring_the_disclosure_with_them(cast: Cast) -> None:
    first(cast.ada)
    version = reworded(cast.ben, {"money": "Ten per cent of the first invoice."})
    (clauses,) = queries.clauses_of(cast.ada, version)
    names = [each.clause for each in clauses]
    assert names[names.index(rules.MONEY) + 1] == rules.DISCLOSURE


def test_days_that_no_clause_says_any_more_are_said_at_the_end(cast: Cast) -> None:
    first(cast.ada)
    version = reworded(cast.ben, {"keeping_posted": "We report the same evening."}, contact_days=3, report_days=1)
    (clauses,) = queries.clauses_of(cast.ada, version)
    assert clauses[-1].clause == rules.DAYS
    assert "within 3 weekdays, the first report within 1" in clauses[-1].text


def test_promises_are_the_agreed_days_and_two_and_five_before(cast: Cast) -> None:
    assert queries.promise_days(cast.ada) == (2, 5)
    version = first(cast.ada, contact_days=3, report_days=9)
    assert queries.promise_days(cast.ada) == (2, 5)
    actions.accept(cast.ben, version.content_hash)
    assert queries.promise_days(cast.ben) == (3, 9)


def test_a_reservation_offers_one_clause(cast: Cast) -> None:
    one = actions.clause_from_reservation(cast.ben, "No clients in a dispute.", "r" * 22)
    assert (one.title, one.text) == ("No clients in a dispute", "No clients in a dispute.")
    again = actions.clause_from_reservation(cast.ada, "Something else.", "r" * 22)
    assert one == again
    assert told(cast).count("clause_offered") == 1
    own = actions.clause_from_reservation(cast.ben, "I ring you first, always, before anybody else.", "s" * 22)
    assert own.title == "Ben Moor: “I ring you first, always, before…”", (
        "two of them are told apart, and say who “I” is"
    )
    assert own.text == "Ben Moor: “I ring you first, always, before anybody else.”", "“I” has a name in a joint text"


def test_before_its_step_nothing_is_written(db: None) -> None:
    cast = Cast(at=Step.SECOND_BRIEFING)
    with pytest.raises(Refusal, match="after the second briefing"):
        first(cast.ada)
    assert queries.latest(cast.ada) is None


def test_the_other_side_gets_a_letter_without_the_words(cast: Cast) -> None:
    OutboxLetter.objects.all().delete()
    first(cast.ada)
    assert [(letter.kind, letter.address) for letter in OutboxLetter.objects.all()] == [
        ("agreement-version", "ben@moor.example")
    ]
