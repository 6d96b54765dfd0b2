"""Reservation checks (M6), what could not be named (M24), and the private unease gauge."""

from __future__ import annotations

from django.db import models

from goodword.relationships.visibility import Mine, Ours, SealedText, Shared


class ReservationCheck(Ours):
    """A side's answer to 'does anything stand in the way?'. The answer is sealed even at rest."""

    answer = SealedText()
    step = models.PositiveSmallIntegerField()


class CheckNotice(Shared):
    """That a side has done its check. The same row whatever the answer was."""

    also_alone = True

    step = models.PositiveSmallIntegerField()

    class Meta(Shared.Meta):
        db_table = "goodword_checkdone"


class CheckRequest(Shared):
    """One side asks the other whether anything makes them hesitate, with help to find words (M13, M19)."""

    text = models.TextField()

    class Meta(Shared.Meta):
        db_table = "goodword_checkasked"


class NamingIntention(Ours):
    """Something bothers us and has no name yet: to be named by the next encounter (M24). It comes back once."""

    peace_until = models.DateTimeField()
    came_back_at = models.DateTimeField(null=True)
    named_at = models.DateTimeField(null=True)
    let_go_at = models.DateTimeField(null=True)


class Unease(Mine):
    """How uneasy one person felt at a check: for their own eyes."""

    level = SealedText()
