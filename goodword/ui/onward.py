"""Going on: whoever came from a page of things that wait comes back to it when the thing is done (WAY, principle 1).

A link from such a page says so (`?back=today`); the forms of the page it leads to carry it on, and `onward` answers with it.
Only names of this table are understood: an address from outside leads nowhere (T49).
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.safestring import SafeString

FIELD = "back"
PLACES = frozenset({"today", "relationships", "leads", "own-teaching"})


def came_from(request: HttpRequest) -> str:
    """Return the name of the page one came from and goes back to, or nothing."""
    given = request.POST.get(FIELD) or request.GET.get(FIELD) or ""
    return given if given in PLACES or given == "relationship" else ""


def hidden_field(request: HttpRequest) -> SafeString:
    """Return what the forms of a page carry on."""
    back = came_from(request)
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, back) if back else SafeString("")


def onward(request: HttpRequest, seat: Any, *default: Any) -> HttpResponse:
    """Answer a finished act: back to where one came from, or else to `default` (a route and its arguments)."""
    back = came_from(request)
    if back == "relationship":
        return redirect("relationship", seat.key)
    return redirect(back) if back else redirect(*default)
