"""The precious ten (M23): for the eyes of the person who wrote them and nobody else's, colleagues included."""

from __future__ import annotations

from django.db import models

from goodword.relationships.visibility import Mine, SealedText


class PreciousRound(Mine):
    """One time of going through one's ten."""


class PreciousLine(Mine):
    """One of the ten: a name, initials or only a number; the answer; what held its author back."""

    round = models.ForeignKey(PreciousRound, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    name = SealedText()
    answer = SealedText()
    answered_at = models.DateTimeField(null=True)
    reason = SealedText()

    class Meta(Mine.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "round", "place"], name="one_line_per_place")]
