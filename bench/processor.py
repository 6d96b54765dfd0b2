"""Processor time of a page, product and floor, asked in one process: on a busy machine this says more than a stopwatch.

`python -m bench.processor PAGES FLOOR` prints one JSON line: PAGES is what `bench.product` printed, as a file; the data folder is
GOODWORD_DATA, FLOOR the floor's database.
"""

from __future__ import annotations

import gc
import io
import json
import logging
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlencode

Application = Callable[[dict[str, Any], Callable[..., object]], Iterable[bytes]]
TIMES, TURNS = 60, 5
FLOOR = {
    "floor: list": [("GET", f"/list?phase={n}", "") for n in (1, 2, 3, 4)],
    "floor: write": [("POST", "/keep", "")],
}
NOTE = "partner=17&kind=note&words=a+few+words+of+some+length+number+1"


def main(pages: str, floor: str) -> None:
    """Measure and print: by name, milliseconds of processor time a request, the median of several turns."""
    found: dict[str, Any] = json.loads(Path(pages).read_text().splitlines()[-1])
    ours, theirs, cookie, csrf = product(), floor_program(floor), found["cookie"], found["csrf"]
    reads = {
        name: (ours, [("GET", path, "") for path in paths], cookie)
        for name, paths in found["paths"].items()
        if name not in ("feed", "report")
    }
    floors = {name: (theirs, requests, "visit=floor") for name, requests in FLOOR.items()}
    took = median_of_turns(floors | reads)
    # Acts come last: what they make out of date is for the worker to settle, which does not run here.
    took |= median_of_turns({"report": (ours, [("POST", path, csrf) for path in found["paths"]["report"]], cookie)})
    print(json.dumps(took))


def median_of_turns(asked: dict[str, tuple[Application, list[Any], str]]) -> dict[str, float]:
    """Return the milliseconds a request of each takes: asked in turn, so that a busy minute is everybody's."""
    took: dict[str, list[float]] = {name: [] for name in asked}
    for turn in range(TURNS + 1):
        for name, (application, requests, cookie) in asked.items():
            spent = processor_time(application, requests, cookie, turn)
            if turn:  # the first is for warming up
                took[name].append(spent)
    return {name: statistics.median(each) for name, each in took.items()}


def product() -> Application:
    """Return the product's program."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    from config.wsgi import application

    logging.disable(logging.INFO)
    return cast(Application, application)


def floor_program(database: str) -> Application:
    """Return the floor's program on that database."""
    from bench.run import settings

    os.environ.update(FLOOR_DB=database, FLOOR_SETTINGS=settings())
    from bench.floor.app import application

    return application


def processor_time(application: Application, requests: list[Any], cookie: str, turn: int) -> float:
    """Return the median of the milliseconds of processor time that requests take."""
    gc.collect()
    took = []
    for number in range(TIMES):
        method, path, csrf = requests[(turn * TIMES + number) % len(requests)]
        environ = request(method, path, cookie, csrf, f"{turn}-{number}")
        began = time.process_time()
        status = answer(application, environ)
        took.append((time.process_time() - began) * 1000)
        if status[:3] not in ("200", "302", "303"):
            raise SystemExit(f"{path} answered {status}")
    return statistics.median(took)


def answer(application: Application, environ: dict[str, Any]) -> str:
    """Have one request answered; return its status."""
    status: list[str] = []
    found = application(environ, lambda said, *_: status.append(said))
    b"".join(found)
    if close := getattr(found, "close", None):
        close()
    return status[0]


def request(method: str, path: str, cookie: str, csrf: str, number: str) -> dict[str, Any]:
    """Return what a server hands to a program."""
    place, _, query = path.partition("?")
    form = urlencode({"csrfmiddlewaretoken": csrf, "outcome": "spoke", "line": f"Rang, {number}."}) if csrf else ""
    body = (form or NOTE if method == "POST" else "").encode()
    host = os.environ.get("GOODWORD_BASE_URL", "http://localhost:8700").partition("://")[2]
    return {
        "REQUEST_METHOD": method,
        "PATH_INFO": place,
        "QUERY_STRING": query,
        "SCRIPT_NAME": "",
        "SERVER_NAME": host.partition(":")[0],
        "SERVER_PORT": host.partition(":")[2] or "80",
        "HTTP_HOST": host,
        "HTTP_COOKIE": cookie,
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
        "wsgi.multithread": True,
    }


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
