"""Whether the house is up, for whoever watches over it. Says nothing about anybody."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from goodword.ops import metrics, readying, worker
from goodword.ui.doors import public

_up_to_date = False


@public("GET")
def livez(request: HttpRequest) -> HttpResponse:
    """This process answers."""
    return HttpResponse("alive\n", content_type="text/plain")


@public("GET")
def metrics_page(request: HttpRequest) -> HttpResponse:
    """Figures for whoever has the token; for anybody else there is nothing here."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not settings.METRICS_TOKEN or not constant_time_compare(given, settings.METRICS_TOKEN):
        raise Http404
    return HttpResponse(metrics.read(timezone.now()), content_type="text/plain; version=0.0.4; charset=utf-8")


@public("GET")
def readyz(request: HttpRequest) -> HttpResponse:
    """Database, migrations and worker are well: 200; otherwise 503. One line for each."""
    found = {"database": _database(), "migrations": False, "worker": False}
    if found["database"]:
        found |= {"migrations": _migrations(), "worker": worker.alive(timezone.now())}
    lines = "".join(f"{name} {'well' if well else 'not well'}\n" for name, well in found.items())
    return HttpResponse(lines, status=200 if all(found.values()) else 503, content_type="text/plain")


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _migrations() -> bool:
    """Whether all are applied. Asked until they are: then this process need not ask again."""
    global _up_to_date
    _up_to_date = _up_to_date or readying.waiting_migrations() == 0
    return _up_to_date
