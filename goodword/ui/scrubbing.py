"""Logs that say where and what kind, never what somebody wrote (T17)."""

import datetime as dt
import json
import logging
import re
import sys

from goodword.ui import reference

# Invitation and sign-in links carry a secret in their path; a log must not become a key ring (T31).
# The link that stops letters carries the reader's address, signed but readable.
_SECRET_IN_PATH = re.compile(r"(/(?:i|sign-in/link|person|calendar|stop)/)[A-Za-z0-9_:-]{16,}")


def holds_a_secret(path: str) -> bool:
    """Whether a path is a key by itself: a link's secret stands in it."""
    return _SECRET_IN_PATH.search(path) is not None


class Scrub(logging.Filter):
    """Drop the request object and query strings from records, and hide secrets in paths."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean one record in place; always keep it."""
        record.__dict__.pop("request", None)
        message = record.getMessage()
        without_query = message.split("?", 1)[0] if "/" in message else message
        record.msg, record.args = _SECRET_IN_PATH.sub(r"\1…", without_query), ()
        return True


class ScrubTraceback(logging.Filter):
    """For the web server's log, which writes a traceback as its message: keep places and the exception's class."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean one record in place; always keep it."""
        first, *rest = record.getMessage().splitlines() or [""]
        places = [line for line in rest if line.startswith('  File "')]
        classes = [found[1] for line in rest if (found := re.match(r"([A-Za-z_][\w.]*)(:|$)", line))]
        record.msg, record.args = _SECRET_IN_PATH.sub(r"\1…", "\n".join([first, *places, *classes[-1:]])), ()
        return True


class Lines(logging.Formatter):
    """One line for each record: JSON, or on a terminal words. An exception is its class and the places, without values."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line. What a caller gives as `extra={"facts": {...}}` stands in it by its names."""
        facts: dict[str, object] = getattr(record, "facts", {})
        at = dt.datetime.fromtimestamp(record.created, dt.UTC)
        raised = describe(record.exc_info)
        if sys.stdout.isatty():
            said = " ".join([record.getMessage(), *(f"{name}={value}" for name, value in facts.items())])
            return "\n  ".join([f"{at:%H:%M:%S} {record.levelname} {said} {reference.current()}".rstrip(), *raised])
        line: dict[str, object] = {
            "time": at.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if reference.current():
            line["request"] = reference.current()
        return json.dumps({**line, **facts, **({"exception": raised} if raised else {})}, ensure_ascii=False)


def describe(raised: object) -> list[str]:
    """Return an exception's class and the places it went through: its text may quote a private value."""
    if not isinstance(raised, tuple) or raised[0] is None:
        return []
    places, at = [], raised[2]
    while at is not None:
        places.append(f"{at.tb_frame.f_code.co_filename}:{at.tb_lineno} {at.tb_frame.f_code.co_name}")
        at = at.tb_next
    return [raised[0].__name__, *places]
