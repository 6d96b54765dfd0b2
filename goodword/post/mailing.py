"""The one letter of this room: what has gathered for somebody who wants one a day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import ngettext

from goodword.post.letters import LetterKind, register


def _subject(values: Mapping[str, Any]) -> str:
    many = len(values["sections"])
    return ngettext("One thing for you", "%(count)s things for you", many) % {"count": many}


def register_letters() -> None:
    """Register it."""
    register(
        LetterKind(
            name="digest",
            pages="post/pages/digest",
            subject=_subject,
            takes=frozenset({"sections"}),
            may_send=lambda relationship_id, person_id: True,
        )
    )
