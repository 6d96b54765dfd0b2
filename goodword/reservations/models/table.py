"""What is on the table: copies, with a key and a time of their own, that both sides read in the same words."""

from __future__ import annotations

from django.db import models

from goodword.relationships.visibility import Shared
from goodword.reservations.rules import State


class TableReservation(Shared):
    """A reservation on the table. Its owner is the side that put it there; only they can call it settled.

    `turned` marks one that its owner supposes the other might have about them ("in your place I might worry").
    """

    text = models.TextField()
    turned = models.BooleanField(default=False)
    state = models.CharField(max_length=13, choices=[(s.value, s.value) for s in State], default=State.OPEN)
    state_at = models.DateTimeField()
    ways = models.JSONField(default=list)  # ids of the playbook's ways to settle one: what it turned into
    how = models.TextField(blank=True)
    reopens_if = models.TextField(blank=True)
    promised_for = models.DateField(null=True)


class Remark(Shared):
    """One word in the talk about a reservation, or a turn it took. A turn without words has an empty text."""

    reservation = models.ForeignKey(TableReservation, on_delete=models.CASCADE, related_name="+")
    turn = models.CharField(max_length=9)
    text = models.TextField(blank=True)
