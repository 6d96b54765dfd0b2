"""Seats that are offered to colleagues."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from goodword.ground.keys import new_id, new_key
from goodword.relationships.models import Relationship, Side


class SeatOffer(models.Model):
    """A seat kept for a colleague until they come for it with a code from their own mailbox."""

    scope: ClassVar[str] = "relationship"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=22, default=new_key, editable=False)
    relationship = models.ForeignKey(Relationship, on_delete=models.CASCADE, related_name="+")
    side = models.ForeignKey(Side, on_delete=models.CASCADE, related_name="+", db_index=False)
    name = models.CharField(max_length=200)
    address = models.EmailField(max_length=254)
    made_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["address"], condition=models.Q(taken_at=None), name="seat_offer_by_address")]
