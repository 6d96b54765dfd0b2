"""Lines of relationships that ended before their end said so on them: they wait for nothing."""

from typing import Any

from django.db import migrations


def wait_for_nothing(apps: Any, schema_editor: Any) -> None:
    """Clear what lines of ended relationships still wait for, as every end does from now on."""
    lines = apps.get_model("goodword", "LeadLine")
    lines.objects.filter(relationship__ended_at__isnull=False).exclude(waiting="").update(waiting="", remind_from=None)


class Migration(migrations.Migration):

    dependencies = [
        ("goodword", "0014_approach_by_item"),
    ]

    operations = [
        migrations.RunPython(wait_for_nothing, migrations.RunPython.noop),
    ]
