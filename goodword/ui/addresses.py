"""Addresses of our pages: what Django's `reverse` gives, looked up once for each route and not for each of its keys."""

import re
from functools import cache

from django.urls import NoReverseMatch, reverse

PLAIN = re.compile(r"[A-Za-z0-9_-]+")  # stands in an address as it is


def url(route: str, *args: object) -> str:
    """Return the path of the route of that name. Raise NoReverseMatch where there is none for such arguments."""
    form = _form(route, len(args))
    if form is None or not all(isinstance(one, str) and PLAIN.fullmatch(one) for one in args):
        return reverse(route, args=args)
    return form % args


@cache
def _form(route: str, many: int) -> str | None:
    """Return a route's path with a `%s` for each argument; None where a word like ours is no argument of it."""
    words = [f"argument-{number}" for number in range(many)]
    try:
        path = reverse(route, args=words)
    except NoReverseMatch:
        return None
    for word in words:
        path = path.replace(word, "%s", 1)
    return path
