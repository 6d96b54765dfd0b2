"""Letters about signing in."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from goodword.post.letters import Kind, register


def _subject(values: Mapping[str, Any]) -> str:
    return _("%(code)s is your code for Goodword") % {"code": values["code"]}


def _subject_of_way_back(values: Mapping[str, Any]) -> str:
    # Without the code: the phone that lies on the table may show it.
    return _("Your way back to your own pages")


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
    register(
        Kind(
            name="way-back",
            pages="people/letters/way_back",
            subject=_subject_of_way_back,
            takes=frozenset({"code"}),
            may_send=lambda relationship_id, person_id: True,
            can_stop=False,
        )
    )
