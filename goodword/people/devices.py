"""Browsers known by a cookie of their own: a session in another one is told of by mail, and one long unused ends (T35)."""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from goodword.ground.keys import new_token
from goodword.people import news
from goodword.people.browsers import browser_words
from goodword.people.models import KnownBrowser, Person

RETENTION = dt.timedelta(days=400)  # as long as browsers keep any cookie
DAY = 86_400
LONGEST = 180  # days after which a session ends, however much it is used
COOKIE = "__Host-browser" if settings.SESSION_COOKIE_SECURE else "browser"


def remember(request: HttpRequest, person: Person, answer: HttpResponse) -> None:
    """Know this browser from now on. Of one that is new to somebody who had signed in before, they get a letter."""
    mark = request.COOKIES.get(COOKIE, "")
    mark = mark if len(mark) == 43 else new_token()
    cookie_hash = hashlib.sha256(mark.encode()).hexdigest()[:40]
    others = KnownBrowser.objects.filter(person=person).exclude(cookie_hash=cookie_hash)
    with transaction.atomic():
        _row, new = KnownBrowser.objects.update_or_create(
            person=person, cookie_hash=cookie_hash, defaults={"seen_at": timezone.now()}
        )
        if new and others.exists():
            news.tell(person, "new-browser", browser=browser_words(request.headers.get("User-Agent", "")))
    answer.set_cookie(
        COOKIE, mark, max_age=RETENTION, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Lax"
    )


def forget_old(now: dt.datetime) -> int:
    """Forget browsers that no cookie names any more. Return how many."""
    return KnownBrowser.objects.filter(seen_at__lte=now - RETENTION).delete()[0]


def begin_days(request: HttpRequest) -> None:
    """Count this session's days from today."""
    request.session["days"] = [today(), today()]


def today() -> int:
    """Return which day it is, counted."""
    return int(time.time()) // DAY


class Idle:
    """Middleware: a session lasts while it is used, a month at most from the last day it was, and half a year in all.

    The store ends what is not used (SESSION_COOKIE_AGE); here its time is counted anew, with one write a day.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request; a session that is too old has ended before."""
        began, last = request.session.get("days", (today(), today()))
        if today() - began >= LONGEST:
            logout(request)
        elif last != today():
            request.session["days"] = [began, today()]
        return self.get_response(request)
