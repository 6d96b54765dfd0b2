"""Going on: whoever came from a page of things that wait comes back to it when the thing is done (WAY, principle 1).

A link from such a page says so (`?back=today`); the forms of the page it leads to carry it on, and `onward` answers with it.
Only names of this table are understood: an address from outside leads nowhere (T49). The sheet of an encounter is named with the
encounter's key (`?back=came-of-it:KEY`), and is looked for in the relationship one is in.
"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from goodword.ground.keys import KEY_PATTERN

FIELD = "back"
PLACES = frozenset({"today", "relationships", "leads", "own-teaching", "close-account"})
HERE = frozenset({"relationship", "let-go", "giving-up", "ending"})  # pages of the relationship one is in
SHEET = "came-of-it"


def origin(request: HttpRequest) -> str:
    """Return the name of the page one came from and goes back to, or nothing."""
    given = request.POST.get(FIELD) or request.GET.get(FIELD) or ""
    return given if given in PLACES | HERE or _sheet_key(given) else ""


def is_from_a_line(request: HttpRequest) -> bool:
    """Whether one came from a list or a card of what waits."""
    return origin(request) in PLACES | HERE


def sheet_key(request: HttpRequest) -> str:
    """Return the key of the encounter whose sheet one came from, or nothing."""
    return _sheet_key(origin(request))


def _sheet_key(back: str) -> str:
    name, _colon, key = back.partition(":")
    return key if name == SHEET and KEY_PATTERN.match(key) else ""


def from_sheet(address: str, key: str) -> str:
    """Return an address that leads back to the sheet of the encounter with that key."""
    return f"{address}?{FIELD}={SHEET}:{key}"


def carry_on(request: HttpRequest, address: str) -> str:
    """Return an address that still knows where one came from: for a page between the first and the last of an act."""
    back = origin(request)
    return f"{address}?{FIELD}={back}" if back else address


def hidden_field(request: HttpRequest) -> SafeString:
    """Return what the forms of a page carry on."""
    back = origin(request)
    return format_html('<input type="hidden" name="{}" value="{}">', FIELD, back) if back else SafeString("")


def address_back(request: HttpRequest, seat: Any, *default: Any) -> str:
    """Return the address of the page one came from, or else of `default` (a route and its arguments)."""
    back = origin(request)
    if back in HERE:
        return reverse(back, args=[seat.key])
    if key := _sheet_key(back):
        return reverse(SHEET, args=[seat.key, key])
    return reverse(back) if back else resolve_url(*default)


def onward(request: HttpRequest, seat: Any, *default: Any) -> HttpResponse:
    """Answer a finished act: back to where one came from, or else to `default` (a route and its arguments)."""
    return redirect(address_back(request, seat, *default))
