"""Limits: how often something may be asked for, counted in the shared cache, so that all workers count together (T34)."""

import hashlib

from django.core.cache import cache


def within(what: str, who: str, most: int, seconds: int) -> bool:
    """Count one try and return whether it is among the first `most` in this window of `seconds`. `who` is kept as a hash."""
    name = f"limit:{what}:{hashlib.sha256(who.encode()).hexdigest()[:24]}"
    if cache.add(name, 1, seconds):
        return True
    try:
        return cache.incr(name) <= most
    except ValueError:  # the window closed between the two calls
        return cache.add(name, 1, seconds)
