"""Criteria, suitability and purpose: what each side settles with itself."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from goodword.relationships.visibility import Ours, SealedText, Shared


class Criterion(Ours):
    """What a good advocate has to be, for this side (M17). From the playbook (`entry`) or in own words."""

    text = SealedText()
    entry = models.CharField(max_length=60, blank=True)

    class Meta(Ours.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["relationship", "side", "entry"], condition=~Q(entry=""), name="briefing_criterion_once"
            )
        ]


class Assessment(Ours):
    """The other side, weighed against one criterion. The latest counts."""

    criterion = models.ForeignKey(Criterion, on_delete=models.CASCADE, related_name="+")
    said = SealedText()  # a Weight
    reason = SealedText()


class PeopleEstimate(Ours):
    """Whom do we know that they would want to meet, asked in each step (M26). The latest counts."""

    step = models.PositiveSmallIntegerField()
    said = SealedText()  # one of People

    class Meta(Ours.Meta):
        db_table = "goodword_peopleknown"


class Purpose(Ours):
    """Why this side wants the relationship (M21)."""

    text = SealedText()

    class Meta(Ours.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "side"], name="briefing_one_purpose")]


class PurposeRequest(Shared):
    """This side has asked the other why they want it."""

    class Meta(Shared.Meta):
        db_table = "goodword_purposeasked"
        constraints = [models.UniqueConstraint(fields=["relationship", "side"], name="briefing_purpose_asked_once")]


class ShownPurpose(Shared):
    """A purpose as it was when it was shown."""

    text = models.TextField()

    class Meta(Shared.Meta):
        db_table = "goodword_purposeshown"
