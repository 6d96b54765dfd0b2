"""From what was typed to what is taught: the playbook's fields, routes and approaches in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from goodword.playbook.entries import Titled
from goodword.playbook.shelf import playbook
from goodword.teaching.rules import PARTS, REACH, ROUTE, WHAT, WHOM, Feel, Line

ROUTES = "routes"  # the field that holds the ids of the routes that are welcome
OWN = "own"


def feelings() -> list[tuple[str, str]]:
    """Return how it may feel to say it."""
    return [
        (Feel.TODAY, _("I could say it today")),
        (Feel.PRACTICE, _("With a little practice")),
        (Feel.OTHER, _("I’d rather find another way")),
    ]


def their_feelings() -> dict[str, str]:
    """Return how it feels to the other side, as said about them."""
    return {Feel.TODAY: _("could say it today"), Feel.PRACTICE: _("could say it with a little practice"),
            Feel.OTHER: _("would rather find another way")}  # fmt: skip


def part_title(part: str) -> str:
    """Return the heading of a part."""
    return _("Whom") if part == WHOM else _("What") if part == WHAT else _("Words")


def lines(said: Mapping[str, str]) -> list[Line]:
    """Return what was typed, by field, as lines in the playbook's order; what is empty is left out."""
    made = [
        Line(part, field.id, _(field.label), said[field.id])
        for part in PARTS
        for field in playbook().teaching(part)
        if said.get(field.id)
    ]
    wanted = said.get(ROUTES, "").split(",")
    made += [Line(ROUTE, route.id, _(route.title), _(route.title)) for route in playbook().routes if route.id in wanted]
    if said.get(REACH):
        made.append(Line(ROUTE, REACH, _("How to get in touch"), said[REACH]))
    return made


def as_said(made: list[Line]) -> dict[str, str]:
    """Return lines as they would be typed: the way back from `lines`."""
    said = {line.field: line.text for line in made if line.part != ROUTE or line.field == REACH}
    said[ROUTES] = ",".join(line.field for line in made if line.part == ROUTE and line.field != REACH)
    return said


def approaches() -> list[Titled]:
    """Return the playbook's approaches."""
    return list(playbook().approaches)
