"""Models and columns are called what they are. In the database they stay as they were: code of the release before still reads and
writes them."""

from __future__ import annotations

from django.db import migrations, models

import goodword.relationships.sealed_columns

NAMES = (
    ("ApproachAgreed", "ApproachAcceptance"),
    ("BroughtAlong", "ImportedRecord"),
    ("CheckAsked", "CheckRequest"),
    ("CheckDone", "CheckNotice"),
    ("Held", "PendingAct"),
    ("Leaving", "PendingReservation"),
    ("Making", "ArchiveProgress"),
    ("OpeningConfirmed", "OpeningConfirmation"),
    ("PeopleKnown", "PeopleEstimate"),
    ("PlaybackConfirmed", "PlaybackConfirmation"),
    ("PurposeAsked", "PurposeRequest"),
    ("PurposeShown", "ShownPurpose"),
    ("RevealReady", "RevealReadiness"),
    ("SaidAloud", "SpokenPlayback"),
    ("SayBack", "TeachingPlayback"),
    ("Suppressed", "Suppression"),
    ("ToTell", "BriefingPoint"),
    ("UpdateRead", "UpdateReceipt"),
    ("Waiting", "WaitingRow"),
)

ALONE = (
    migrations.AlterField("slip", "way", goodword.relationships.sealed_columns.SealedText(db_column="way")),
    migrations.RenameField("slip", "way", "direction"),
    migrations.RemoveConstraint("continuation", "goes_on_once"),
    migrations.AlterField(
        "continuation",
        "way",
        models.CharField(max_length=6, choices=[("before", "before"), ("onward", "onward")], db_column="way"),
    ),
    migrations.RenameField("continuation", "way", "direction"),
    migrations.AddConstraint(
        "continuation",
        models.UniqueConstraint(fields=["relationship", "side", "direction"], name="goes_on_once"),
    ),
)

NEWS = (
    migrations.AlterField("newsdigest", "told_until", models.DateTimeField(db_column="told_until")),
    migrations.RenameField("newsdigest", "told_until", "news_until"),
)

BROWSERS = tuple(
    step
    for model, rule in (("opensession", "session_once"), ("knownbrowser", "browser_once"))
    for step in (
        migrations.RemoveConstraint(model, rule),
        migrations.AlterField(model, "kept_as", models.CharField(max_length=40, db_column="kept_as")),
        migrations.RenameField(model, "kept_as", "cookie_hash"),
        migrations.AddConstraint(model, models.UniqueConstraint(fields=["person", "cookie_hash"], name=rule)),
    )
)

SUBMISSION = (
    migrations.AlterField(
        "submission", "way_on", models.CharField(max_length=2000, blank=True, db_column="way_on")
    ),
    migrations.RenameField("submission", "way_on", "next_url"),
)


class Migration(migrations.Migration):
    """Names only: nothing of it reaches the database."""

    dependencies = (("goodword", "0012_no_copy_in_clear"),)

    operations = (
        *(migrations.AlterModelTable(before, f"goodword_{before.lower()}") for before, _now in NAMES),
        *(migrations.RenameModel(before, now) for before, now in NAMES),
        migrations.SeparateDatabaseAndState(state_operations=[*ALONE, *NEWS, *BROWSERS, *SUBMISSION]),
    )
