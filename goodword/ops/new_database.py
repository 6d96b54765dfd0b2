"""The tables of a database that nobody has used yet: made from the models in one go, and not migration by migration.

A new house would otherwise wait half a minute for what it can have in two seconds: Django builds all models anew for each of the
hundreds of steps of a migration.
"""

from __future__ import annotations

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder


def make() -> None:
    """Make every table of an empty database, in one transaction, and note every migration as applied."""
    call_command("createcachetable", verbosity=0)
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    with connection.schema_editor() as editor:
        for model in apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        for app, name in MigrationLoader(None).disk_migrations:
            recorder.record_applied(app, name)
    call_command("migrate", verbosity=0, interactive=False)  # nothing is left to do but what follows a migration
