"""Write first, then reveal together: nothing of the other's is seen until both are ready, or at the hour."""

from __future__ import annotations

from django.db import models

from goodword.relationships.visibility import SealedText, SealedUntilOpened, Shared


class Reveal(Shared):
    """A proposal to write first and reveal together. `opens_at` is set by the hour agreed or by both being ready."""

    hour = models.DateTimeField(null=True)
    opens_at = models.DateTimeField(null=True, db_index=True)
    opened_at = models.DateTimeField(null=True)
    called_off_at = models.DateTimeField(null=True)

    class Meta(Shared.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["relationship"],
                condition=models.Q(opened_at=None, called_off_at=None),
                name="one_reveal_at_a_time",
            )
        ]


class RevealReadiness(Shared):
    """That a side is ready. It looks the same whether they chose much or nothing."""

    reveal = models.ForeignKey(Reveal, on_delete=models.CASCADE, related_name="+")

    class Meta(Shared.Meta):
        db_table = "goodword_revealready"
        constraints = [models.UniqueConstraint(fields=["relationship", "reveal", "side"], name="ready_once_a_side")]


class RevealEntry(SealedUntilOpened):
    """One thing a side chose to reveal: in its envelope until both are opened in the same moment."""

    reveal = models.ForeignKey(Reveal, on_delete=models.CASCADE, related_name="+")
    text = SealedText()
    source = models.CharField(max_length=22, blank=True)  # the drawer's row it copies; emptied when it opens
