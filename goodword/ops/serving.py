"""How the web server is started: by `run.py`, and by the bench for product and floor alike. Loads nothing of Django."""

from __future__ import annotations

import sys
from pathlib import Path


def server(host: str, port: int, workers: int, application: str = "config.wsgi:application") -> list[str]:
    """Return the command line of the web server."""
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(port),
        "--workers",
        str(workers),
        "--blocking-threads",
        "4",
        "--no-ws",
        "--respawn-failed-workers",
        "--workers-kill-timeout",
        "10",
        "--log-level",
        "warning",
        "--log-config",
        str(Path(__file__).with_name("web-log.json")),
        application,
    ]
