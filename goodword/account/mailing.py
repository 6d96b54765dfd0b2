"""The letters with a code of this room: for what cannot be taken back, for one's archive, for letters to go elsewhere."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from goodword.account import operators
from goodword.people.mailing import register_code

CLOSE, MAIN_ADDRESS, TAKE_ALONG = "close-account", "main-address", "take-along"


def _closes(values: Mapping[str, Any]) -> str:
    return _("%(code)s closes your account") % {"code": values["code"]}


def _goes_elsewhere(values: Mapping[str, Any]) -> str:
    return _("%(code)s has your letters go elsewhere") % {"code": values["code"]}


def _fetches(values: Mapping[str, Any]) -> str:
    return _("%(code)s fetches everything of yours") % {"code": values["code"]}


def register_letters() -> None:
    """Register the letters of this room."""
    operators.register_letters()
    for name, subject in ((CLOSE, _closes), (MAIN_ADDRESS, _goes_elsewhere), (TAKE_ALONG, _fetches)):
        register_code(name, f"account/letters/{name.replace('-', '_')}", subject)
