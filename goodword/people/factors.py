"""What somebody may sign in with beside their mailbox, if they like: passkeys, an app that makes codes, recovery codes.

All of it is allauth's (its models, its WebAuthn, its codes); here is what a person does with it. Whoever has a passkey or an
app is asked for it after the mailed code, so that a mailbox alone opens nothing (T35). Nobody is asked to have either.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from allauth.mfa.base.internal.flows import delete_dangling_recovery_codes
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from allauth.mfa.webauthn.internal.auth import WebAuthn
from django.db import transaction

from goodword.people import news
from goodword.people.models import Person

PASSKEY, APP, CODES = Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES
MOST_PASSKEYS = 20


@dataclass(frozen=True, slots=True)
class Passkey:
    """One passkey, as its owner sees it. Its key is a hash: row numbers stand in no address."""

    key: str
    name: str
    made_at: dt.datetime
    used_at: dt.datetime | None
    row: Any


@dataclass(frozen=True, slots=True)
class Factors:
    """All that a person has beside their mailbox."""

    passkeys: list[Passkey]
    app: bool
    codes_left: int

    @property
    def second_step(self) -> bool:
        """Whether a mailed code alone does not sign them in."""
        return bool(self.passkeys) or self.app


def of(person: Person) -> Factors:
    """Return what this person has."""
    rows = list(Authenticator.objects.filter(user_id=person.pk).order_by("pk"))
    codes = [len(row.wrap().get_unused_codes()) for row in rows if row.type == CODES]
    return Factors(
        passkeys=[_passkey(row) for row in rows if row.type == PASSKEY],
        app=any(row.type == APP for row in rows),
        codes_left=sum(codes),
    )


def _passkey(row: Any) -> Passkey:
    held = row.wrap()
    digest = hashlib.sha256(held.authenticator_data.credential_data.credential_id).digest()[:16]
    key = base64.urlsafe_b64encode(digest).decode().rstrip("=")
    return Passkey(key, held.name, row.created_at, row.last_used_at, row)


def add_passkey(person: Person, name: str, credential: dict[str, Any]) -> None:
    """Keep a passkey whose making was proven; recovery codes come with the first factor."""
    with transaction.atomic():
        WebAuthn.add(person, name, credential)
        RecoveryCodes.activate(person)
        news.tell(person, "passkey-added")


def take_passkey_away(person: Person, passkey: Passkey) -> None:
    """Forget one of this person's passkeys."""
    with transaction.atomic():
        passkey.row.delete()
        delete_dangling_recovery_codes(person)
        news.tell(person, "passkey-gone")


def add_app(person: Person, secret: str) -> None:
    """Keep the secret that this person's app makes its codes from, in place of an earlier one."""
    with transaction.atomic():
        Authenticator.objects.filter(user_id=person.pk, type=APP).delete()
        TOTP.activate(person, secret)
        RecoveryCodes.activate(person)
        news.tell(person, "app-added")


def take_app_away(person: Person) -> None:
    """Forget the app. Twice does no harm."""
    with transaction.atomic():
        if Authenticator.objects.filter(user_id=person.pk, type=APP).delete()[0]:
            delete_dangling_recovery_codes(person)
            news.tell(person, "app-gone")


def codes_of(person: Person) -> list[str]:
    """Return the recovery codes that are left, each as two groups of four."""
    row = Authenticator.objects.filter(user_id=person.pk, type=CODES).first()
    return [f"{code[:4]} {code[4:]}" for code in row.wrap().get_unused_codes()] if row else []


def renew_codes(person: Person) -> None:
    """Give this person ten new recovery codes; the old ones are worth nothing from now on."""
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        if Authenticator.objects.filter(user_id=person.pk, type=CODES).delete()[0]:
            RecoveryCodes.activate(person)
            news.tell(person, "codes-new")


def take_all_away(person: Person) -> None:
    """Take everything away, for somebody who has lost it all; whoever runs the server is sure that it is them."""
    with transaction.atomic():
        if forget_all(person):
            news.tell(person, "all-gone")


SECRETS = ("secret", "seed")  # what of a factor lies sealed: an app's secret, and what recovery codes are made from


def sealed_secrets() -> Iterator[tuple[Any, str, bytes]]:
    """Yield row, name and cipher of each sealed secret: for giving them a new key, and for seeing that they open."""
    for row in Authenticator.objects.exclude(type=PASSKEY).order_by("pk").iterator():
        for name in SECRETS:
            if name in row.data:
                yield row, name, base64.b64decode(row.data[name])


def seal_secret(row: Any, name: str, before: bytes, after: bytes) -> int:
    """Put a secret's new cipher in place of the one before, unless it was changed meanwhile. Return whether it was put."""
    with transaction.atomic():
        now = Authenticator.objects.select_for_update().filter(pk=row.pk).first()
        if now is None or base64.b64decode(now.data.get(name, "")) != before:
            return 0
        now.data[name] = base64.b64encode(after).decode()
        now.save(update_fields=["data"])
        return 1


def forget_all(person: Person) -> int:
    """Take everything away that this person has beside their mailbox. Return how many things that were."""
    return int(Authenticator.objects.filter(user_id=person.pk).delete()[0])
