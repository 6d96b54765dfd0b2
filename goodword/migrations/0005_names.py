"""Four models have the names of what they are. Their tables stay as they were: code of the release before still reads them."""

from __future__ import annotations

from django.db import migrations

NAMES = (
    ("DiaryEntry", "CalendarEntry", "goodword_diaryentry"),
    ("GatheredNews", "NewsDigest", "goodword_gatherednews"),
    ("Agreed", "Conclusion", "goodword_agreed"),
    ("Confirmed", "ConclusionConfirmation", "goodword_confirmed"),
)


class Migration(migrations.Migration):
    """Names only: nothing of it reaches the database."""

    dependencies = (("goodword", "0004_address_as_it_was"),)

    operations = (
        *(migrations.AlterModelTable(before, table) for before, _now, table in NAMES),
        *(migrations.RenameModel(before, now) for before, now, _table in NAMES),
    )
