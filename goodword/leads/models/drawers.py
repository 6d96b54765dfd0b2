"""What each keeps to themselves about leads."""

from __future__ import annotations

from django.db import models

from goodword.leads.models.table import Lead
from goodword.relationships.visibility import Mine, Ours, SealedText


class LeadContact(Ours):
    """Name and way to reach, in the giver's drawer until the contact has agreed."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="+")
    name = SealedText()
    reach = SealedText()

    class Meta(Ours.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "lead"], name="one_contact_a_lead")]


class LeadIdea(Ours):
    """Somebody one side is thinking of giving: M29's readiness, in words, before anything is given."""

    words = SealedText()

    class Meta(Ours.Meta):
        indexes = [models.Index(fields=["relationship", "side"], name="idea_by_side")]


class LeadLetter(Mine):
    """A draft of an introduction, until it is sent."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="+")
    text = SealedText()

    class Meta(Mine.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "lead", "author"], name="one_letter_a_person")]


class LeadNote(Mine):
    """A note of one's own on a lead."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="+")
    text = SealedText()

    class Meta(Mine.Meta):
        indexes = [models.Index(fields=["relationship", "lead"], name="note_by_lead")]


class LeadMoney(Mine):
    """What a lead was worth to the one who writes it down: amount and ISO currency, as one sealed text."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="+")
    money = SealedText()

    class Meta(Mine.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "lead", "author"], name="one_money_a_person")]


class LeadMark(Ours):
    """The hash of a way to reach somebody who asked to be forgotten, so that they are not passed on again (T42)."""

    mark = models.CharField(max_length=64)

    class Meta(Ours.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "side", "mark"], name="lead_mark_once")]
