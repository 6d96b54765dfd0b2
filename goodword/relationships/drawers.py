"""Emptying drawers: what only a side could see goes when nobody sits there any more, because nobody can ever read it again."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterator
from typing import Any

from django.apps import apps
from django.db import models

from goodword.relationships.visibility import Mine, Ours, SealedUntilOpened


def models_of(lock: type[models.Model]) -> Iterator[Any]:
    """Yield every model of a lock."""
    return (model for model in apps.get_app_config("goodword").get_models() if issubclass(model, lock))


def empty(sides: Collection[uuid.UUID]) -> None:
    """Erase, unread, all that only these sides or one of their people could see. What was opened stays on the table."""
    for lock in (Mine, Ours):
        for model in models_of(lock):
            model.objects.unscoped().filter(side_id__in=sides).delete()
    for model in models_of(SealedUntilOpened):
        model.objects.unscoped().filter(side_id__in=sides, opened_at=None).delete()
