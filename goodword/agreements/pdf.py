"""The agreement as a PDF: typst, tagged, fonts embedded. What people wrote goes in as data: markup in it stays text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from goodword.agreements.wording import said_day

TEMPLATE = Path(__file__).parent / "agreement.typ"


def made(document: dict[str, Any]) -> bytes:
    """Return the PDF of a document as `queries.document` gives it. The same words make the same bytes."""
    version = document["version"]
    return bytes(
        typst.compile(
            str(TEMPLATE), root=str(TEMPLATE.parent), sys_inputs={"data": json.dumps(data(document))},
            format="pdf", timestamp=int(version.created_at.timestamp()),
        )
    )  # fmt: skip


def data(document: dict[str, Any]) -> dict[str, Any]:
    """Return what the template shows, as plain text."""
    version, force = document["version"], document["in_force_at"]
    written = _day(version.created_at)
    return {
        "lang": (get_language() or "en")[:2],
        "title": _("How it is going to work"),
        "names": [one["name"] for one in document["parties"]],
        "between": [
            ", ".join(filter(None, [one["name"], one["business"], one["town"]])) for one in document["parties"]
        ],
        "and": _("and"),
        "written": _("Version %(number)s, written by %(name)s on %(day)s.")
        % {"number": version.number, "name": document["writer"].person_name, "day": written},
        "state": _("In force since %(day)s.") % {"day": _day(force)}
        if force
        else _("Not in force: one acceptance is still open."),
        "accepted": [_accepted(one) for one in document["parties"] if one["accepted_at"]],
        "clauses": [
            {"title": f"{n}. {each.title}", "text": each.text} for n, each in enumerate(document["clauses"], 1)
        ],
        "foot": _("Version %(number)s of %(day)s") % {"number": version.number, "day": written},
        "hash": version.content_hash,
        "hash_label": _("Fingerprint of these words (SHA-256)"),
    }


def _accepted(one: dict[str, Any]) -> str:
    return _("Accepted by %(name)s on %(day)s.") % {"name": one["name"], "day": _day(one["accepted_at"])}


def _day(moment: Any) -> str:
    return said_day(timezone.localtime(moment).date())
