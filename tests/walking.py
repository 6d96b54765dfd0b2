"""Walking the path by the real actions of every room, up to a step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from goodword.ops.story import Story
from goodword.relationships.steps import Step

if TYPE_CHECKING:
    from tests.cast import Cast


def walk(cast: Cast, to: Step) -> None:
    """Bring the cast's relationship to a step."""
    Story(cast.key, cast.ada_person, cast.ben_person).walk(to)
