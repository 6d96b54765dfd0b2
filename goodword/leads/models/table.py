"""What lies on the table about leads: given, answered, agreed to, reported. What is private is in `drawers`."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from goodword.leads import rules
from goodword.relationships.visibility import Shared


class Lead(Shared):
    """Somebody whom one side would like the other to meet: why they fit, and where it stands. Never a name (T41).

    `state`, `outcome` and `moved_at` follow from the answers and reports, and are written together with them.
    """

    # What somebody wrote about the person: emptied as they are forgotten.
    WORDS: ClassVar[tuple[str, ...]] = ("description", "why")

    description = models.CharField(max_length=160, blank=True)
    why = models.TextField(blank=True)
    warmth = models.CharField(max_length=40, blank=True)
    route = models.CharField(max_length=10, choices=[(r, r) for r in rules.ROUTES])
    origin = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=10, default="offered", choices=[(s, s) for s in rules.STATES])
    outcome = models.CharField(max_length=12, blank=True)
    contact_by = models.DateField(null=True)
    word_by = models.DateField(null=True)
    lapses_on = models.DateField(null=True)  # while it waits for a name
    moved_at = models.DateTimeField()
    forget_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)
    link_hash = models.CharField(max_length=64)  # of the link for the person named, which both sides may pass on
    own_link_hash = models.CharField(max_length=64)  # of the one that stands in their own letter alone

    class Meta(Shared.Meta):
        indexes = [
            models.Index(fields=["relationship", "-moved_at", "id"], name="lead_by_move"),
            models.Index(fields=["relationship", "key"], name="lead_by_key"),
            models.Index(fields=["link_hash"], name="lead_by_link"),
            models.Index(fields=["own_link_hash"], name="lead_by_own_link"),
            models.Index(fields=["lapses_on"], condition=models.Q(lapses_on__isnull=False), name="lead_to_lapse"),
            models.Index(fields=["forget_at"], condition=models.Q(erased_at=None), name="lead_to_forget"),
        ]

    @property
    def is_open(self) -> bool:
        """Whether something may still come of it."""
        return self.state in rules.OPEN and self.erased_at is None


class LeadConsent(Shared):
    """The contact's own agreement: who recorded it (author), when they agreed, how, and to what."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="+")
    agreed_on = models.DateField()
    how = models.CharField(max_length=10, choices=[(h, h) for h in rules.HOW])
    purpose = models.CharField(max_length=10, choices=[(p, p) for p in rules.PURPOSES])

    class Meta(Shared.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "lead"], name="one_consent_a_lead")]


class LeadPerson(Shared):
    """Name and way to reach, on the table. It cannot exist without the agreement it points to."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="+")
    consent = models.ForeignKey(LeadConsent, on_delete=models.CASCADE, related_name="+")
    name = models.TextField()
    reach = models.TextField(blank=True)

    class Meta(Shared.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "lead"], name="one_person_a_lead")]


class LeadIntroduction(Shared):
    """The introduction as it was sent, by us or by the giver's own mail program. The person named reads it too."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(blank=True)
    by = models.CharField(max_length=4, choices=[(each, each) for each in ("ours", "own")])

    class Meta(Shared.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "lead"], name="one_introduction_a_lead")]


class LeadAnswer(Shared):
    """What the receiver said to a lead: looked after, or sent back with a reason."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="+")
    said = models.CharField(max_length=10, choices=[("accepted", "accepted"), ("sent_back", "sent_back")])
    reason = models.CharField(max_length=40, blank=True)
    line = models.TextField(blank=True)

    class Meta(Shared.Meta):
        indexes = [models.Index(fields=["relationship", "lead"], name="answer_by_lead")]


class LeadReport(Shared):
    """What came of a lead so far, whatever it was (M35). A correction is a new row that replaces an earlier one."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=12, choices=[(o, o) for o in (*rules.OUTCOMES, rules.TAKEN_BACK)])
    line = models.TextField(blank=True)
    why_it_worked = models.TextField(blank=True)
    learned = models.TextField(blank=True)
    thanked_at = models.DateTimeField(null=True)
    replaces = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="+")

    class Meta(Shared.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "replaces"], name="replaced_once")]
        indexes = [
            models.Index(fields=["relationship", "lead", "created_at"], name="report_by_lead"),
            models.Index(fields=["relationship", "created_at"], name="report_by_time"),
        ]


class LeadWorth(Shared):
    """What a lead was worth, put on the table by choice: a copy of the private figure."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="+")
    amount = models.DecimalField(max_digits=14, decimal_places=3)
    currency = models.CharField(max_length=3)

    class Meta(Shared.Meta):
        constraints = [models.UniqueConstraint(fields=["relationship", "lead", "side"], name="one_worth_a_side")]
