"""Letters about signing in."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from goodword.post.letters import Kind, register


def _subject(values: Mapping[str, Any]) -> str:
    return _("%(code)s is your code for Goodword") % {"code": values["code"]}


def open_room() -> None:
    """Register the letters of this room."""
    register(
        Kind(
            name="sign-in",
            pages="people/letters/sign_in",
            subject=_subject,
            takes=frozenset({"code", "token"}),
            may_send=lambda relationship_id, person_id: True,
            can_stop=False,
        )
    )
