"""What may be migrated beside older code is told from what may not, and every migration from now on is one or says that it is not."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection, migrations, models
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.test import override_settings
from django.utils import timezone

from config.environment import WrongSetting
from goodword.ops import beside
from goodword.ops.models import Beat

SINCE = "0006_column_names"  # what came before is of no release


@pytest.fixture(scope="module")
def loader() -> MigrationLoader:
    """Every migration there is; tests that have a database make it without them."""
    with override_settings(MIGRATION_MODULES={}):
        return MigrationLoader(None)


@pytest.fixture(scope="module")
def state(loader: MigrationLoader) -> ProjectState:
    """The tables as they are now, by what migrations say."""
    return loader.project_state()


def migration(operations: list[Operation], **said: str) -> migrations.Migration:
    """A migration of these steps."""
    made = migrations.Migration("next", "goodword")
    made.operations = operations
    for name, why in said.items():
        setattr(made, name, why)
    return made


def nothing(apps: object, editor: object) -> None:
    """Look at rows."""


HARMLESS: dict[str, Operation] = {
    "a table": migrations.CreateModel("Thing", [("id", models.AutoField(primary_key=True))]),
    "an empty column": migrations.AddField("lead", "more", models.TextField(null=True)),
    "a column that fills itself": migrations.AddField("lead", "more", models.TextField(db_default="")),
    "an index": migrations.AddIndex("lead", models.Index(fields=["why"], name="lead_by_why")),
    "a name in code alone": migrations.SeparateDatabaseAndState(
        state_operations=[
            migrations.AlterField("lead", "why", models.TextField(db_column="why")),
            migrations.RenameField("lead", "why", "because"),
        ]
    ),
}
UNSAFE: dict[str, tuple[Operation, str]] = {
    "a table goes": (migrations.DeleteModel("Beat"), "the table goodword_beat goes"),
    "a table is renamed": (migrations.AlterModelTable("beat", "pulse"), "the table goodword_beat goes"),
    "a column goes": (migrations.RemoveField("beat", "at"), "goodword_beat.at goes"),
    "a column is renamed": (migrations.RenameField("beat", "at", "moment"), "goodword_beat.at goes"),
    "a column nobody fills": (
        migrations.AddField("beat", "more", models.TextField(default="")),
        "goodword_beat.more is new, and has no default in the database",
    ),
    "another type": (migrations.AlterField("beat", "at", models.TextField()), "goodword_beat.at gets another type"),
    "no empty values": (
        migrations.AlterField("leadline", "moved_at", models.DateTimeField(unique=True)),
        "goodword_leadline.moved_at takes less than before",
    ),
    "a new rule": (
        migrations.AddConstraint("beat", models.UniqueConstraint(fields=["at"], name="one_beat")),
        "goodword_beat has a new rule, one_beat",
    ),
    "rows are looked at": (migrations.RunPython(nothing), "RunPython looks at rows once"),
    "rows are looked at in SQL": (
        migrations.SeparateDatabaseAndState(database_operations=[migrations.RunSQL("SELECT 1")]),
        "RunSQL looks at rows once",
    ),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_what_only_adds_goes_beside_older_code(state: ProjectState, name: str) -> None:
    assert beside.reasons([migration([HARMLESS[name]])], state.clone()) == []


@pytest.mark.parametrize("name", UNSAFE)
def test_what_older_code_would_miss_or_be_refused_by_does_not(state: ProjectState, name: str) -> None:
    step, why = UNSAFE[name]
    found = beside.reasons([migration([step])], state.clone())
    assert any(one.startswith(f"next: {why}") for one in found), found


def test_a_migration_can_say_that_it_may_all_the_same_or_must_not(state: ProjectState) -> None:
    step = migrations.RunPython(nothing)
    assert (
        beside.reasons([migration([step], beside_older="it only fills what older code leaves empty")], state.clone())
        == []
    )
    assert beside.reasons([migration([], stops_older="it moves letters")], state.clone()) == ["next: it moves letters"]


def test_an_upgrade_that_does_not_is_refused_while_others_work(state: ProjectState) -> None:
    beside.refuse([(migration([HARMLESS["an empty column"]]), False)], state.clone())
    with pytest.raises(WrongSetting) as wrong:
        beside.refuse([(migration([UNSAFE["a column goes"][0]]), False)], state.clone())
    assert "cannot be taken beside them (next: goodword_beat.at goes)" in str(wrong.value)


@pytest.mark.django_db
def test_others_work_on_postgresql_where_a_worker_has_beaten_a_moment_ago() -> None:
    now = timezone.now()
    assert not beside.others_work(now)
    Beat.objects.create(worker="elsewhere:1", at=now)
    assert beside.others_work(now) is (connection.vendor == "postgresql")
    assert not beside.others_work(now + dt.timedelta(minutes=2))


def test_every_migration_since_goes_beside_the_version_before_or_says_that_it_does_not(loader: MigrationLoader) -> None:
    plan = loader.graph.forwards_plan(loader.graph.leaf_nodes("goodword")[0])
    later = [loader.graph.nodes[node] for node in plan if node[0] == "goodword" and node[1] > SINCE]
    honest = {each.name for each in later if hasattr(each, "stops_older")}
    found = beside.reasons(later, loader.project_state([("goodword", SINCE)]))
    unsaid = [why for why in found if why.partition(":")[0] not in honest]
    assert unsaid == [], (
        "give columns db_default, take away one release later, or say stops_older (goodword/ops/beside.py)"
    )
