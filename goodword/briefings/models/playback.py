"""Saying back what was understood, and the speaker’s word on it."""

from __future__ import annotations

from django.db import models

from goodword.briefings.rules import Passage
from goodword.relationships.visibility import Shared


class PlaybackRound(Shared):
    """What the listener understood, said back in four passages. Never changed: what is said anew is a new round."""

    number = models.PositiveSmallIntegerField()
    does = models.TextField()
    whom = models.TextField()
    why = models.TextField()
    when = models.TextField()
    content_hash = models.CharField(max_length=64)

    class Meta(Shared.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "side", "number"], name="briefing_round_number")]

    @property
    def passages(self) -> dict[Passage, str]:
        """The four passages."""
        return {passage: getattr(self, passage.value) for passage in Passage}


class PassageReply(Shared):
    """What the speaker says to one passage of one round: an empty text says it is right, any other puts it right."""

    round = models.ForeignKey(PlaybackRound, on_delete=models.CASCADE, related_name="+")
    passage = models.CharField(max_length=4, choices=[(p.value, p.value) for p in Passage])
    text = models.TextField(blank=True)

    class Meta(Shared.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "round", "passage"], name="briefing_reply")]


class PlaybackConfirmation(Shared):
    """The speaker confirms one round: exactly these words, by their hash."""

    round = models.ForeignKey(PlaybackRound, on_delete=models.CASCADE, related_name="+")
    content_hash = models.CharField(max_length=64)

    class Meta(Shared.Meta):
        db_table = "goodword_playbackconfirmed"
        constraints = [models.UniqueConstraint(fields=["relationship", "round"], name="briefing_confirmed_once")]


class SpokenPlayback(Shared):
    """That it was said back at the table, and was right: a row of the listener's, and one of the speaker's (M16).

    It counts once both have said so, until something written is put right after it. No words are kept: they were spoken.
    """

    step = models.PositiveSmallIntegerField()

    class Meta(Shared.Meta):
        db_table = "goodword_saidaloud"
