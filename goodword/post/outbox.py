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

from goodword.ground.text import tidy_address
from goodword.post.letters import kind_of
from goodword.post.models import OutboxLetter, Suppressed

PER_ADDRESS_AN_HOUR = 20
# What anybody can cause who knows an address; all other letters are caused by people the reader has a relationship with.
FROM_STRANGERS = frozenset({"sign-in", "invitation", "receipt", "seat-offer", "introduction"})


def _place(letter: OutboxLetter) -> bytes:
    return f"goodword_outboxletter.content.{letter.pk}".encode()


def address_hash(address: str) -> str:
    """Return the hash by which a suppressed address is known."""
    return hashlib.sha256(f"goodword:{tidy_address(address)}".encode()).hexdigest()


def is_suppressed(address: str, kind: str) -> bool:
    """Whether this address asked not to get this kind of letter, or any."""
    return Suppressed.objects.filter(address_hash=address_hash(address), kind__in=[kind, ""]).exists()


def suppress(address: str, kind: str = "") -> None:
    """Write no more letters of this kind to this address; of any kind where none is named."""
    Suppressed.objects.get_or_create(
        address_hash=address_hash(address), kind=kind, defaults={"made_at": timezone.now()}
    )


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
    takes = kind_of(kind).takes
    if not values.keys() <= takes:
        raise KeyError(f"{kind} does not take {sorted(values.keys() - takes)}")
    now, address = timezone.now(), tidy_address(address)
    if is_suppressed(address, kind) or (kind in FROM_STRANGERS and _flooded(address, kind, now)):
        return None
    letter = OutboxLetter(
        kind=kind, address=address, relationship_id=relationship_id, person_id=person_id, once=once, made_at=now,
        due_at=due_at or now,
    )  # fmt: skip
    letter.content = settings.KEY_RING.seal(json.dumps(values), _place(letter))
    try:
        with transaction.atomic():
            letter.save(force_insert=True)
    except IntegrityError:
        return None
    return letter


def _flooded(address: str, kind: str, now: dt.datetime) -> bool:
    """Whether this address got very many of this kind within the hour. Counted by kind, so that a flood mutes nothing else."""
    recent = OutboxLetter.objects.filter(address=address, kind=kind, made_at__gt=now - dt.timedelta(hours=1))
    return recent.count() >= PER_ADDRESS_AN_HOUR


def values_of(letter: OutboxLetter) -> dict[str, Any]:
    """Return the values a letter was put in with."""
    values: dict[str, Any] = json.loads(settings.KEY_RING.open(bytes(letter.content), _place(letter)))
    return values


def take_back(relationship_id: uuid.UUID) -> int:
    """Drop every letter of a relationship that has not gone yet. Return how many."""
    return OutboxLetter.objects.filter(relationship_id=relationship_id, sent_at=None, dropped_at=None).update(
        dropped_at=timezone.now(), content=b""
    )
