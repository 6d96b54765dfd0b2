"""The Jinja2 environment of every page and letter: a missing variable raises, everything is escaped."""

from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import Environment, StrictUndefined

from goodword.ui import strands, words


def url(name: str, *args: object) -> str:
    """Return the path of the route of that name."""
    return reverse(name, args=args)


def environment(**options: Any) -> Environment:
    """Return the environment Django's Jinja2 engine uses; `options` come from settings."""
    env = Environment(
        **{**options, "undefined": StrictUndefined, "autoescape": True},
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext, translation.ngettext, newstyle=True, pgettext=translation.pgettext, npgettext=translation.npgettext
    )
    env.globals.update(static=static, url=url, base_url=settings.BASE_URL, messages_for=get_messages, drawn=strands)
    env.filters.update(words.FILTERS)
    return env
