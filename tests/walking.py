"""Walking the path by the real actions of every room, up to a step; and remembering where that led.

A walk to the last step is some two hundred acts. The first test of a process that needs a step walks there for real; the rows it
made are kept, and the next test starts from them. Nothing is stubbed: the rows are those the actions wrote.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from django.apps import apps
from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from goodword.ground.sealing import KEY_ID_BYTES
from goodword.ops.story import Story
from goodword.people.models import Person
from goodword.relationships import news
from goodword.relationships.models import Relationship
from goodword.relationships.steps import Step
from goodword.relationships.waits import Kind

if TYPE_CHECKING:
    from tests.cast import Cast

STILL_TODAY = dt.timedelta(minutes=30)
_kept: dict[Step, tuple[dt.datetime, bytes, str, list[list[models.Model]]]] = {}


def walk(cast: Cast, to: Step) -> None:
    """Bring the cast's relationship to a step, with what came of its gates read."""
    Story(cast.key, cast.ada_person, cast.ben_person).walk(to)
    for seat in (cast.ada, cast.ben):
        news.forget_kind(seat, Kind.READ_RESULT)  # on the way each has read what came of the gates


def _key_in_use() -> bytes:
    return bytes(settings.KEY_RING.seal("", b"")[:KEY_ID_BYTES])


def keep(step: Step, key: str) -> None:
    """Remember every row there is, as what a walk to this step leaves behind."""
    rows = [list(model._base_manager.all()) for model in apps.get_app_config("goodword").get_models()]
    _kept[step] = (timezone.now(), _key_in_use(), key, [some for some in rows if some])


def recall(step: Step) -> str | None:
    """Lay down what a walk to this step left behind, and return the relationship's key.

    None where nothing is kept, where the database is not empty, or where the test's clock or key is not that of the walk.
    """
    if step not in _kept or Person.objects.exists() or Relationship.objects.exists():
        return None
    at, sealed_with, key, rows = _kept[step]
    if sealed_with != _key_in_use() or not dt.timedelta(0) <= timezone.now() - at < STILL_TODAY:
        return None
    with transaction.atomic():  # foreign keys are checked when all are there
        for some in rows:
            type(some[0])._base_manager.bulk_create(some)
    return key
