"""Laying the table: the instant from which both sides see the same, and before which everything stays whose it was (M4)."""

from __future__ import annotations

from django.apps import apps

from goodword.relationships.acting import Act
from goodword.relationships.steps import Role, Step
from goodword.relationships.visibility import Shared


def lay_table(act: Act) -> None:
    """Lay the table, within the act by which the other side joins. How far one side came alone is its own until both confirm it.

    Whoever was alone may have written through another machine, whose clock is ahead of this one: that is from before as well.
    """
    for model in apps.get_models():
        if issubclass(model, Shared):
            model.objects.keep_before(act.relationship.pk, act.now)
    act.relationship.shared_since, act.relationship.first_speaker = act.now, Role.INVITED  # so is the order of before
    if act.relationship.step != Step.EXPLORE:
        act.relationship.step, act.relationship.step_since = Step.EXPLORE, act.now
    act.relationship.save(update_fields=["shared_since", "step", "step_since", "first_speaker"])
