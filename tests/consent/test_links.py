"""Links and invitations when everything happens at once: exactly one session, one answer, no lock as an answer (T30, T36)."""

from __future__ import annotations

import pytest

from goodword.ground.refusals import Refusal
from goodword.people.signing_in import make_key, redeem_link
from goodword.relationships import invitations, starting
from goodword.relationships.models import Invitation, Relationship, Seat
from tests.cast import person
from tests.consent.together import ROUNDS, at_once, hung_up

__all__ = ["hung_up"]  # a fixture

pytestmark = pytest.mark.django_db(transaction=True)


def test_four_redemptions_of_one_link_at_once_open_exactly_one_session() -> None:
    for _ in range(ROUNDS):
        _key, token, _code = make_key("tom@hale.example")
        results = at_once(*[lambda token=token: redeem_link(token)] * 4)
        assert not [r for r in results if isinstance(r, Exception)], results
        assert len([r for r in results if r is not None]) == 1


def test_yes_and_taking_back_at_once_leave_one_clear_state() -> None:
    ruth = person("Ruth", "ruth@adeyemi.example", "")
    tom = person("Tom", "tom@hale.example", "")
    for _ in range(ROUNDS):
        seat = starting.start(ruth, name="Tom")
        letter = invitations.write(seat, words="Hello", address=tom.email)
        invitations.offer(seat, by_mail=False)
        invitations.answer(letter, "yes")
        letter.refresh_from_db()
        results = at_once(
            lambda letter=letter: invitations.join(tom, letter), lambda seat=seat: invitations.take_back(seat)
        )
        refused = [r for r in results if isinstance(r, Exception)]
        assert all(isinstance(r, Refusal) for r in refused), refused
        joined = Seat.objects.filter(relationship_id=seat.relationship_id, person=tom).exists()
        revoked = Invitation.objects.get(pk=letter.pk).revoked_at is not None
        assert joined != revoked
        assert (Relationship.objects.get(pk=seat.relationship_id).shared_since is not None) == joined


def test_joining_four_times_at_once_gives_one_seat() -> None:
    ruth = person("Ruth", "ruth@adeyemi.example", "")
    tom = person("Tom", "tom@hale.example", "")
    for _ in range(ROUNDS):
        seat = starting.start(ruth, name="Tom")
        letter = invitations.write(seat, words="Hello", address=tom.email)
        invitations.offer(seat, by_mail=False)
        invitations.answer(letter, "yes")
        letter.refresh_from_db()
        results = at_once(*[lambda letter=letter: invitations.join(tom, letter)] * 4)
        assert not [r for r in results if isinstance(r, Exception)], results
        assert Seat.objects.filter(relationship_id=seat.relationship_id, person=tom).count() == 1
