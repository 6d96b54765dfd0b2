"""What is written of meetings is encrypted at rest: whoever keeps a relationship alone writes it for their own side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import migrations, models

from goodword.relationships.sealed_columns import TableText

COLUMNS = {
    "encounter": ("place", "who"),
    "agendaitem": ("text", "hint"),
    "promise": ("what",),
    "conclusion": ("text",),
    "jointnote": ("text",),
    "thanks": ("text",),
    "calendarentry": ("place",),
}
A_FEW = 500


def wipe(_apps: Any, editor: Any) -> None:
    """Have SQLite write zeros over what it lets go of from here on: what lay in clear is to lie nowhere in its file."""
    if editor.connection.vendor == "sqlite":
        editor.execute("PRAGMA secure_delete = ON")


def seal(apps: Any, editor: Any) -> None:
    """Seal every text for its row, and leave none in clear."""
    ring = settings.KEY_RING.ring()
    for name, columns in COLUMNS.items():
        model = apps.get_model("goodword", name)
        for some in a_few_at_a_time(model, columns):
            for pk, *texts in some:
                sealed = {
                    column: ring.seal(text, model._meta.get_field(column).place(pk))
                    for column, text in zip(columns, texts, strict=True)
                }
                model.objects.filter(pk=pk).update(**sealed, **{f"{column}_clear": "" for column in columns})


def a_few_at_a_time(model: Any, columns: tuple[str, ...]) -> Iterator[list[Any]]:
    """Yield the id and the texts of every row, in the order of their ids: no cursor stays open while rows are written."""
    rows = model.objects.order_by("pk").values_list("pk", *(f"{column}_clear" for column in columns))
    some = list(rows[:A_FEW])
    while some:
        yield some
        some = list(rows.filter(pk__gt=some[-1][0])[:A_FEW])


def sealed_column(model: str, column: str) -> Iterator[Any]:
    """Yield what puts a sealed column beside the one in clear, empty until it is filled."""
    yield migrations.RenameField(model, column, f"{column}_clear")
    yield migrations.SeparateDatabaseAndState(
        [migrations.AddField(model, column, models.BinaryField(default=b""))],
        [migrations.AddField(model, column, TableText())],
    )


class Migration(migrations.Migration):
    """Columns beside those in clear, and their content. The next takes those in clear away."""

    stops_older = "the words of meetings are sealed, and older code would read and write them in clear"
    dependencies = (("goodword", "0007_slips_by_index"),)

    operations = (
        migrations.RunPython(wipe, migrations.RunPython.noop),
        *(one for model, columns in COLUMNS.items() for column in columns for one in sealed_column(model, column)),
        migrations.RunPython(seal, migrations.RunPython.noop),
    )
