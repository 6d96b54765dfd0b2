"""From what was typed to what is taught: the playbook's fields, routes and approaches in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from goodword.playbook.entries import TitledEntry
from goodword.playbook.shelf import playbook
from goodword.teaching.rules.content import PARTS, REACH, ROUTE, WHAT, WHOM, WORDS, Feel, TaughtLine
from goodword.teaching.rules.recall import Recollection

ROUTES = "routes"  # the field that holds the ids of the routes that are welcome


def feelings() -> list[tuple[str, str]]:
    """Return how it may feel to say it."""
    return [
        (Feel.TODAY, _("I can say that")),
        (Feel.PRACTICE, _("With a little practice")),
        (Feel.OTHER, _("I’d rather find another way")),
    ]


def their_feelings() -> dict[str, str]:
    """Return how it feels to the other side, as said about them."""
    return {
        Feel.TODAY: _("could say it today"),
        Feel.PRACTICE: _("could say it with a little practice"),
        Feel.OTHER: _("would rather find another way"),
    }


def box_label(field: str) -> str:
    """Return what one of the five boxes asks; nothing for a field that is no such box."""
    return {
        "sector": _("Whom should they think of?"),
        "moment": _("The moment it comes up"),
        "services": _("What do you do for them?"),
        "short_words": _("In one breath"),
        "question_to_ask": _("One question they could ask"),
    }.get(field, "")


def part_title(part: str) -> str:
    """Return the heading of a part; nothing for all of it."""
    return {WHOM: _("Whom"), WHAT: _("What"), WORDS: _("Words"), ROUTE: _("Ways")}.get(part, "")


def part_within(part: str) -> str:
    """Return a part as it is called within a sentence."""
    return {WHOM: _("whom"), WHAT: _("what"), WORDS: _("words"), ROUTE: _("ways")}.get(part, "")


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


def recollections() -> list[tuple[int, str]]:
    """Return how an answer may have come to mind."""
    return [
        (Recollection.NOT_YET, _("Not yet")),
        (Recollection.ROUGHLY, _("Roughly")),
        (Recollection.WELL, _("I had it")),
        (Recollection.AT_ONCE, _("At once")),
    ]


def lines(said: Mapping[str, str]) -> list[TaughtLine]:
    """Return what was typed, by field, as lines in the playbook's order; what is empty is left out."""
    made = [
        TaughtLine(part, field.id, _(field.label), said[field.id])
        for part in PARTS
        for field in playbook().teaching(part)
        if said.get(field.id)
    ]
    wanted = said.get(ROUTES, "").split(",")
    made += [
        TaughtLine(ROUTE, route.id, _(route.title), _(route.title)) for route in playbook().routes if route.id in wanted
    ]
    if said.get(REACH):
        made.append(TaughtLine(ROUTE, REACH, _("How to get in touch"), said[REACH]))
    return made


def for_reader(line: TaughtLine) -> TaughtLine:
    """Return a line that was kept in its writer's language with the playbook's own words in its reader's."""
    if line.part == ROUTE and line.field != REACH:
        title = next((_(route.title) for route in playbook().routes if route.id == line.field), line.text)
        return replace(line, label=title, text=title)
    labels = {field.id: _(field.label) for part in PARTS for field in playbook().teaching(part)}
    labels[REACH] = _("How to get in touch")
    return replace(line, label=labels.get(line.field, line.label))


def as_values(made: Sequence[TaughtLine]) -> dict[str, str]:
    """Return lines as they would be typed: the way back from `lines`."""
    said = {line.field: line.text for line in made if line.part != ROUTE or line.field == REACH}
    said[ROUTES] = ",".join(line.field for line in made if line.part == ROUTE and line.field != REACH)
    return said


def approaches() -> list[TitledEntry]:
    """Return the playbook's approaches."""
    return list(playbook().approaches)
