"""Two accounts of one person become one: seats, drawers, lists and files move, and the emptied account closes.

Both were proven by their owner. Sealed text is bound to its row and not to its author, so what moves stays readable.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.account.actions import addresses, closing
from goodword.database import scopes
from goodword.ground.refusals import Refusal
from goodword.people import factors, news
from goodword.people.models import KnownBrowser, OpenSession, Person
from goodword.post.models import OutboxLetter
from goodword.relationships import starting
from goodword.relationships.doorway import seat_of
from goodword.relationships.models import Seat
from goodword.relationships.seats import whole
from goodword.relationships.waiting import settle

# What is about signing in to the account that goes: it is not carried over, or carried in a way of its own.
ENDS = (OpenSession, KnownBrowser, Authenticator, EmailAddress)


def may_merge(keep: Person, other: Person) -> None:
    """Raise Refusal where the two accounts can't become one."""
    if keep == other:
        raise Refusal(_("That address is yours already."))
    if factors.of(other).second_step:
        raise Refusal(
            _(
                "That account asks for more than a mailed code. Sign in to it, take its passkeys and its app away, and come back."
            )
        )
    for mine, theirs in common_seats(keep, other):
        if mine.side_id != theirs.side_id:
            raise Refusal(
                _(
                    "Both accounts sit in the relationship with %(name)s, one on each side. Nobody can be both, so the two stay apart."
                )
                % {"name": mine.other_name}
            )


def common_seats(keep: Person, other: Person) -> list[tuple[Seat, Seat]]:
    """Return the seats of both in each relationship they both have or had one in."""
    theirs = {seat.relationship_id: seat for seat in Seat.objects.filter(person=other)}
    mine = Seat.objects.filter(person=keep, relationship_id__in=theirs)
    return [(seat, theirs[seat.relationship_id]) for seat in mine]


def merge(keep: Person, other: Person) -> None:
    """Move all that is the other account's to this one, and close the other. Raises Refusal as `may_merge` does.

    Where both have something of which there can be one only (a draft of the same thing, a profile), this one's stays.
    """
    with transaction.atomic():
        list(Person.objects.select_for_update().filter(pk__in=[keep.pk, other.pk]).order_by("pk"))
        may_merge(keep, other)
        for _mine, theirs in common_seats(keep, other):
            if theirs.left_at is None:
                _give_up(theirs)
        address, theirs_too = other.email, [one.address for one in addresses.others(other)]
        _end(other)
        for model, field in belongings():
            _move(model, field, keep, other)
        OutboxLetter.objects.filter(person_id=other.pk, sent_at=None).update(person_id=keep.pk)
        closing.unname(other)
        _take_addresses(keep, [address, *theirs_too])
        news.tell(keep, "accounts-one", address=address)
        for seat in whole(Seat.objects.all()).filter(person=keep, left_at=None):
            settle(seat, timezone.now())


def _give_up(seat: Seat) -> None:
    """Give up the second of two seats on one side: the person goes on sitting there with the first."""
    starting.leave(seat_of(seat.person, seat.relationship_key), seat.person.email)


def belongings() -> Iterator[tuple[Any, str]]:
    """Yield every model with a field that says which person something is of, or by."""
    for model in apps.get_models():
        if model not in ENDS:
            for field in model._meta.concrete_fields:
                if field.is_relation and field.related_model is Person:
                    yield model, field.name


def _move(model: Any, field: str, keep: Person, other: Person) -> None:
    """Move the rows of one model. What there can be one of only stays as this account has it."""
    rows = model.objects.unscoped() if hasattr(model.objects, "unscoped") else model._base_manager
    for row in rows.filter(**{field: other}).values_list("pk", flat=True):
        try:
            with transaction.atomic():
                _give(rows, row, field, keep)
        except IntegrityError:
            if model is not Seat:  # a seat that was left stays where it is, with nobody's name on it
                rows.filter(pk=row).delete()


def _give(rows: Any, row: Any, field: str, keep: Person) -> None:
    """Give one row to this account. On a cluster a row that lies by its person is laid down anew, where this one's lie."""
    column = rows.model._meta.get_field(field).column
    if not scopes.lie_apart() or column != scopes.column_of(rows.model):
        rows.filter(pk=row).update(**{field: keep})
        return
    one = rows.get(pk=row)
    rows.filter(pk=row)._raw_delete(rows.db)  # what hangs on it stays: the same row comes again
    setattr(one, field, keep)
    one.save(force_insert=True)


def _end(other: Person) -> None:
    """End the other account's sessions, and forget how it was signed in to."""
    Session.objects.filter(session_key__in=OpenSession.objects.filter(person=other).values("cookie_hash")).delete()
    for model in ENDS:
        owner = "user" if any(field.name == "user" for field in model._meta.concrete_fields) else "person"
        model._base_manager.filter(**{owner: other}).delete()


def _take_addresses(keep: Person, taken: list[str]) -> None:
    for address in taken:
        EmailAddress.objects.create(user=keep, email=address, verified=True, primary=False)
        addresses.carry(keep, address)
