"""Every table says by what it is spread over several databases, and nothing stands in the way of spreading it."""

import uuid
from typing import Any, ClassVar

import pytest
from django.apps import apps
from django.db import connection, models
from django.db.models.constants import OnConflict
from django.test.utils import isolate_apps

from config.environment import WrongSetting
from goodword.database import scopes
from goodword.database.citus import base, compiler
from goodword.encounters.calendar_entries import CalendarEntry
from goodword.leads.lines import LeadLine
from goodword.ops import distributing
from goodword.relationships.models import Seat


def test_every_rule_of_spreading_holds() -> None:
    assert scopes.broken_rules() == []


@isolate_apps("goodword")
def test_each_rule_that_is_broken_is_said() -> None:
    class Astray(models.Model):
        scope: ClassVar[str] = "continent"

        class Meta:
            app_label = "goodword"

    class Loose(models.Model):
        scope: ClassVar[str] = "relationship"
        id = models.UUIDField(primary_key=True, default=uuid.uuid4)

        class Meta:
            app_label = "goodword"

    class Counted(models.Model):
        scope: ClassVar[str] = "person"
        person_id = models.UUIDField()
        name = models.CharField(max_length=10, unique=True)
        loose = models.ForeignKey(Loose, on_delete=models.CASCADE)

        class Meta:
            app_label = "goodword"
            constraints = [models.UniqueConstraint(fields=["name", "loose"], name="both_once")]

    class Near(models.Model):
        scope: ClassVar[str] = "local"
        loose = models.ForeignKey(Loose, on_delete=models.CASCADE)

        class Meta:
            app_label = "goodword"

    said = scopes.broken_rules([Astray, Loose, Counted, Near])
    assert said == [
        "Astray: says that it is spread by continent, which is nothing",
        "Loose: has no relationship_id that is always there, by which it could be spread",
        "Counted: loose leads from person to Loose, which is relationship",
        "Counted: its ids are counted by one database; they must be made by us",
        "Counted: both_once is unique over all, and can only be within its person",
        "Counted: name is unique over all, and can only be within its person",
        "Near: loose leads from local to Loose, which is relationship",
    ]


def test_what_may_break_a_rule_is_there_and_does() -> None:
    """An exception that nobody needs any more would cover what comes after it."""
    ours = {model.__name__: model for model in apps.get_app_config("goodword").get_models()}
    for named in scopes.UNIQUE_BY_NATURE:
        model, what = named.split(".")
        fields = dict(scopes.unique_of(ours[model]))[what]
        assert scopes.column_of(ours[model]).removesuffix("_id") not in fields
    for named in scopes.ACROSS:
        model, link = named.split(".")
        target: Any = ours[model]._meta.get_field(link).related_model
        assert scopes.scope_of(target) not in (scopes.scope_of(ours[model]), scopes.REFERENCE)


# ── SQL for a cluster, made here and asked nowhere ──


def sql_of(rows: models.QuerySet[models.Model]) -> str:
    return str(compiler.SQLCompiler(rows.query, connection, "default").as_sql()[0])


LINKED = [
    pytest.param(model, link, id=f"{model.__name__}.{link.name}")
    for model in apps.get_app_config("goodword").get_models()
    if scopes.column_of(model)
    for link in scopes.links_of(model)
    if scopes.scope_of(link.related_model) == scopes.scope_of(model)
]


@pytest.mark.parametrize(("model", "link"), LINKED)
def test_two_tables_of_one_scope_are_joined_by_it(model: type[models.Model], link: models.ForeignKey[object]) -> None:
    sql = sql_of(model._base_manager.select_related(link.name))
    here, there = (f'"{one._meta.db_table}"."{scopes.column_of(one)}"' for one in (model, link.related_model))
    joined = sql.partition(" ON (")[2]
    assert f"{here} = {there}" in joined or f"{here} = T" in joined


def test_a_row_is_written_where_its_scope_says_it_lies() -> None:
    seat = Seat(relationship_id=uuid.uuid4(), person_id=uuid.uuid4())
    rows = Seat._base_manager.filter(pk=seat.pk)
    query = rows.query.chain(models.sql.UpdateQuery)
    fields = [Seat._meta.get_field(name) for name in ("relationship", "step")]
    query.add_update_fields([(fields[0], None, seat.relationship_id), (fields[1], None, 3)])  # type: ignore[attr-defined]
    sql, _values = compiler.SQLUpdateCompiler(query, connection, "default").as_sql()
    assert sql.startswith('UPDATE "goodword_seat" SET "step" = %s WHERE ')
    assert '"goodword_seat"."relationship_id" = %s' in sql
    assert '"goodword_seat"."id" = %s' in sql


def test_of_a_table_of_another_scope_the_rows_asked_for_are_fetched_first() -> None:
    person = uuid.uuid4()
    rows = CalendarEntry.objects.select_related("seat").filter(person_id=person, seat__left_at=None)
    sql = sql_of(rows)
    assert 'FROM (SELECT * FROM "goodword_diaryentry" WHERE "goodword_diaryentry"."person_id" = %s OFFSET 0)' in sql
    assert sql.count("%s") == 2


def test_a_line_is_the_same_within_its_scope() -> None:
    """What a unique index holds on a cluster is what an insert is told to look at."""
    fields = list(LeadLine._meta.concrete_fields)
    said = base.Operations(connection).on_conflict_suffix_sql(
        fields, OnConflict.UPDATE, ["state"], ["person_id", "lead_key"]
    )
    assert said.startswith('ON CONFLICT("person_id", "lead_key", "relationship_id") DO UPDATE')


def test_no_other_database_is_distributed(db: None) -> None:
    if scopes.lie_apart():
        pytest.skip("this is a cluster")
    with pytest.raises(WrongSetting, match="no Citus cluster"):
        distributing.distribute(print)
    distributing.refuse_unspread()
