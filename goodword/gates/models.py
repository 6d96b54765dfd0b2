"""Decisions, sealed until both are in, and the rounds they make."""

from __future__ import annotations

from django.db import models

from goodword.gates.rules import GATES
from goodword.relationships.visibility import SealedText, SealedUntilOpened, Shared

_GATE_CHOICES = [(gate.id, gate.id) for gate in GATES]


class Decision(SealedUntilOpened):
    """What one side says at one gate in one round. That it was made is visible; what it is, once both are in (D4, D5)."""

    gate = models.CharField(max_length=10, choices=_GATE_CHOICES)
    round = models.PositiveSmallIntegerField()
    choice = SealedText()
    first_leads = SealedText()  # at G3: how many first leads this side is ready to give (M29)
    lead_kinds = SealedText()  # and among whom it will look for them
    waits_for = SealedText()  # for a "not yet": time, another meeting, something to settle (M5)

    class Meta(SealedUntilOpened.Meta):
        constraints = [
            models.UniqueConstraint(fields=["relationship", "side", "gate", "round"], name="one_decision_a_round")
        ]


class Round(Shared):
    """A gate both have decided at, and what came of it. Its unique row is the compare-and-set of opening a gate."""

    gate = models.CharField(max_length=10, choices=_GATE_CHOICES)
    number = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=8)
    waits_for = models.CharField(max_length=8, blank=True)  # what the next round waits for, where it is not the last

    class Meta(Shared.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "gate", "number"], name="one_round_once")]


class PartingLine(Shared):
    """A line left for the other side after letting go; mailed once, as written."""

    text = models.TextField()

    class Meta(Shared.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "side"], name="one_parting_line_each")]
