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

BOX = "▯"
# What the type that comes with typst (Libertinus Serif, DejaVu Sans Mono) draws: Latin, Greek, Cyrillic, Armenian, Hebrew,
# Arabic, Georgian, and signs. Type that happens to lie on a machine is left out, so that a paper is the same everywhere.
SHAPES = (
    (0x20, 0x7E), (0xA0, 0x4FF), (0x531, 0x58F), (0x591, 0x5F4), (0x621, 0x63A), (0x640, 0x655), (0x660, 0x669),
    *((one, one) for one in (0x67E, 0x686, 0x698, 0x6A9, 0x6AF, 0x6CC)),  # Persian
    (0x10D0, 0x10FA), (0x1E00, 0x1FFF), (0x2009, 0x2030), (0x2032, 0x203A), (0x20A0, 0x20BF), (0x2190, 0x21FF),
    (0x2500, 0x25FF),
)  # fmt: skip
TEMPLATE = Path(__file__).parent / "agreement.typ"


def made(document: dict[str, Any]) -> bytes:
    """Return the PDF of a document as `queries.document` gives it. The same words make the same bytes."""
    version = document["version"]
    return bytes(
        typst.compile(
            str(TEMPLATE), root=str(TEMPLATE.parent), sys_inputs={"data": json.dumps(data(document))},
            format="pdf", timestamp=int(version.created_at.timestamp()), ignore_system_fonts=True,
        )
    )  # fmt: skip


def data(document: dict[str, Any]) -> dict[str, Any]:
    """Return what the template shows, as plain text, with a note where it has letters that can't be drawn."""
    shown = _data(document)
    drawn: dict[str, Any] = _drawn(shown)
    note = _("%(box)s stands for a letter that the type of this paper doesn’t have. On its page in Goodword it stands in full.")
    return {**drawn, "note": note % {"box": BOX} if drawn != shown else ""}


def _drawn(value: Any) -> Any:
    """Return a text, or every text in lists and dictionaries, with a visible box for each letter that can't be drawn."""
    if isinstance(value, str):
        return value.translate({ord(one): BOX for one in set(value) if not _has_a_shape(one)})
    if isinstance(value, list):
        return [_drawn(one) for one in value]
    return {name: _drawn(one) for name, one in value.items()} if isinstance(value, dict) else value


def _has_a_shape(letter: str) -> bool:
    return letter in "\n\t" or any(first <= ord(letter) <= last for first, last in SHAPES)


def _data(document: dict[str, Any]) -> dict[str, Any]:
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
