"""The agreement as a PDF: typst, tagged, fonts embedded. What people wrote goes in as data: markup in it stays text."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from goodword.agreements.wording import day_words

BOX = "▯"
TEMPLATE = Path(__file__).parent / "agreement.typ"
# What the type that comes with typst (Libertinus Serif, DejaVu Sans Mono) has a shape for: code points and ranges of them, in
# hexadecimal, read out of the type itself. Type that happens to lie on a machine is left out, so that a paper is the same
# everywhere.
SHAPES = Path(__file__).parent / "shapes.txt"


def render(document: dict[str, Any]) -> bytes:
    """Return the PDF of a document as `queries.document` gives it. The same words make the same bytes."""
    return typeset(TEMPLATE, data(document), timestamp=int(document["version"].created_at.timestamp()))


def typeset(template: Path, shown: dict[str, Any], timestamp: int | None = None) -> bytes:
    """Return the PDF of a template and what it shows, as made at `timestamp` (now, if none is given)."""
    import typst  # here, because few processes ever need it

    return bytes(
        typst.compile(
            str(template),
            root=str(template.parent),
            sys_inputs={"data": json.dumps(shown)},
            format="pdf",
            timestamp=timestamp,
            ignore_system_fonts=True,
        )
    )


def data(document: dict[str, Any]) -> dict[str, Any]:
    """Return what the template shows, as plain text, with a note where it has letters that can't be drawn."""
    shown = _data(document)
    legible: dict[str, Any] = drawable(shown)
    note = _(
        "%(box)s stands for a letter that the type of this paper doesn’t have. On its page in Goodword it stands in full."
    )
    return {**legible, "note": note % {"box": BOX} if legible != shown else ""}


def drawable(value: Any) -> Any:
    """Return a text, or every text in lists and dictionaries, with a visible box for each letter that can't be drawn."""
    if isinstance(value, str):
        return value.translate({ord(one): BOX for one in set(value) if not _has_a_shape(one)})
    if isinstance(value, list):
        return [drawable(one) for one in value]
    return {name: drawable(one) for name, one in value.items()} if isinstance(value, dict) else value


def _has_a_shape(letter: str) -> bool:
    return letter in "\n\t" or letter in shapes()


@cache
def shapes() -> frozenset[str]:
    """Return every letter and sign the type of a paper can draw."""
    ranges = (each.partition("-") for each in SHAPES.read_text().split())
    return frozenset(
        chr(code) for first, _, last in ranges for code in range(int(first, 16), int(last or first, 16) + 1)
    )


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
        "accepted": [_acceptance_words(one) for one in document["parties"] if one["accepted_at"]],
        "clauses": [
            {"title": f"{n}. {each.title}", "text": each.text} for n, each in enumerate(document["clauses"], 1)
        ],
        "foot": _("Version %(number)s of %(day)s") % {"number": version.number, "day": written},
        "hash": version.content_hash,
        "hash_label": _("Fingerprint of these words (SHA-256)"),
    }


def _acceptance_words(one: dict[str, Any]) -> str:
    return _("Accepted by %(name)s on %(day)s.") % {"name": one["name"], "day": _day(one["accepted_at"])}


def _day(moment: Any) -> str:
    return day_words(timezone.localtime(moment).date())
