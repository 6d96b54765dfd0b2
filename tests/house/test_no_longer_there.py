"""Whoever closes their account: for everybody else it is an end, or a seat given up, and nothing of theirs opens anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goodword.account.actions import closing
from goodword.encounters import calendar_entries
from goodword.gates import actions as gates
from goodword.people.models import OpenSession, SignInKey
from goodword.people.sessions import hash_of_cookie
from goodword.people.signing_in import make_key, redeem_link
from goodword.relationships import starting
from goodword.relationships.steps import Step
from tests.house.small import Small, different, fetched, known_ids, letters_gone, rows_of, work
from tests.house.test_left_behind import DAY, undone

late = pytest.mark.parametrize("small", [Step.ADVOCATE], indirect=True, ids=["advocate"])


def afterwards(small: Small, what: Callable[[], object], *who: str) -> dict[str, Any]:
    """Return all that some have after somebody else went in one way or another; undone afterwards."""
    known, seats = known_ids(), [getattr(small, name) for name in who]
    addresses = {seat.person.email for seat in seats}
    with undone() as clock:
        what()
        clock.shift(DAY)
        work(timezone.now())
        letters = [said for one, said in zip(mail.outbox, letters_gone(), strict=True) if one.to[0] in addresses]
        return {**rows_of(seats, known), **fetched(small, *who), "letters": letters}
    raise AssertionError


@late
def test_the_other_side_has_the_same_of_whoever_gave_up_their_seat_and_of_whoever_closed_their_account(
    small: Small,
) -> None:
    starting.leave(small.ada, "abe@lane.example")
    given_up = afterwards(small, lambda: gates.give_up_seat(small.ada), "ben", "bea")
    closed = afterwards(small, lambda: closing.close(small.ada_person), "ben", "bea")
    assert given_up["letters"]
    # That a seat is empty is told wherever seats are (D7); that it is so because an account was closed, nowhere.
    for who in ("ben", "bea"):
        assert '<th scope="row">Ada Lane</th>' not in closed[f"{who} colleagues"]
    assert different(given_up, closed) == []


@late
def test_a_side_of_two_has_the_same_of_whoever_left_and_of_whoever_closed_their_account(small: Small) -> None:
    left = afterwards(small, lambda: starting.leave(small.ada, "ada@lane.example"), "ben", "bea")
    closed = afterwards(small, lambda: closing.close(small.ada_person), "ben", "bea")
    assert different(left, closed) == []


def test_nothing_is_left_by_which_a_browser_or_a_link_comes_in(small: Small, settings: LazySettings) -> None:
    phone = small.browser("ada")
    kept = hash_of_cookie(phone.cookies["sessionid"].value)
    OpenSession.objects.create(person=small.ada_person, cookie_hash=kept, browser="Firefox")
    _key, token, _code = make_key(small.ada_person.email)
    feed = reverse("calendar-feed", args=[calendar_entries.token_of(calendar_entries.open_feed(small.ada_person))])
    assert b"BEGIN:VCALENDAR" in Client().get(feed).content
    closing.close(small.ada_person)
    assert not Session.objects.filter(session_key=kept).exists()
    assert not SignInKey.objects.filter(address="ada@lane.example").exists()
    assert redeem_link(token) is None
    assert not calendar_entries.Feed.objects.filter(person=small.ada_person).exists()
    assert phone.get(reverse("today")).status_code == 302
    made_up = Client().get(reverse("calendar-feed", args=["x" * 43]))
    answer = Client().get(feed)
    assert (answer.status_code, answer.content) == (made_up.status_code, made_up.content)
