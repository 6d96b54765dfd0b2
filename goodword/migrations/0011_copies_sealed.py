"""What copies of words about meetings lay in clear are encrypted at rest as well.

Those in the row of what waits, on the agenda of a follow-up, and where two met who begin with a letter.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import migrations, models

from goodword.relationships.sealed_columns import TableText

before = import_module("goodword.migrations.0008_meetings_sealed")

# Of each: the model, the column, whether an empty text is sealed too.
COLUMNS = (("waiting", "subject", False), ("agendachange", "text", True), ("invitation", "met_where", True))


def seal(apps: Any, _editor: Any) -> None:
    """Seal every text for its row, and leave none in clear."""
    ring = settings.KEY_RING.ring()
    for name, column, seals_empty in COLUMNS:
        model = apps.get_model("goodword", name)
        place = model._meta.get_field(column).place
        for some in before.a_few_at_a_time(model, (column,)):
            for pk, text in some:
                if text or seals_empty:
                    model.objects.filter(pk=pk).update(**{column: ring.seal(text, place(pk)), f"{column}_clear": ""})


def sealed_column(model: str, column: str, seals_empty: bool) -> Iterator[Any]:
    """Yield what puts a sealed column beside the one in clear, empty until it is filled."""
    yield migrations.RenameField(model, column, f"{column}_clear")
    yield migrations.SeparateDatabaseAndState(
        [migrations.AddField(model, column, models.BinaryField(default=b""))],
        [migrations.AddField(model, column, TableText(seals_empty=seals_empty))],
    )


class Migration(migrations.Migration):
    """Columns beside those in clear, and their content. The next takes those in clear away."""

    stops_older = "words of meetings that lay in clear are sealed, and older code would read and write them in clear"
    dependencies = (("goodword", "0010_going_on"),)

    operations = (
        migrations.RunPython(before.wipe, migrations.RunPython.noop),
        *(one for column in COLUMNS for one in sealed_column(*column)),
        migrations.RunPython(seal, migrations.RunPython.noop),
    )
