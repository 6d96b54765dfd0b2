"""Seats know whether their side ever wrote leads on slips: the page of all leads need not look through every relationship."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models


def note_slips(apps: Any, editor: Any) -> None:
    """Say so of the seats of sides that did before."""
    sides = apps.get_model("goodword", "Slip").objects.values("side_id")
    apps.get_model("goodword", "Seat").objects.filter(side_id__in=sides).update(has_slips=1)


class Migration(migrations.Migration):
    """A column, the index that answers it, and what it says of before."""

    dependencies = (("goodword", "0001_initial"),)

    operations = (
        migrations.AddField("seat", "has_slips", models.PositiveSmallIntegerField(default=0)),
        migrations.AddIndex(
            "seat",
            models.Index(
                fields=["person"], condition=models.Q(left_at=None) & models.Q(has_slips=1), name="seat_with_slips"
            ),
        ),
        migrations.RunPython(note_slips, migrations.RunPython.noop),
    )
