"""What is written down about an encounter: together, for one's side, for oneself. Two tables have the names they began with."""

from __future__ import annotations

from django.db import models

from goodword.encounters.models.table import Encounter, OfEncounter
from goodword.ground.keys import new_key
from goodword.relationships.sealed_columns import TableText
from goodword.relationships.visibility import Mine, Ours, SealedText

WHAT = [("note", "note"), ("hope", "hope"), ("rapport", "rapport")]


class Conclusion(OfEncounter):
    """What was agreed, in one version. Either side writes the next; every version is kept."""

    text = TableText()
    number = models.PositiveSmallIntegerField()

    class Meta(OfEncounter.Meta):
        db_table = "goodword_agreed"
        constraints = [models.UniqueConstraint(fields=["relationship", "encounter", "number"], name="one_agreed_each")]


class ConclusionConfirmation(OfEncounter):
    """That a side confirmed the other's version of what was agreed."""

    conclusion = models.ForeignKey(Conclusion, on_delete=models.CASCADE, related_name="+", db_column="agreed_id")

    class Meta(OfEncounter.Meta):
        db_table = "goodword_confirmed"
        constraints = [models.UniqueConstraint(fields=["relationship", "conclusion", "side"], name="confirmed_once")]


class JointNote(OfEncounter):
    """A line written at the table for both."""

    text = TableText()
    once = models.CharField(max_length=43, default=new_key)

    class Meta(OfEncounter.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "side", "once"], name="joint_note_once")]


class Thanks(OfEncounter):
    """A line of thanks from one side to the other, after the encounter. Nobody has to write one."""

    text = TableText()

    class Meta(OfEncounter.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "encounter", "side"], name="thanked_once")]


class OwnNote(Mine):
    """A note for oneself, or the line on whether one enjoyed it (M8)."""

    encounter = models.ForeignKey(Encounter, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=8, choices=WHAT, default="note")
    text = SealedText()
    once = models.CharField(max_length=43, default=new_key)

    class Meta(Mine.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "author", "once"], name="own_note_once")]


class SideNote(Ours):
    """A note for one's own side, or what would make it a good hour."""

    encounter = models.ForeignKey(Encounter, on_delete=models.CASCADE, related_name="+")
    what = models.CharField(max_length=8, choices=WHAT, default="note")
    text = SealedText()
    once = models.CharField(max_length=43, default=new_key)

    class Meta(Ours.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "side", "once"], name="side_note_once")]
