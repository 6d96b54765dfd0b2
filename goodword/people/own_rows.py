"""The one row that somebody has of a kind: written into under a lock, so that two tabs do not lose each other's words."""

from __future__ import annotations

from typing import TypeVar

from django.db import models

from goodword.people.models import Person

M = TypeVar("M", bound=models.Model)


def own_row(rows: models.Manager[M], person: Person, **first: object) -> M:
    """Return a person's row of a kind, locked until the transaction ends; where there is none, one made of `first`."""
    rows.get_or_create(person=person, defaults=first)
    return rows.select_for_update().get(person=person)
