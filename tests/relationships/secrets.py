"""What the house tests need of the hall: every private field filled."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from goodword.relationships import holding
from goodword.relationships.holding import PendingAct
from goodword.relationships.models import Seat


def plant(seat: Seat, word: str) -> None:
    """Write `word` into what is held back, as this seat: once taken back, once still waiting, for longer than any test lasts."""
    holding.take_back(seat, holding.hold(seat, "purpose", words=f"Not after all, {word}", text=word).key)
    _for_long(holding.hold(seat, "purpose", words=f"To help, {word}", text=f"To help, {word}"))


def plant_about(seat: Seat, kind: str, thing: str, word: str) -> None:
    """Hold back an act about a thing both sides see, as this seat, for longer than any test lasts."""
    _for_long(holding.hold(seat, kind, thing=thing, words=word, lead=thing))


def _for_long(row: PendingAct) -> None:
    PendingAct.objects.unscoped().filter(pk=row.pk).update(leaves_at=timezone.now() + dt.timedelta(days=4000))
