"""Four columns have the names of what is in them. In the database they stay as they were: code of the release before still
reads and writes them."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

NOT_JOINED = models.Q(joined_at=None)

LEAD_LINE = (
    migrations.RemoveIndex("leadline", "line_by_way"),
    migrations.AlterField(
        "leadline",
        "way",
        models.CharField(max_length=4, choices=[("gave", "gave"), ("got", "got")], db_column="way"),
    ),
    migrations.RenameField("leadline", "way", "direction"),
    migrations.AddIndex(
        "leadline", models.Index(fields=["person", "direction", "-moved_at", "id"], name="line_by_way")
    ),
    migrations.AlterField("leadline", "word", models.CharField(max_length=200, blank=True, db_column="word")),
    migrations.RenameField("leadline", "word", "last_line"),
)

INVITATION = (
    migrations.RemoveIndex("invitation", "invitation_by_address"),
    migrations.AlterField(
        "invitation", "kept_for", models.EmailField(max_length=254, blank=True, db_column="kept_for")
    ),
    migrations.RenameField("invitation", "kept_for", "seat_address"),
    migrations.AddIndex(
        "invitation", models.Index(fields=["seat_address"], condition=NOT_JOINED, name="invitation_by_address")
    ),
)

CONCLUSION = (
    migrations.RemoveConstraint("conclusionconfirmation", "confirmed_once"),
    migrations.AlterField(
        "conclusionconfirmation",
        "agreed",
        models.ForeignKey(
            db_column="agreed_id",
            on_delete=django.db.models.deletion.CASCADE,
            related_name="+",
            to="goodword.conclusion",
        ),
    ),
    migrations.RenameField("conclusionconfirmation", "agreed", "conclusion"),
    migrations.AddConstraint(
        "conclusionconfirmation",
        models.UniqueConstraint(fields=["relationship", "conclusion", "side"], name="confirmed_once"),
    ),
)


class Migration(migrations.Migration):
    """Names only: nothing of it reaches the database."""

    dependencies = (("goodword", "0005_names"),)

    operations = (migrations.SeparateDatabaseAndState(state_operations=[*LEAD_LINE, *INVITATION, *CONCLUSION]),)
