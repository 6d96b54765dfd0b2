"""What the house says about itself: a line for each request, a reference that page and log share, figures, and nothing private."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from config import urls as own
from goodword.ops import metrics, slow
from goodword.ui.doors import public
from goodword.ui.scrubbing import Lines, Scrub
from tests.cast import Cast

TOKEN = "a-token-for-figures"


@public("GET")
def breaks(request: HttpRequest) -> HttpResponse:
    """A page with a fault of ours."""
    raise ValueError("Ada's private sentence")


urlpatterns = [path("breaks", breaks, name="breaks"), path("", include(own))]
handler500, handler404 = own.handler500, own.handler404


class Kept(logging.Handler):
    """Keeps the lines as they would be written."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.addFilter(Scrub())
        self.setFormatter(Lines())

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line."""
        self.lines.append(self.format(record))

    def facts(self, message: str) -> list[dict[str, object]]:
        """The lines with this message, read as JSON."""
        return [line for line in map(json.loads, self.lines) if line["message"].startswith(message)]


@pytest.fixture
def log() -> Iterator[Kept]:
    """The house's log."""
    kept = Kept()
    logging.getLogger().addHandler(kept)
    yield kept
    logging.getLogger().removeHandler(kept)


def test_a_request_is_one_line_with_its_route_and_neither_address_nor_person(cast: Cast, log: Kept) -> None:
    assert cast.ada_browser.get(f"/r/{cast.key}?q=private").status_code == 200
    [line] = log.facts("request")
    assert (line["route"], line["method"], line["status"]) == ("relationship", "GET", 200)
    assert re.fullmatch(r"[2-9A-Z]{4}-[2-9A-Z]{4}", str(line["request"]))
    assert not any(word in log.lines[0] for word in (cast.key, "private", "ada", str(cast.ada_person.pk)))


@pytest.mark.django_db
@pytest.mark.urls(__name__)
def test_the_error_page_has_the_reference_that_the_log_has_and_no_private_word(log: Kept) -> None:
    answer = Client(raise_request_exception=False).get("/breaks")
    assert answer.status_code == 500
    found = re.search(r"<strong>([2-9A-Z]{4}-[2-9A-Z]{4})</strong>", answer.content.decode())
    assert found
    [line] = log.facts("Internal Server Error")
    assert line["request"] == found[1] == answer.headers["X-Request-Id"]
    assert line["exception"][0] == "ValueError"  # type: ignore[index]
    assert "private" not in "".join(log.lines) + answer.content.decode()


@pytest.mark.django_db
def test_a_question_that_takes_long_is_in_the_log_without_what_it_asked_for(settings: LazySettings, log: Kept) -> None:
    settings.SLOW_QUERY = 0.0
    slow._watch_one(connection)
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s, 'a private word' WHERE %s IN (%s, %s, %s)", ["secret", 1, 1, 2, 3])
    [line] = log.facts("slow query")
    assert line["sql"] == "SELECT %s, '…' WHERE %s IN (%s, …)"


@pytest.mark.django_db
def test_figures_are_for_the_holder_of_the_token_and_name_nobody(
    settings: LazySettings, tmp_path: Path, cast: Cast
) -> None:
    assert Client().get("/metrics").status_code == 404
    settings.METRICS_TOKEN, settings.DATA = TOKEN, tmp_path
    metrics._counters.cache_clear()
    assert Client().get("/metrics", headers={"Authorization": "Bearer another"}).status_code == 404
    cast.ada_browser.get(f"/r/{cast.key}")
    answer = Client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    told = answer.content.decode()
    assert 'goodword_requests_total{method="GET",route="relationship",status="2xx"} 1.0' in told
    assert "goodword_letters_waiting" in told
    assert not any(word in told for word in (cast.key, "Ada", "lane.example"))
