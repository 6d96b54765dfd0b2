"""Logs that say where and what kind, never what somebody wrote (T17)."""

import logging
import re

# Invitation and sign-in links carry a secret in their path; a log must not become a key ring (T31).
# The link that stops letters carries the reader's address, signed but readable.
_SECRET_IN_PATH = re.compile(r"(/(?:i|sign-in/link|person|calendar|stop)/)[A-Za-z0-9_:-]{16,}")


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


class ScrubbedFormatter(logging.Formatter):
    """Format an exception as its type and the places in our code, without values or messages."""

    def formatException(self, ei: object) -> str:
        """Return one line per frame and the exception's class name; its text may quote a private value."""
        if not isinstance(ei, tuple) or ei[0] is None:
            return ""
        places, at = [], ei[2]
        while at is not None:
            places.append(f"  {at.tb_frame.f_code.co_filename}:{at.tb_lineno} {at.tb_frame.f_code.co_name}")
            at = at.tb_next
        return "\n".join([*places, ei[0].__name__])
