"""Two people of their own for a journey, so that what one test does is not in another's way."""

from __future__ import annotations

from itertools import count

from django.utils import timezone

from goodword.leads.actions import giving, receiving
from goodword.leads.actions.giving import Consent
from goodword.leads.models import Lead
from goodword.ops.story import PathWalk
from goodword.relationships.steps import Step
from goodword.reservations.actions import keeping
from tests.cast import joined, person

_number = count(1)


def pair(at: Step = Step.EXPLORE) -> PathWalk:
    """Return two new people sitting across from one another, at a step."""
    number = next(_number)
    a = person(f"Ann Hill{number}", f"ann{number}@hill.example", "Hill Homes")
    b = person(f"Bob Dale{number}", f"bob{number}@dale.example", "Dale Doors")
    seat, _ = joined(a, b)
    story = PathWalk(seat.key, a, b)
    story.walk(at)
    return story


def give_lead(story: PathWalk, name: str) -> Lead:
    """Have the invited side give a lead, and the proposer say they look after it; return it."""
    agreed = Consent(timezone.localdate())
    lead = giving.give(
        story.b,
        why=f"{name} has a new kitchen in an old house.",
        route="now",
        name=name,
        reach="0161 496 0111",
        consent=agreed,
    )
    receiving.accept(story.a, lead)
    return lead


def keep_one(story: PathWalk, words: str) -> None:
    """Have the proposer read the promise and keep a reservation."""
    keeping.read_promise(story.a.person)
    keeping.keep(story.a, text=words, drawer="side")
