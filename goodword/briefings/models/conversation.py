"""Questions, answers, and what the speaker wants to tell."""

from __future__ import annotations

from django.db import models

from goodword.relationships.steps import Role
from goodword.relationships.visibility import Mine, Ours, SealedText, Shared


class AskedQuestion(Shared):
    """A question the listener put on the table (M16)."""

    text = models.TextField()
    place = models.PositiveSmallIntegerField()
    heard_at = models.DateTimeField(null=True)  # the listener has heard the answer
    unclear_at = models.DateTimeField(null=True)  # …and would like to come back to it

    class Meta(Shared.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "side", "place"], name="briefing_place")]


class Answer(Shared):
    """What the speaker answers in writing, before or after they meet. Rewording keeps the row."""

    question = models.ForeignKey(AskedQuestion, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    reworded_at = models.DateTimeField(null=True)

    class Meta(Shared.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "question"], name="briefing_one_answer")]


class PreparedQuestion(Ours):
    """A question the listener has ready. Nobody else sees it until it is asked, and then they see a copy (M16)."""

    text = SealedText()
    entry = models.CharField(max_length=60, blank=True)
    heard_at = models.DateTimeField(null=True)  # asked aloud and answered, without ever being on the table
    asked = models.ForeignKey(AskedQuestion, on_delete=models.SET_NULL, null=True, related_name="+")


class AnswerNote(Mine):
    """What I noted of an answer, for myself."""

    question = models.ForeignKey(PreparedQuestion, on_delete=models.CASCADE, related_name="+")
    text = SealedText()

    class Meta(Mine.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "author", "question"], name="briefing_note")]


class BriefingPoint(Ours):
    """Something the speaker wants to tell. `because`: what it answers, an answer's key or a passage."""

    text = SealedText()
    because = models.CharField(max_length=22, blank=True)

    class Meta(Ours.Meta):
        db_table = "goodword_totell"


class OrderProposal(Shared):
    """A wish to change who speaks first (M15)."""

    first = models.CharField(max_length=8, choices=[(r.value, r.value) for r in Role])


class OrderReply(Shared):
    """What became of it: the other side agrees or would rather keep the order, or its author takes it back."""

    proposal = models.ForeignKey(OrderProposal, on_delete=models.CASCADE, related_name="+")
    said = models.CharField(max_length=5, choices=[("agree", "agree"), ("keep", "keep"), ("back", "back")])

    class Meta(Shared.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "proposal"], name="briefing_order_answer")]
