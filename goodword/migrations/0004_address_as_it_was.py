"""A letter keeps the masked address it was joined by, as the other side was told of it: a later one is not theirs to know."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

from goodword.ground.addresses import mask


def note_addresses(apps: Any, editor: Any) -> None:
    """Keep what is shown today."""
    joined = apps.get_model("goodword", "Invitation").objects.exclude(joined_address="")
    for letter in joined.only("joined_address").iterator():
        joined.filter(pk=letter.pk).update(joined_shown=mask(letter.joined_address))


class Migration(migrations.Migration):
    """A column, and what it says of before."""

    dependencies = (("goodword", "0003_signed_page"),)

    operations = (
        migrations.AddField("invitation", "joined_shown", models.CharField(blank=True, max_length=254)),
        migrations.RunPython(note_addresses, migrations.RunPython.noop),
    )
