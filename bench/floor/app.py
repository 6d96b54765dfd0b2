"""The floor program: plain WSGI, plain SQL, a compiled template. Five queries, 25 rows a page; one durable write."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from jinja2 import Environment, FileSystemLoader

from bench.floor.ledger import PHASES, TODAY

PAGES = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, auto_reload=False, cache_size=-1)
LIST = PAGES.get_template("list.html")

WHO = "SELECT o.id, o.name, o.mail FROM visit v JOIN owner o ON o.id = v.owner_id WHERE v.token = ? AND v.until > ?"
HOW_MANY = "SELECT phase, count(*) AS n FROM partner WHERE owner_id = ? GROUP BY phase"
DUE = "SELECT count(*) AS n FROM partner WHERE owner_id = ? AND next_on < ?"
ROWS = """SELECT p.id, p.phase, p.next_step, p.next_on, p.touched_on, p.leads, s.name, s.firm, s.town, s.mail, s.phone
          FROM partner p JOIN somebody s ON s.id = p.somebody_id
          WHERE p.owner_id = ? AND p.phase = ? ORDER BY p.next_on LIMIT 25"""
LAST = "SELECT partner_id, kind, words, max(made_on) AS made_on FROM entry WHERE partner_id IN ({}) GROUP BY partner_id"

_here = threading.local()


def database() -> sqlite3.Connection:
    """Return this thread's connection, with the product's own settings."""
    if not hasattr(_here, "db"):
        db = sqlite3.connect(os.environ["FLOOR_DB"], timeout=20, isolation_level=None, cached_statements=256)
        db.row_factory = sqlite3.Row
        for pragma in filter(None, os.environ["FLOOR_SETTINGS"].split(";")):
            db.execute(pragma)
        _here.db = db
    found: sqlite3.Connection = _here.db
    return found


def application(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
    """Answer one request."""
    db = database()
    token = environ.get("HTTP_COOKIE", "").partition("visit=")[2].partition(";")[0]
    owner = db.execute(WHO, (token, TODAY)).fetchone()
    if owner is None:
        start_response("403 Forbidden", [("Content-Length", "0")])
        return [b""]
    if environ["REQUEST_METHOD"] == "POST":
        at = keep(db, owner["id"], parse_qs(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode()))
        start_response("303 See Other", [("Location", at), ("Content-Length", "0")])
        return [b""]
    asked = parse_qs(environ.get("QUERY_STRING", ""))
    body = shown(db, owner, int(asked.get("phase", ["1"])[0])).encode()
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body)))])
    return [body]


def keep(db: sqlite3.Connection, owner_id: int, form: dict[str, list[str]]) -> str:
    """Write one entry, durably; return where to go next."""
    partner = int(form["partner"][0])
    db.execute("BEGIN IMMEDIATE")
    db.execute(
        "INSERT INTO entry (partner_id, kind, words, made_on) VALUES (?,?,?,?)",
        (partner, form["kind"][0], form["words"][0], TODAY),
    )
    db.execute("UPDATE partner SET touched_on = ? WHERE id = ? AND owner_id = ?", (TODAY, partner, owner_id))
    db.execute("COMMIT")
    return f"/partner/{partner}"


def shown(db: sqlite3.Connection, owner: sqlite3.Row, phase: int) -> str:
    """Return the list of one phase."""
    rows = [dict(row) for row in db.execute(ROWS, (owner["id"], phase))]
    ids = [row["id"] for row in rows]
    last = {row["partner_id"]: row for row in db.execute(LAST.format(",".join("?" * len(ids))), ids)}
    many = {row["phase"]: row["n"] for row in db.execute(HOW_MANY, (owner["id"],))}
    due = db.execute(DUE, (owner["id"], TODAY)).fetchone()["n"]
    for row in rows:
        row["last"], row["phase_name"] = last.get(row["id"]), PHASES[row["phase"]]
    return LIST.render(
        owner=owner, rows=rows, due=due, phases=[(number, name, many.get(number, 0)) for number, name in PHASES.items()]
    )
