"""The agreement: versions, their clauses, and who accepted which. Nothing here is ever changed or removed (M27)."""

from __future__ import annotations

from django.db import models

from goodword.agreements.rules import DEFAULT_CONTACT_DAYS, DEFAULT_REPORT_DAYS, ClauseWords
from goodword.relationships.visibility import Shared


class AgreementVersion(Shared):
    """One wording of how the relationship is going to work. Its side wrote it, and by writing accepted it.

    `content_hash` is the fingerprint of its canonical text; `words` keeps what filled the blanks, to start the next
    version from. The days and dates are what the house counts by.
    """

    number = models.PositiveSmallIntegerField()
    based_on = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    content_hash = models.CharField(max_length=64)
    review_on = models.DateField()
    trial_until = models.DateField(null=True)
    contact_days = models.PositiveSmallIntegerField(default=DEFAULT_CONTACT_DAYS)
    report_days = models.PositiveSmallIntegerField(default=DEFAULT_REPORT_DAYS)
    words = models.JSONField(default=dict)

    class Meta(Shared.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "number"], name="agreement_number")]


class VersionClause(Shared):
    """One clause of one version. An empty text says that it was left out here, for that reason."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    clause = models.CharField(max_length=40)  # the playbook's id, or a key of its own
    title = models.CharField(max_length=200)
    text = models.TextField(blank=True)
    reason = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=22, blank=True)  # the key of the shared reservation it grew out of

    class Meta(Shared.Meta):
        constraints = [
            models.UniqueConstraint(fields=["relationship", "version", "clause"], name="clause_once_a_version"),
            models.UniqueConstraint(fields=["relationship", "version", "position"], name="clause_position"),
        ]

    def as_words(self) -> ClauseWords:
        """Return it as the rules read it."""
        return ClauseWords(self.clause, self.title, self.text, self.reason, self.origin)


class Acceptance(Shared):
    """A side has accepted the words of one version, and these are the words it had read."""

    version = models.ForeignKey(AgreementVersion, on_delete=models.CASCADE, related_name="+")
    content_hash = models.CharField(max_length=64)

    class Meta(Shared.Meta):
        constraints = [
            models.UniqueConstraint(fields=["relationship", "version", "side"], name="one_acceptance_a_side")
        ]


class OfferedClause(Shared):
    """A clause that a settled reservation turned into, waiting to be taken into the next version (M2, M27)."""

    title = models.CharField(max_length=200)
    text = models.TextField()
    origin = models.CharField(max_length=22)

    class Meta(Shared.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "origin"], name="one_clause_a_reservation")]
