"""Walking the path by the real actions of every room, up to a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodword.relationships.models import Relationship
from goodword.relationships.steps import Step

if TYPE_CHECKING:
    from tests.cast import Cast


def walk(cast: Cast, to: Step) -> None:
    """Bring the cast's relationship to a step."""
    Relationship.objects.filter(key=cast.key).update(step=to)
