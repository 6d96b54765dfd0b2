"""The addresses of one person: one that letters go to, and others they can sign in with. Each was proven by a code.

To change one's address is to add the new one, which its mailbox confirms, and to make it the main one, which the old one's does.
"""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.ground.refusals import Refusal
from goodword.people import news
from goodword.people.models import Person, SignInKey
from goodword.post import outbox
from goodword.relationships.invitations import keep_for
from goodword.relationships.models import Invitation

MOST = 5


@dataclass(frozen=True, slots=True)
class Other:
    """An address that is not the main one. Its key says in a link which one is meant, and not what it is."""

    key: str
    address: str


def others(person: Person) -> list[Other]:
    """Return the addresses this person can sign in with beside the main one."""
    rows = EmailAddress.objects.filter(user=person, verified=True).exclude(email=person.email).order_by("pk")
    return [Other(_key(person, row.email), row.email) for row in rows]


def _key(person: Person, address: str) -> str:
    digest = hashlib.sha256(f"{person.key}:{address}".encode()).digest()[:16]
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def add(person: Person, address: str) -> None:
    """Keep another address, which its mailbox has just confirmed. Raises Refusal for one that is somebody's, or one too many."""
    with transaction.atomic():
        if Person.objects.having(address):
            raise Refusal(_("That address has an account already."), "email")
        if len(others(person)) >= MOST:
            raise Refusal(_("Five more addresses are the most. Take one away first."), "email")
        EmailAddress.objects.filter(email=address).delete()
        EmailAddress.objects.create(user=person, email=address, verified=True, primary=False)
        keep_for(person, address)
        news.tell(person, "address-added", address=address)


def make_main(person: Person, address: str) -> None:
    """Have letters go to another of their addresses, which both mailboxes have confirmed. Both are told."""
    before = person.email
    with transaction.atomic():
        rows = EmailAddress.objects.filter(user=person)
        rows.filter(email=before).delete()
        rows.filter(email=address).delete()
        person.email = address
        person.save(update_fields=["email"])
        EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
        EmailAddress.objects.create(user=person, email=before, verified=True, primary=False)
        carry(person, before)
        for to in (before, address):
            news.tell(person, "address-main", to=to, address=address)


def carry(person: Person, before: str) -> None:
    """Carry to this person's main address what was kept under an earlier one: what they stopped, what waits, how they joined."""
    for kind in outbox.stopped_kinds(before):
        outbox.suppress(person.email, kind)
    keep_for(person, before)
    Invitation.objects.filter(joined_address=before).update(joined_address=person.email)


def forget(person: Person, address: str) -> None:
    """Take an address away. It can be somebody else's from then on; keys mailed to it are worth nothing."""
    with transaction.atomic():
        EmailAddress.objects.filter(user=person, email=address).exclude(email=person.email).delete()
        SignInKey.objects.filter(address=address, used_at=None).update(used_at=timezone.now())
        for to in (person.email, address):
            news.tell(person, "address-gone", to=to, address=address)
