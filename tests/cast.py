"""The standing cast. Ada and Ben share a relationship; Abe is Ada's colleague, Bea is Ben's; Cleo is a stranger; Eve left."""

from __future__ import annotations

import datetime as dt
import re
import time
from functools import cached_property

from django.core import mail
from django.test import Client
from django.utils import timezone

from goodword.people import actions as people_actions
from goodword.people.models import Person
from goodword.post.delivery import deliver_due
from goodword.relationships import holding, invitations, starting
from goodword.relationships.doorway import seat_of
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from tests.walking import keep, recall, walk


def person(name: str, email: str, business: str) -> Person:
    """Return a person with a business, as after their first sign-in."""
    somebody = Person.objects.at(email)
    people_actions.describe(somebody, name=name, business=business, trade="", town="Marple")
    return somebody


def signed_in(somebody: Person) -> Client:
    """Return a browser in which this person has just signed in."""
    client = Client()
    client.force_login(somebody, backend="goodword.people.backend.Sessions")
    session = client.session
    session["proven_at"] = int(time.time())
    session.save()
    return client


def joined(proposer: Person, invited: Person) -> tuple[Seat, Seat]:
    """Return the seats of two people whose invitation was written, offered, answered and joined."""
    seat = starting.start(proposer, name=invited.name, business="", town="")
    letter = invitations.write(seat, words="I would like to know your work better.", address=invited.email)
    invitations.offer(seat, by_mail=False)
    invitations.answer(letter, "yes")
    letter.refresh_from_db()
    other = invitations.join(invited, letter)
    return seat_of(proposer, seat.key), seat_of(invited, other.key)


def colleague(seat: Seat, name: str, address: str) -> Seat:
    """Return the seat of a colleague to whom one was offered and who came for it."""
    somebody = person(name, address, "")
    return starting.take_offer(somebody, starting.offer_seat(seat, name=name, email=address))


class Cast:
    """The people, their seats and their browsers."""

    def __init__(self, at: Step = Step.EXPLORE) -> None:
        alone = not Person.objects.exists()
        key = recall(at.name)
        if key is not None:
            self.key = key
            self.ada_person, self.ben_person = map(Person.objects.at, ("ada@lane.example", "ben@moor.example"))
            return
        self.ada_person = person("Ada Lane", "ada@lane.example", "Lane Law")
        self.ben_person = person("Ben Moor", "ben@moor.example", "Moor Kitchens")
        self.key = joined(self.ada_person, self.ben_person)[0].key
        walk(self, at)
        if alone:
            keep(at.name, self.key)

    @property
    def ada(self) -> Seat:
        """Ada's seat, as it is now. She proposed."""
        return seat_of(self.ada_person, self.key)

    @property
    def ben(self) -> Seat:
        """Ben's seat, as it is now. He was invited."""
        return seat_of(self.ben_person, self.key)

    @cached_property
    def abe(self) -> Seat:
        """Ada's colleague's seat."""
        return colleague(self.ada, "Abe Lane", "abe@lane.example")

    @cached_property
    def bea(self) -> Seat:
        """Ben's colleague's seat."""
        return colleague(self.ben, "Bea Moor", "bea@moor.example")

    @cached_property
    def cleo_person(self) -> Person:
        """A stranger with relationships of her own."""
        return person("Cleo Stone", "cleo@stone.example", "Stone Books")

    @cached_property
    def eve_person(self) -> Person:
        """Somebody who had a seat on Ada's side and gave it up."""
        colleague(self.ada, "Eve Past", "eve@past.example")
        starting.leave(self.ada, "eve@past.example")
        return Person.objects.get(email="eve@past.example")

    @cached_property
    def ada_browser(self) -> Client:
        """A browser in which Ada is signed in."""
        return signed_in(self.ada_person)

    @cached_property
    def ben_browser(self) -> Client:
        """A browser in which Ben is signed in."""
        return signed_in(self.ben_person)

    @cached_property
    def cleo_browser(self) -> Client:
        """A browser in which the stranger is signed in."""
        return signed_in(self.cleo_person)


def letter_to(address: str, about: str = "") -> str:
    """Let what is due leave; return the newest letter to this address whose subject says this, with its subject on top.

    The worlds that tests share leave letters of their own, and which leaves first is nobody’s promise.
    """
    deliver_due(500)
    return next(
        f"{one.subject}\n{one.body}"
        for one in reversed(mail.outbox)
        if one.to == [address] and about in str(one.subject)
    )


def code_to(address: str) -> str:
    """Let what is due leave; return the code in the newest letter to this address that has one in its subject."""
    deliver_due(500)
    return next(
        code[0]
        for one in reversed(mail.outbox)
        if one.to == [address] and (code := re.search(r"\b\d{6}\b", str(one.subject)))
    )


def half_a_minute() -> None:
    """Let half a minute go by: what was confirmed and not taken back leaves, as the worker lets it."""
    holding.release_due(timezone.now() + holding.WINDOW + dt.timedelta(seconds=1))
