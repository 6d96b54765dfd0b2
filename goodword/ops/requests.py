"""Each request from outside: its reference, one line in the log, and its place in the metrics. Routes only, never addresses."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from goodword.ops import metrics
from goodword.ui import reference

QUIET = {"livez", "readyz", "metrics", "static"}  # asked for so often that they would bury the rest
log = logging.getLogger("goodword.web")


class RequestLog:
    """Stands before everything else, so that whatever answers a request is seen and timed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Pass the request on under a reference of its own."""
        name, began = reference.new(), time.perf_counter()
        try:
            answer = self.get_response(request)
            took = time.perf_counter() - began
            if answer.status_code >= 500:
                answer.headers["X-Request-Id"] = name
            note(route_of(request), request.method or "", answer.status_code, took)
            return answer
        finally:
            reference.end()


def route_of(request: HttpRequest) -> str:
    """Return the name of a request's route: what stands in its address may be a key (T31)."""
    if request.resolver_match is not None:
        return request.resolver_match.url_name or "unnamed"
    return "static" if request.path.startswith("/static/") else "none"


def note(route: str, method: str, status: int, took: float) -> None:
    """Write the line of a request and count it."""
    metrics.count_request(route, method, status, took)
    if route not in QUIET:
        facts = {"route": route, "method": method, "status": status, "ms": round(took * 1000, 1)}
        log.info("request", extra={"facts": facts})
