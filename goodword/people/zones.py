"""Everybody reads times in their own zone (UX 20)."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from goodword.ground.moments import DEFAULT_ZONE, zone


class OwnZone:
    """Middleware: the reader's zone for the length of one request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer in the reader's zone; in the house's own for somebody who has not signed in."""
        with timezone.override(zone(getattr(request.user, "zone", DEFAULT_ZONE))):
            return self.get_response(request)
