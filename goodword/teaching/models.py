"""What each side teaches the other to say, and how the other takes it up (M30 to M33)."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models

from goodword.relationships.steps import Role
from goodword.relationships.visibility import Mine, Ours, SealedText, Shared
from goodword.teaching.rules.content import RATED_ITEMS, Feel, TaughtLine


class TeachingDraft(Ours):
    """One field that is worded otherwise for this partner than in what is said for its author; an empty text leaves it out.

    It stays when it was put before the other: the next version differs from what is said to everybody in the same places.
    """

    field = models.CharField(max_length=40)
    text = SealedText()

    class Meta(Ours.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "side", "field"], name="one_draft_a_field")]


class TeachingVersion(Shared):
    """What one side taught, as it stood when it was put before the other. Never changed; a newer one follows (M38)."""

    number = models.PositiveSmallIntegerField()

    class Meta(Shared.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "side", "number"], name="teaching_number")]


class TeachingLine(Shared):
    """One thing taught: to whom, about what, in which words, by which route."""

    version = models.ForeignKey(TeachingVersion, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField()
    part = models.CharField(max_length=5)
    field = models.CharField(max_length=40)
    label = models.CharField(max_length=200)
    text = models.TextField()

    class Meta(Shared.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "version", "field"], name="one_line_a_field")]

    def as_line(self) -> TaughtLine:
        """Return it as the rules read it."""
        return TaughtLine(self.part, self.field, self.label, self.text)


def _to_ten() -> models.PositiveSmallIntegerField[int | None, int | None]:
    return models.PositiveSmallIntegerField(null=True, validators=[MaxValueValidator(10)])


class Comfort(Shared):
    """How it would feel to say what the other side taught: the newest answer of a side counts (M33).

    `whom`, `what`, `words` and `route`: from 0 to 10, how easy each item of it would be; None for one that is not taught.
    """

    version = models.ForeignKey(TeachingVersion, on_delete=models.CASCADE, related_name="+")
    feel = models.CharField(max_length=8, choices=[(each.value, each.value) for each in Feel])
    whom = _to_ten()
    what = _to_ten()
    words = _to_ten()
    route = _to_ten()

    class Meta(Shared.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(**{part: None}) | models.Q(**{f"{part}__lte": 10}),
                name=f"comfort_with_{part}_to_ten",
            )
            for part in RATED_ITEMS
        ]

    @property
    def scores(self) -> dict[str, int]:
        """How easy each item would be, from 0 to 10; those of which nothing was said are left out."""
        said = {part: getattr(self, part) for part in RATED_ITEMS}
        return {part: score for part, score in said.items() if score is not None}


class ComfortReason(Mine):
    """Why it feels so, for oneself."""

    text = SealedText()

    class Meta(Mine.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "author"], name="one_reason_a_person")]


class TeachingPlayback(Shared):
    """What was taught, said back in the advocate's own words."""

    version = models.ForeignKey(TeachingVersion, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()

    class Meta(Shared.Meta):
        db_table = "goodword_sayback"


class Approach(Shared):
    """A way of speaking about one side's work that removes the need for more; proposed by either side (M33).

    It is for one item of what that side teaches, or for all of it.
    """

    about = models.CharField(max_length=8, choices=[(role.value, role.value) for role in Role])
    part = models.CharField(max_length=5, blank=True)  # the item; empty: all of it
    missing = models.TextField(blank=True)  # what is missing, as far as it is shared
    kind = models.CharField(max_length=40, blank=True)  # the playbook's approach it started from
    text = models.TextField()


class ApproachAcceptance(Shared):
    """The other side has agreed to an approach."""

    approach = models.ForeignKey(Approach, on_delete=models.CASCADE, related_name="+")

    class Meta(Shared.Meta):
        db_table = "goodword_approachagreed"
        constraints = [models.UniqueConstraint(fields=["relationship", "approach"], name="one_agreement_an_approach")]
