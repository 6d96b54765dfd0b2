"""What every page tells a browser besides its words."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db
YEAR = 365 * 24 * 60 * 60


@pytest.mark.parametrize(("seconds", "said"), [(YEAR, f"max-age={YEAR}"), (0, None)])
def test_behind_tls_browsers_are_told_to_come_back_by_it_for_a_year(
    settings: Any, seconds: int, said: str | None
) -> None:
    settings.SECURE_HSTS_SECONDS = seconds
    for path in ("/", "/sign-in", "/no-such-page"):
        assert Client().get(path).headers.get("Strict-Transport-Security") == said


def test_no_page_is_kept_framed_or_guessed_at_and_other_hosts_are_told_nothing() -> None:
    for path in ("/", "/sign-in", "/no-such-page"):
        headers = Client().get(path).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
