"""Logs say where and what kind, never what somebody wrote nor what opens a door."""

import logging

import pytest

from goodword.ui.scrubbing import Scrub, ScrubTraceback

SECRET = "f7bUdWGUET7OilHpnlWUJMp1VcRaJoQfKpYbQsgmy04"


def clean_file(how: logging.Filter, message: str) -> str:
    """Return a log message as it is written."""
    record = logging.LogRecord("any", logging.ERROR, "file.py", 1, message, (), None)
    how.filter(record)
    return record.getMessage()


@pytest.mark.parametrize("path", ["/i/", "/sign-in/link/", "/person/", "/stop/"])
def test_a_link_that_opens_something_is_hidden(path: str) -> None:
    assert SECRET not in clean_file(Scrub(), f"Not Found: {path}{SECRET}")


def test_what_somebody_searched_for_is_hidden() -> None:
    assert clean_file(Scrub(), "Not Found: /relationships?q=a+private+word") == "Not Found: /relationships"


def test_the_web_servers_traceback_keeps_places_and_the_class_only() -> None:
    told = clean_file(
        ScrubTraceback(),
        "Application callable raised an exception\nTraceback (most recent call last):\n"
        '  File "goodword/leads/views/leads.py", line 3, in lead\n    raise ValueError(text)\n'
        "ValueError: a private sentence\nof two lines",
    )
    assert told.splitlines() == [
        "Application callable raised an exception",
        '  File "goodword/leads/views/leads.py", line 3, in lead',
        "ValueError",
    ]
