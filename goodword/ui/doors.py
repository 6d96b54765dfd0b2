"""Doors: who may knock, and with which methods. A route without a declared door stops the start (TRUST rule 5)."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Literal, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.checks import CheckMessage, Error
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, get_resolver

from goodword.ui.answers import signed_out, typed

View = Callable[..., HttpResponse]
V = TypeVar("V", bound=View)
Kind = Literal["public", "signed in", "seated"]


def declare(view: View, kind: Kind, methods: tuple[str, ...]) -> View:
    """Mark a view with its door, for the start-up check and the door table."""
    view.door = kind  # type: ignore[attr-defined]
    view.methods = methods  # type: ignore[attr-defined]
    return view


def allowed(request: HttpRequest, methods: tuple[str, ...]) -> HttpResponse | None:
    """Return 405 if the method is not among `methods` (HEAD goes with GET), otherwise None."""
    method = "GET" if request.method == "HEAD" else request.method
    return None if method in methods else HttpResponseNotAllowed(methods)


def public(*methods: str) -> Callable[[View], View]:
    """Open a route to anybody, for these methods."""

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            return allowed(request, methods) or view(request, *args, **kwargs)

        return declare(inner, "public", methods)

    return wrap


def signed_in(*methods: str, at_the_table: bool = False) -> Callable[[View], View]:
    """Open a route to whoever is signed in; others are asked to sign in and come back.

    While the phone lies on the table (T14), only routes made for that are open: `at_the_table`.
    """

    def wrap(view: View) -> View:
        @wraps(view)
        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return ask_to_sign_in(request)
            if lies_on_the_table(request) and not at_the_table:
                return redirect("at-the-table")
            return allowed(request, methods) or view(request, *args, **kwargs)

        return declare(inner, "signed in", methods)

    return wrap


def lies_on_the_table(request: HttpRequest) -> bool:
    """Whether this session shows shared things only, until its owner proves who they are again."""
    return "at_the_table" in request.session


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Return the way to the sign-in page; a page that was being read is remembered, and what was typed is handed back."""
    if request.method in ("GET", "HEAD"):
        return redirect_to_login(request.get_full_path())
    return signed_out(request) if request.method == "POST" and typed(request) else redirect("sign-in")


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
