"""Encounters, their agenda, times offered, who can come, promises, and the marks on the clock. All of it is on the table."""

from __future__ import annotations

from django.db import models

from goodword.encounters.rules import Coming, EncounterKind, Mark
from goodword.relationships.sealed_columns import TableText
from goodword.relationships.steps import Role, Step
from goodword.relationships.visibility import Shared


class Encounter(Shared):
    """One encounter of any kind (M3): being arranged (no time yet), planned, held, or called off.

    Before the other side has joined it belongs to its own side; `tabled_as` is the copy that was put on the table
    later. All words here are encrypted at rest: one cannot tell those of such a time from others.
    """

    also_alone = True

    kind = models.CharField(
        max_length=10, choices=[(k.value, k.value) for k in EncounterKind], default=EncounterKind.MEETING
    )
    planned_at = models.DateTimeField(null=True)
    zone = models.CharField(max_length=60)
    plan_set_at = models.DateTimeField(null=True)
    reminded_at = models.DateTimeField(null=True)
    happened_on = models.DateField(null=True)
    minutes = models.PositiveSmallIntegerField(default=60)
    place = TableText()
    who = TableText()
    step = models.PositiveSmallIntegerField(choices=[(s.value, s.slug) for s in Step])
    held_at = models.DateTimeField(null=True)
    called_off_at = models.DateTimeField(null=True)
    sequence = models.PositiveSmallIntegerField(default=0)
    tabled_as = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta(Shared.Meta):
        indexes = [
            models.Index(fields=["relationship", "planned_at"], name="encounter_planned"),
            models.Index(fields=["relationship", "held_at"], name="encounter_held"),
            models.Index(fields=["relationship", "key"], name="encounter_by_key"),
            models.Index(
                fields=["planned_at"],
                condition=models.Q(held_at=None, called_off_at=None, reminded_at=None),
                name="encounter_soon",
            ),
        ]

    @property
    def what(self) -> EncounterKind:
        """Its kind."""
        return EncounterKind(self.kind)

    @property
    def settled(self) -> bool:
        """Whether it was held or called off, so that its plan no longer changes."""
        return self.held_at is not None or self.called_off_at is not None


class OfEncounter(Shared):
    """A row on the table that belongs to one encounter."""

    also_alone = True

    encounter = models.ForeignKey(Encounter, on_delete=models.CASCADE, related_name="+")

    class Meta(Shared.Meta):
        abstract = True


class AgendaItem(OfEncounter):
    """One item of an agenda, copied from the playbook or added. `half` is a role, or "both"."""

    position = models.PositiveSmallIntegerField()
    half = models.CharField(max_length=8, choices=[*((r.value, r.value) for r in Role), ("both", "both")])
    minutes = models.PositiveSmallIntegerField()
    text = TableText()
    hint = TableText()


class OfferedTime(OfEncounter):
    """One time a side offered. The other picks it, or offers others, which takes these back."""

    starts_at = models.DateTimeField()
    zone = models.CharField(max_length=60)
    picked_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)


class Attendance(OfEncounter):
    """Whether one person can come, said on the page or by their calendar. It is about one state of the plan, its
    `sequence`: a move asks anew."""

    said = models.CharField(max_length=5, choices=[(one.value, one.value) for one in Coming])
    said_at = models.DateTimeField()
    sequence = models.PositiveSmallIntegerField()
    proposes = models.DateTimeField(null=True)  # the time their calendar proposed instead

    class Meta(OfEncounter.Meta):
        constraints = [
            models.UniqueConstraint(fields=["relationship", "encounter", "author"], name="one_attendance_each")
        ]


class Promise(OfEncounter):
    """Who does what by when. It comes back until it is kept or released."""

    role = models.CharField(max_length=8, choices=[(r.value, r.value) for r in Role])
    what = TableText()
    due_on = models.DateField(null=True)
    kept_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)

    class Meta(OfEncounter.Meta):
        indexes = [
            models.Index(
                fields=["relationship"], condition=models.Q(kept_at=None, released_at=None), name="promise_open"
            )
        ]


class ClockMark(OfEncounter):
    """One thing done to the clock on the table. The clock is read from its marks, so every phone shows the same."""

    verb = models.CharField(max_length=6)
    half = models.CharField(max_length=8, blank=True)
    item = models.PositiveSmallIntegerField(default=0)
    at = models.DateTimeField()
    once = models.CharField(max_length=43)

    class Meta(OfEncounter.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "encounter", "once"], name="one_mark_each")]

    def as_mark(self) -> Mark:
        """Return it as the rules know it."""
        return Mark(self.verb, self.at, self.half, self.item)
