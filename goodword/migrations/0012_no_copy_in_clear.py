"""The columns in clear go, which the one before has emptied."""

from __future__ import annotations

from importlib import import_module

from django.db import migrations

COLUMNS = import_module("goodword.migrations.0011_copies_sealed").COLUMNS


class Migration(migrations.Migration):
    """A step of its own: PostgreSQL changes no table in which rows were changed in the same transaction."""

    stops_older = "it takes columns away that the one before has emptied"
    dependencies = (("goodword", "0011_copies_sealed"),)

    operations = tuple(migrations.RemoveField(model, f"{column}_clear") for model, column, _seals_empty in COLUMNS)
