"""Putting letters into the outbox. Nothing leaves here: `delivery` takes them out."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import uuid
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from goodword.ground.addresses import tidy_address
from goodword.post.letters import kind_of
from goodword.post.models import OutboxLetter, Suppression
from goodword.ui.languages import in_use

PER_ADDRESS_AN_HOUR = 20
URGENT, ORDINARY = 0, 1  # lanes: letters somebody waits for overtake all others
BOUNCES = (
    "returned"  # stands for every kind that can be stopped, at an address whose mail server sent one back for good
)
# What anybody can cause who knows an address; all other letters are caused by people the reader has a relationship with.
# (Sign-in letters have limits of their own, which never keep the reader without one that works.)
FROM_STRANGERS = frozenset({"invitation", "receipt", "seat-offer", "introduction"})


def _place(letter: OutboxLetter) -> bytes:
    return f"goodword_outboxletter.content.{letter.pk}".encode()


def address_hash(address: str) -> str:
    """Return the hash by which a suppressed address is known."""
    return hashlib.sha256(f"goodword:{tidy_address(address)}".encode()).hexdigest()


def is_suppressed(address: str, kind: str, sender: str = "") -> bool:
    """Whether this address asked not to get this kind of letter, or any; or none of this kind from this sender."""
    kinds = [kind, "", BOUNCES, *([f"{kind}:{sender}"] if sender else [])]
    return Suppression.objects.filter(address_hash=address_hash(address), kind__in=kinds).exists()


def suppress(address: str, kind: str = "", sender: str = "") -> None:
    """Write no more letters of this kind to this address (any, where none is named); of one sender's only, where one is named."""
    Suppression.objects.get_or_create(
        address_hash=address_hash(address), kind=_from(kind, sender), defaults={"made_at": timezone.now()}
    )


def allow_again(address: str, kind: str, sender: str = "") -> None:
    """Take back what `suppress` did with the same words."""
    Suppression.objects.filter(address_hash=address_hash(address), kind=_from(kind, sender)).delete()


def stopped_kinds(address: str) -> set[str]:
    """Return the kinds of letter that do not come to this address."""
    return set(Suppression.objects.filter(address_hash=address_hash(address)).values_list("kind", flat=True))


def stop_time(address: str, kind: str) -> dt.datetime | None:
    """Return since when letters of this kind do not come to this address, None where they do."""
    stopped = Suppression.objects.filter(address_hash=address_hash(address), kind=kind)
    return stopped.values_list("made_at", flat=True).first()


def _from(kind: str, sender: str) -> str:
    return f"{kind}:{sender}" if sender else kind


def put(
    kind: str,
    address: str,
    *,
    values: dict[str, Any],
    relationship_id: uuid.UUID | None = None,
    person_id: uuid.UUID | None = None,
    due_at: dt.datetime | None = None,
    once: str | None = None,
) -> OutboxLetter | None:
    """Put one letter into the outbox, within the caller's transaction.

    `values` must be among those its kind takes (KeyError otherwise) and JSON-able; `once` names the occasion, so that the
    same occasion never makes two letters. Returns None if it was suppressed, already made, or the address is being
    flooded (T34).
    """
    known = kind_of(kind)
    takes = known.takes
    if not values.keys() <= takes:
        raise KeyError(f"{kind} does not take {sorted(values.keys() - takes)}")
    now, address = timezone.now(), tidy_address(address)
    stopped = known.may_be_stopped(values) and is_suppressed(address, kind)
    if stopped or (kind in FROM_STRANGERS and _is_flood(address, kind, now)):
        return None
    letter = OutboxLetter(
        kind=kind,
        address=address,
        language=in_use(),
        relationship_id=relationship_id,
        person_id=person_id,
        once=once,
        lane=URGENT if known.urgent else ORDINARY,
        made_at=now,
        due_at=due_at or now,
    )
    try:
        with transaction.atomic():
            seal(letter, values).save(force_insert=True)
    except IntegrityError:
        return None
    return letter


def _is_flood(address: str, kind: str, now: dt.datetime) -> bool:
    """Whether this address got very many of this kind within the hour. Counted by kind, so that a flood mutes nothing else."""
    recent = OutboxLetter.objects.filter(address=address, kind=kind, made_at__gt=now - dt.timedelta(hours=1))
    return recent.count() >= PER_ADDRESS_AN_HOUR


def seal(letter: OutboxLetter, values: dict[str, Any]) -> OutboxLetter:
    """Seal these values into a letter, and return it."""
    letter.content = settings.KEY_RING.seal(json.dumps(values), _place(letter))
    return letter


def values_of(letter: OutboxLetter) -> dict[str, Any]:
    """Return the values a letter was put in with."""
    values: dict[str, Any] = json.loads(settings.KEY_RING.open(bytes(letter.content), _place(letter)))
    return values


def take_back(relationship_id: uuid.UUID) -> int:
    """Drop every letter of a relationship that has not gone yet. Return how many."""
    return OutboxLetter.objects.filter(relationship_id=relationship_id, sent_at=None, dropped_at=None).update(
        dropped_at=timezone.now(), content=b""
    )


def take_back_kind(relationship_id: uuid.UUID, kind: str) -> int:
    """Drop the letters of one kind of a relationship that have not gone yet. Return how many."""
    waiting = OutboxLetter.objects.filter(relationship_id=relationship_id, kind=kind, sent_at=None, dropped_at=None)
    return waiting.update(dropped_at=timezone.now(), content=b"")


def is_undelivered(once: str) -> bool:
    """Whether the letter of that occasion was given up, or dropped, without ever having gone."""
    return OutboxLetter.objects.filter(once=once, sent_at=None, dropped_at__isnull=False).exists()
