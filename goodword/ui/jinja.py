"""The Jinja2 environment of every page and letter: a missing variable raises, everything is escaped."""

from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib.messages import get_messages
from django.contrib.messages.storage.base import BaseStorage, Message
from django.http import HttpRequest
from django.template.backends.utils import csrf_input
from django.templatetags.static import static
from django.utils import translation
from django.utils.functional import SimpleLazyObject
from jinja2 import Environment, StrictUndefined, Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from markupsafe import Markup

from goodword.ui import languages, strands, words
from goodword.ui.addresses import url
from goodword.ui.onward import hidden_field

ROOMS_OF_THE_TABLE = (
    "encounters",
    "reservations",
    "briefings",
    "agreements",
    "teaching",
    "profiles",
    "leads",
    "followups",
)


def what_they_see(request: HttpRequest, seat: Any) -> str:
    """Return where the other side's view of the room one is in can be read: one tap from every page of a relationship."""
    match = request.resolver_match
    room = match.func.__module__.split(".")[1] if match else ""
    return url("what-they-see-in", seat.key, room) if room in ROOMS_OF_THE_TABLE else url("what-they-see", seat.key)


def one_token(request: HttpRequest) -> dict[str, Any]:
    """Return a context in which the forms of a page share one masked CSRF token, made when the first of them is drawn, and
    carry on where one came from.

    Django masks it anew for each form, which takes as long as a query where a page has many.
    """
    return {"csrf_input": SimpleLazyObject(lambda: csrf_input(request) + hidden_field(request))}


def messages_for(request: HttpRequest) -> BaseStorage | list[Message]:
    """Return the sentences to be said at the top of a page. Where there are none they are not asked for one by one: that would have
    each answer take the cookie away which the browser has not got.
    """
    found: BaseStorage | list[Message] = get_messages(request)
    return found if len(found) else []


_drawings: dict[str, Markup] = {}


def draw_once(macro: Macro) -> Markup:
    """Return what a macro without arguments draws, drawn once per process: symbols and marks never change."""
    if macro.name not in _drawings:
        _drawings[macro.name] = Markup(macro())  # noqa: S704 - a macro escapes what it is given, and this one is given nothing
    return _drawings[macro.name]


@lru_cache(maxsize=8192)
def _in_language(language: str, message: str) -> Markup:
    return Markup(languages.gettext(message))  # noqa: S704 - sentences are ours or our translators'


@lru_cache(maxsize=8192)
def _plain(language: str, message: str) -> Markup:
    return _in_language(language, message) % {}


def say(message: str, /, **values: object) -> Markup:
    """Return a sentence in the reader's language, `%(name)s` filled in and escaped: what `_` means in a template.

    Looked up once per language: a page says a hundred sentences, and the same ones page after page.
    """
    language = languages.in_use()
    return _in_language(language, message) % values if values else _plain(language, message)


class OneGlobals(Template):
    """A template of an environment in which all of them share its globals, as ours do: what one imports is made once.

    Jinja compares the globals of both at each import, which takes as long as a query where a page has six.
    """

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:
        return super()._get_default_module()


def environment(**options: Any) -> Environment:
    """Return the environment Django's Jinja2 engine uses; `options` come from settings."""
    env = Environment(  # noqa: S701 - autoescape is on, two lines below
        **{**options, "undefined": StrictUndefined, "autoescape": True},
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.template_class = OneGlobals
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext,
        translation.ngettext,
        newstyle=True,
        pgettext=translation.pgettext,
        npgettext=translation.npgettext,
    )
    env.globals["_"] = say
    env.globals.update(
        lang=languages.tag,
        static=lru_cache(static),
        url=url,
        what_they_see=what_they_see,
        base_url=settings.BASE_URL,
        messages_for=messages_for,
        drawn=strands,
        draw_once=draw_once,
    )
    env.filters.update(words.FILTERS)
    return env
