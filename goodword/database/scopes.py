"""By what each table is spread over several databases, and the rules that let it be spread.

Every model says it in `scope`: `relationship` and `person` are spread by that id, so that what belongs together lies together;
`reference` is small and stands whole on every machine; `local` is whole on one. Tables that are not ours are local.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey, Model, UniqueConstraint, UUIDField

RELATIONSHIP, PERSON, REFERENCE, LOCAL = "relationship", "person", "reference", "local"
SPREAD = (RELATIONSHIP, PERSON)
Table = type[Model]

# What is unique everywhere because of what it is, and so may be kept unique within each scope alone.
UNIQUE_BY_NATURE = {
    "Invitation.token_hash": "the hash of 256 bits of chance",
    "Feed.token_hash": "the hash of 256 bits of chance",
    "LeadLine.one_line_each": "a lead is of one relationship, and its key is chance",
    "CalendarEntry.one_diary_entry_each": "a seat is of one person",
}
# Bare ids where tables are spread: what they name lies in another scope, and is asked for by its own id.
ACROSS = {
    "CalendarEntry.seat": "a person's calendar names the seat it was planned at",
    "ShownFile.file": "what was shown in a relationship names the person's own file",
}


def scope_of(model: Table) -> str:
    """Return by what a table is spread, or that it is not."""
    return str(getattr(model, "scope", LOCAL))


def column_of(model: Table) -> str:
    """Return the column that a table is spread by; nothing where it is not."""
    scope = scope_of(model)
    if scope not in SPREAD:
        return ""
    return str(model._meta.pk.column) if model.__name__.lower() == scope else f"{scope}_id"


@cache
def spread_tables() -> dict[str, tuple[str, str]]:
    """Return, for each table that is spread, by what and by which column."""
    ours = {model._meta.db_table: (scope_of(model), column_of(model)) for model in apps.get_models()}
    return {table: found for table, found in ours.items() if found[0] in SPREAD}


def lie_apart() -> bool:
    """Whether the database is a cluster, where one question asks about one scope."""
    return connection.display_name == "Citus"


def broken_rules(models: Iterable[Table] | None = None) -> list[str]:
    """Return a sentence for each rule that a model breaks; none where the tables can be spread."""
    asked = apps.get_models() if models is None else models
    return [sentence for model in asked for sentence in _broken_by(model)]


def _broken_by(model: Table) -> Iterator[str]:
    name, scope = model.__name__, scope_of(model)
    if scope not in (*SPREAD, REFERENCE, LOCAL):
        yield f"{name}: says that it is spread by {scope}, which is nothing"
        return
    yield from _wrong_links(model, name, scope)
    if scope not in SPREAD:
        return
    column = next((field for field in model._meta.concrete_fields if field.column == column_of(model)), None)
    if column is None or column.null:
        yield f"{name}: has no {column_of(model)} that is always there, by which it could be spread"
        return
    if not isinstance(model._meta.pk, UUIDField):
        yield f"{name}: its ids are counted by one database; they must be made by us"
    for what, fields in unique_of(model):
        if column.name not in fields and f"{name}.{what}" not in UNIQUE_BY_NATURE:
            yield f"{name}: {what} is unique over all, and can only be within its {scope}"
    yield from (f"{name}: {field.name} makes a table without a scope" for field in model._meta.many_to_many)


def unique_of(model: Table) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Return what a table keeps unique beside its id: the constraint's or the field's name, and the fields."""
    for constraint in model._meta.constraints:
        if isinstance(constraint, UniqueConstraint):
            yield constraint.name, tuple(constraint.fields)
    for field in model._meta.concrete_fields:
        if field.unique and not field.primary_key:
            yield field.name, (field.name,)


def links_of(model: Table) -> list[Any]:
    """Return the fields of a table that name rows of other tables."""
    return [field for field in model._meta.concrete_fields if isinstance(field, ForeignKey)]


def is_across(field: Any) -> bool:
    """Whether a link leads out of its scope and is a bare id where tables are spread."""
    return f"{field.model.__name__}.{field.name}" in ACROSS


def _wrong_links(model: Table, name: str, scope: str) -> Iterator[str]:
    for field in links_of(model):
        there = scope_of(field.related_model)
        fits = there in (REFERENCE, scope)
        if not fits and not is_across(field):
            yield f"{name}: {field.name} leads from {scope} to {field.related_model.__name__}, which is {there}"
