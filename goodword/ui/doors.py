"""Doors: who may knock, and with which methods. A route without a declared door stops the start (S3)."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Literal, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.checks import CheckMessage, Error
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from goodword.ui.answers import lost_session, stale, typed_words

View = Callable[..., HttpResponseBase]
V = TypeVar("V", bound=View)
Kind = Literal["public", "signed in", "seated"]
PROVEN_FOR = 15 * 60  # seconds for which somebody who has shown that it is them is not asked again


def declare(view: View, kind: Kind, methods: tuple[str, ...]) -> View:
    """Mark a view with its door, for the start-up check and the door table."""
    view.door = kind  # type: ignore[attr-defined]
    view.methods = methods  # type: ignore[attr-defined]
    return view


def wrong_method(request: HttpRequest, methods: tuple[str, ...]) -> HttpResponse | None:
    """Return 405 if the method is not among `methods` (HEAD goes with GET), otherwise None."""
    method = "GET" if request.method == "HEAD" else request.method
    return None if method in methods else HttpResponseNotAllowed(methods)


def public(*methods: str) -> Callable[[View], View]:
    """Open a route to anybody, for these methods."""

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            return wrong_method(request, methods) or view(request, *args, **kwargs)

        return declare(inner, "public", methods)

    return wrap


def signed_in(*methods: str, at_the_table: bool = False, fresh: bool = False) -> Callable[[View], View]:
    """Open a route to whoever is signed in; others are asked to sign in and come back.

    While the phone lies on the table (T14), only routes made for that are open: `at_the_table`. A route that is `fresh` asks
    whether it is still them, where that was not shown within the last quarter of an hour (T35).
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return ask_to_sign_in(request)
            if lies_on_the_table(request) and not at_the_table:
                return redirect("at-the-table")
            return (
                wrong_method(request, methods)
                or (who_is_it(request, methods) if fresh else None)
                or view(request, *args, **kwargs)
            )

        return declare(inner, "signed in", methods)

    return wrap


def lies_on_the_table(request: HttpRequest) -> bool:
    """Whether this session shows shared things only, until its owner proves who they are again."""
    return "at_the_table" in request.session


def prove(request: HttpRequest) -> None:
    """Note in the session that whoever is signed in has just shown that it is them."""
    request.session["proven_at"] = int(time.time())


def is_fresh(request: HttpRequest) -> bool:
    """Whether they signed in, or showed that it is still them, within the last quarter of an hour."""
    return bool(0 <= time.time() - request.session.get("proven_at", 0) < PROVEN_FOR)


def who_is_it(request: HttpRequest, methods: tuple[str, ...] = ("GET",), back: str = "") -> HttpResponse | None:
    """Return the way to the page that asks whether it is still them, or None if that was shown a moment ago.

    They come back to the page they asked for, or to the one with its button, `back`; what was typed into a form is handed back to be
    copied.
    """
    if is_fresh(request):
        return None
    if request.method == "POST" and typed_words(request):
        return stale(request)
    if request.method != "POST" or "GET" in methods:
        back = request.get_full_path()
    return redirect_to_login(back, reverse("is-it-you")) if back else redirect("is-it-you")


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Return the way to the sign-in page; a page that was being read is remembered, and what was typed is handed back."""
    if request.method in ("GET", "HEAD"):
        return redirect_to_login(request.get_full_path())
    return lost_session(request) if request.method == "POST" and typed_words(request) else redirect("sign-in")


def routes(patterns: list[Any] | None = None, prefix: str = "") -> list[tuple[str, URLPattern]]:
    """Return every route of the site as (path pattern, URLPattern), in order."""
    found: list[tuple[str, URLPattern]] = []
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        path = prefix + str(entry.pattern)
        found += routes(entry.url_patterns, path) if isinstance(entry, URLResolver) else [(path, entry)]
    return found


def check_doors(**_: object) -> list[CheckMessage]:
    """Return an error for each route whose view declares no door."""
    return [
        Error(f"The route {path} has no door: decorate its view with public, signed_in or seated.", id="goodword.E001")
        for path, pattern in routes()
        if not hasattr(pattern.callback, "door")
    ]
