"""Closing an account: out of every relationship, then everything that was only theirs is erased. What was shared stays shared.

Their row stays without name and address: what they wrote on the table has an author still, and nobody can be known from it.
"""

from __future__ import annotations

import uuid

from allauth.account.models import EmailAddress
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from goodword.gates import actions as gates
from goodword.ground.moments import DEFAULT_ZONE
from goodword.people import deletions, factors
from goodword.people.models import Business, OpenSession, Person, SignInKey
from goodword.post.models import OutboxLetter
from goodword.relationships import drawers, holding
from goodword.relationships.acting import acting_unseated
from goodword.relationships.doorway import seat_of
from goodword.relationships.models import Invitation, Relationship, Seat
from goodword.relationships.offers import SeatOffer
from goodword.relationships.visibility import Mine

KIND = "person"  # its kind on the deletion list


def close(person: Person) -> None:
    """Close an account for good. Killed in between, or pressed twice, it goes on where it was.

    Whoever sits on the other side learns that the seat was given up, or that a colleague has left (D7); nothing of an account.
    """
    _take_letters_back(person)
    for key in Seat.objects.filter(person=person, left_at=None).values_list("relationship_key", flat=True):
        _leave(seat_of(person, key))
    with transaction.atomic():
        deletions.note(KIND, person.pk)
        _erase(person)


def _take_letters_back(person: Person) -> None:
    """Close the letters of theirs by which nobody has joined: nothing says any more whom they are for, so whoever has a link
    could take the seat. Colleagues can write another.
    """
    letters = Invitation.objects.filter(Q(revoked_at=None) | Q(answer="not_me"), inviter=person, joined_at=None)
    for letter in letters:
        with acting_unseated(letter.relationship_id) as act:
            Invitation.objects.filter(pk=letter.pk, joined_at=None).update(revoked_at=act.now)


def close_again(pk: uuid.UUID) -> int:
    """Close an account that is on the deletion list and came back with a backup. Return whether it had come back."""
    person = Person.objects.filter(pk=pk, is_active=True).first()
    if person:
        close(person)
    return int(person is not None)


def _leave(seat: Seat) -> None:
    """Give up a seat: to one's colleagues where there are any; the last one's leaves the other side what lies on the table, and
    first what was just said of a lead.

    Of what has ended nobody is told anything more than that: the seat goes with all that is erased.
    """
    if not seat.open:
        holding.let_leave(seat, "lead-report")
        return
    others = Seat.objects.filter(relationship_id=seat.relationship_id, side_id=seat.side_id, left_at=None)
    gates.leave(seat, last=not others.exclude(pk=seat.pk).exists())


def _erase(person: Person) -> None:
    seats = Seat.objects.filter(person=person)
    alone = seats.filter(relationship__shared_since=None).values("relationship_id")
    for relationship in Relationship.objects.filter(pk__in=alone):
        if not Seat.objects.filter(relationship=relationship).exclude(person=person).exists():
            relationship.delete()
    for model in drawers.models_of(Mine):
        model.objects.unscoped().filter(author_id=person.pk).delete()
    seats.filter(left_at=None).update(left_at=timezone.now())
    drawers.empty([side for side in seats.values_list("side_id", flat=True) if not _sits_there(side)])
    _erase_own_rows(person)
    unname(person)


def _sits_there(side: uuid.UUID) -> bool:
    return Seat.objects.filter(side_id=side, left_at=None).exists()


def _erase_own_rows(person: Person) -> None:
    """Erase what is kept by person: profile, files, diary, lists, sessions; and letters and keys by address."""
    Session.objects.filter(session_key__in=OpenSession.objects.filter(person=person).values("cookie_hash")).delete()
    for model in apps.get_app_config("goodword").get_models():
        if model is not Seat and any(field.name == "person" for field in model._meta.concrete_fields):
            model.objects.filter(person=person).delete()  # type: ignore[attr-defined]
    Seat.objects.filter(person=person).update(
        other_name="", other_called="", other_business="", other_town="", search_text="", next_page="", standing={}
    )
    own = EmailAddress.objects.filter(user_id=person.pk)
    addresses = {person.email, *own.values_list("email", flat=True)}
    own.delete()
    factors.forget_all(person)
    SignInKey.objects.filter(address__in=addresses).delete()
    SeatOffer.objects.filter(address__in=addresses).delete()
    OutboxLetter.objects.filter(address__in=addresses).delete()
    Invitation.objects.filter(joined_address__in=addresses).update(joined_address="", joined_shown="")
    Invitation.objects.filter(inviter=person).update(address="", seat_address="", met_where=b"")


def unname(person: Person) -> None:
    """Leave nothing in a person's row that says who it was."""
    business = person.business_id
    person.email, person.name, person.called, person.phone = f"{person.key}@closed.invalid", "", "", ""
    person.zone, person.zone_said_at, person.scheme = DEFAULT_ZONE, None, ""
    person.business, person.is_active = None, False
    person.save()
    if business and not Person.objects.filter(business_id=business).exists():
        Business.objects.filter(pk=business).delete()
