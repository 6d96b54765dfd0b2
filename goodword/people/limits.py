"""Limits: how often something may be asked for, counted in the database, so that all workers count together (T34).

Not in the cache: its counters are neither atomic nor kept for the whole window.
"""

from __future__ import annotations

import datetime as dt
import hashlib

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from goodword.people.models import RateCounter


def allow(what: str, who: str, most: int, seconds: int) -> bool:
    """Count one try and return whether it is among the first `most` in this window of `seconds`. `who` is kept as a hash."""
    name = f"{what}:{hashlib.sha256(who.encode()).hexdigest()[:32]}"
    now = timezone.now()
    until = now + dt.timedelta(seconds=seconds)
    live = RateCounter.objects.filter(name=name, until__gt=now)
    if not live.update(count=F("count") + 1):
        _begin(name, until)
    return live.filter(count__lte=most).exists()


def _begin(name: str, until: dt.datetime) -> None:
    RateCounter.objects.filter(name=name, until__lte=timezone.now()).delete()
    try:
        with transaction.atomic():
            RateCounter.objects.create(name=name, count=1, until=until)
    except IntegrityError:  # another worker began it at the same instant
        RateCounter.objects.filter(name=name).update(count=F("count") + 1)


def forget_old(now: dt.datetime) -> int:
    """Delete counters whose window has closed. Return how many."""
    return RateCounter.objects.filter(until__lte=now).delete()[0]


def place_of(request: HttpRequest) -> str:
    """Return where a request comes from: the address our outermost proxy saw (GOODWORD_PROXIES), IPv6 by its /64."""
    address = request.META.get("REMOTE_ADDR", "")
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    if 0 < settings.PROXIES <= len(hops):
        address = hops[-settings.PROXIES]
    return ":".join(address.split(":")[:4]) if ":" in address else address
