"""Reservation checks (M6), what could not be named (M24), and the private unease gauge."""

from __future__ import annotations

from django.db import models

from goodword.relationships.visibility import Mine, Ours, SealedText, Shared


class ReservationCheck(Ours):
    """A side's answer to 'does anything stand in the way?'. The answer is sealed even at rest."""

    answer = SealedText()
    step = models.PositiveSmallIntegerField()

    class Meta(Ours.Meta):
        abstract = False


class CheckDone(Shared):
    """That a side has done its check. The same row whatever the answer was."""

    step = models.PositiveSmallIntegerField()

    class Meta(Shared.Meta):
        abstract = False


class CheckAsked(Shared):
    """One side asks the other whether anything makes them hesitate, with help to find words (M13, M19)."""

    text = models.TextField()

    class Meta(Shared.Meta):
        abstract = False


class NamingIntention(Ours):
    """Something bothers us and has no name yet: to be named by the next encounter (M24). It comes back once."""

    came_back_at = models.DateTimeField(null=True)
    named_at = models.DateTimeField(null=True)
    let_go_at = models.DateTimeField(null=True)

    class Meta(Ours.Meta):
        abstract = False


class Unease(Mine):
    """How uneasy one person felt at a check: for their own eyes."""

    level = SealedText()

    class Meta(Mine.Meta):
        abstract = False
