"""Seats read with all that travels with them."""

from __future__ import annotations

from django.db import models

from goodword.relationships.models import Seat


def whole(seats: models.QuerySet[Seat], *more: str) -> models.QuerySet[Seat]:
    """Return seats that are read with all that a seat travels with, its relationship and both sides, and `more` beside."""
    return seats.select_related("relationship", "side", "other", *more)
