"""The two private drawers, and what is on its way out of them."""

from __future__ import annotations

from django.db import models

from goodword.relationships.visibility import Mine, Ours, SealedText


class DrawerReservation(models.Model):
    """A reservation kept in a drawer. Moving it outward copies it; the row itself never changes its lock."""

    text = SealedText()
    how = SealedText()  # how it was settled, if its owner says
    reworded_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    breaker_at = models.DateTimeField(null=True)
    to_table_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class PrivateReservation(DrawerReservation, Mine):
    """A reservation only its author can read."""

    to_side_at = models.DateTimeField(null=True)


class SideReservation(DrawerReservation, Ours):
    """A reservation the people on one side can read."""


class OwnWorry(Ours):
    """What might worry them about us, thought of before one's own briefing (M22)."""

    text = SealedText()
    to_table_at = models.DateTimeField(null=True)


class PendingReservation(Mine):
    """Confirmed, and not gone yet: until `leaves_at` it lies in its author's own drawer and can be taken back.

    The row on the table is made by `release_due` when the time has come, and by nothing else, so that a crash in the
    window shows nothing. `drawer` and `source` say which private row it is a copy of.
    """

    text = SealedText()
    drawer = models.CharField(max_length=5)
    source = models.CharField(max_length=22)
    leaves_at = models.DateTimeField(db_index=True)

    class Meta(Mine.Meta):
        db_table = "goodword_leaving"
        constraints = [models.UniqueConstraint(fields=["relationship", "source"], name="leaves_once")]


class Draft(Mine):
    """What somebody is typing, kept every few seconds. `place` names the box."""

    place = models.CharField(max_length=60)
    text = SealedText()
    saved_at = models.DateTimeField()

    class Meta(Mine.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "author", "place"], name="one_draft_per_box")]


class Pondering(Mine):
    """A question answered with 'nothing comes to mind' or 'I'm not sure yet': both are good answers, and private."""

    item = models.CharField(max_length=60)
    answer = SealedText()
    answered_at = models.DateTimeField()

    class Meta(Mine.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "author", "item"], name="pondered_once")]
