"""Have the two something here already? Said from facts one may see oneself: letters one wrote, or had, and who sits across."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils import timezone

from goodword.database.compiled import compiled
from goodword.ground.addresses import tidy_address
from goodword.people.models import Person
from goodword.relationships.models import Invitation, Relationship, Seat
from goodword.relationships.seats import whole
from goodword.relationships.steps import Role


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """What there is with somebody: `what` is "letter" (they have written to me), "going" or "ended"."""

    what: str
    name: str
    seat: Seat | None = None
    letter: Invitation | None = None
    ended_at: dt.datetime | None = None


def between(one: Person, other: Person) -> Seat | None:
    """Return the first one's seat across from the other in a relationship that goes on, if they share one."""
    across = Seat.objects.filter(person=other, left_at=None).values("side_id")
    return _seats(one).filter(other_id__in=across, relationship__ended_at=None).first()


def seat_in(person: Person, relationship: Relationship) -> Seat | None:
    """Return the seat a person has in a relationship, on either side."""
    return _seats(person).filter(relationship=relationship).first()


def with_address(me: Person, address: str, but: uuid.UUID | None = None) -> Acquaintance | None:
    """Return what I have with whoever has this address, other than the relationship `but`; what goes on comes first."""
    address = tidy_address(address)
    if not address:
        return None
    theirs = open_letters_to(me).filter(inviter__email=address).first()
    if theirs:
        return Acquaintance("letter", theirs.inviter.name, letter=theirs)
    mine = Invitation.objects.filter(address=address, inviter_id=me.pk)
    # Of one that ended: whether its writer still has this account, or any, is nobody else's to know.
    had = Invitation.objects.filter(joined_address=me.email, inviter__email=address, relationship__ended_at=None)
    written = mine.filter(Q(revoked_at=None) | Q(joined_at__isnull=False)) | had
    seats = _seats(me).filter(relationship_id__in=written.values("relationship_id"))
    seats = seats.exclude(relationship_id=but) if but else seats
    going = seats.filter(relationship__ended_at=None).first()
    if going:
        return Acquaintance("going", going.other.person_name, seat=going)
    ended = seats.order_by("-relationship__ended_at").first()
    return Acquaintance("ended", ended.other.person_name, ended, None, ended.relationship.ended_at) if ended else None


def open_letters_to(me: Person) -> QuerySet[Invitation]:
    """Return the letters to my own proven address that can still be answered or joined by, oldest first."""
    return _open_letters(address=me.email, me=me.pk, now=timezone.now())


def open_letters_of(me: Person) -> list[Invitation]:
    """Return the same letters, read at once: for a page that is asked for often."""
    return _read_open_letters(address=me.email, me=me.pk, now=timezone.now())


def _open_letters(*, address: str, me: uuid.UUID, now: dt.datetime) -> QuerySet[Invitation]:
    rows = Invitation.objects.select_related("relationship", "inviter").filter(
        seat_address=address, joined_at=None, revoked_at=None, offered_at__isnull=False, expires_at__gt=now
    )
    return rows.filter(relationship__ended_at=None).exclude(inviter=me).order_by("made_at")


_read_open_letters = compiled(_open_letters)


def guest_address(seat: Seat) -> str:
    """Return the masked address with which the seat across from the inviting side was taken (T29), "" for all others.

    It stays as it was then: to what address its owner has their letters sent since is nobody else's to know. Once they have given
    up the seat it is said no more, so that whether they have an account still is not to be read from it.
    """
    first = Seat.objects.filter(side_id=seat.other_id).order_by("joined_at", "id").first()
    if not seat.open or first is None or first.left_at is not None:
        return ""
    joined = Invitation.objects.filter(relationship_id=seat.relationship_id, joined_at__isnull=False)
    found = joined.first() if seat.role is Role.PROPOSER and not seat.mirror else None
    return found.joined_shown if found else ""


def _seats(person: Person) -> QuerySet[Seat]:
    return whole(Seat.objects.all()).filter(person=person, left_at=None)
