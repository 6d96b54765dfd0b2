"""From what was typed to what is taught: the playbook's fields, routes and approaches in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from goodword.playbook.entries import Titled
from goodword.playbook.shelf import playbook
from goodword.teaching.recall import Came
from goodword.teaching.rules import PARTS, REACH, ROUTE, WHAT, WHOM, WORDS, Feel, Line

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
    """Return the heading of a part; nothing for all of it."""
    return {WHOM: _("Whom"), WHAT: _("What"), WORDS: _("Words"), ROUTE: _("Ways")}.get(part, "")


def question(field: str, name: str) -> str:
    """Return what a recall card asks about one field of what `name` taught."""
    asked = {
        "listen_for": _("Which words would make you think of %(name)s?"),
        "moment": _("What happens to somebody just before they need %(name)s?"),
        "sector": _("Whom is %(name)s right for?"),
        "services": _("Which part of %(name)s’s work would you speak about?"),
        "short_words": _("In one breath: what do you say about %(name)s?"),
        "question_to_ask": _("Which question do you ask, to find out whether somebody needs %(name)s?"),
        "long_words": _("How does the story about %(name)s go?"),
        "if_asked_cost": _("What do you say if they ask what %(name)s costs?"),
        "not_services": _("Which work would you not offer in %(name)s’s name?"),
        "not_these": _("Whom would you not send to %(name)s?"),
        "not_to_say": _("What would you rather not say about %(name)s?"),
    }
    return asked[field] % {"name": name}


def came() -> list[tuple[int, str]]:
    """Return how an answer may have come to mind."""
    return [
        (Came.NOT_YET, _("Not yet")),
        (Came.ROUGHLY, _("Roughly")),
        (Came.WELL, _("I had it")),
        (Came.AT_ONCE, _("At once")),
    ]


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
