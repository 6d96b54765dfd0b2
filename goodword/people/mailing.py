"""Letters about signing in."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from goodword.people import news
from goodword.post.letters import LetterKind, register


def _subject(values: Mapping[str, Any]) -> str:
    return _("%(code)s is your code for Goodword") % {"code": values["code"]}


def _subject_of_way_back(values: Mapping[str, Any]) -> str:
    # Without the code: the phone that lies on the table may show it.
    return _("Your way back to your own pages")


def _subject_of_is_it_you(values: Mapping[str, Any]) -> str:
    return _("%(code)s shows that it’s you") % {"code": values["code"]}


def register_code(
    name: str, pages: str, subject: Callable[[Mapping[str, Any]], str], also: frozenset[str] = frozenset()
) -> None:
    """Register a letter that brings a code: somebody sits before a screen and waits for it, and nobody can stop its kind.

    `also` names what it takes besides the code.
    """
    register(
        LetterKind(
            name=name,
            pages=pages,
            subject=subject,
            takes=frozenset({"code"}) | also,
            may_send=lambda relationship_id, person_id: True,
            can_stop=False,
            urgent=True,
        )
    )


def register_letters() -> None:
    """Register the letters of this room."""
    news.register_letter()
    register_code("sign-in", "people/letters/sign_in", _subject, also=frozenset({"token"}))
    register_code("is-it-you", "people/letters/is_it_you", _subject_of_is_it_you)
    register_code("way-back", "people/letters/way_back", _subject_of_way_back)
    register_code("own-address", "people/letters/own_address", _subject)
