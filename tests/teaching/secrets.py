"""What the house tests need of this room: every private field filled, and a typical story lived."""

from __future__ import annotations

from django.utils import timezone

from goodword.relationships.models import Seat
from goodword.relationships.steps import Role
from goodword.teaching import actions, own, practice, wording
from goodword.teaching.models import TeachingVersion
from goodword.teaching.queries import ours, pages
from goodword.teaching.rules import content
from goodword.teaching.rules.recall import Recollection
from tests.cast import Cast

SAID = {
    "sector": "Couples and families who own their house",
    "moment": "They have exchanged contracts",
    "services": "Kitchens, start to finish",
    "not_services": "Bathrooms",
    "short_words": "I know somebody who stays until the tea is made",
    "question_to_ask": "Who is doing your kitchen?",
    "listen_for": "We cannot open the oven",
    wording.ROUTES: "pass_card,come_along",
    content.REACH: "0161 496 0000, mornings",
}


def plant(seat: Seat, word: str) -> None:
    """Write `word` into every private field of teaching as this seat. Callable several times, at any step."""
    actions.keep_draft(seat, {"sector": f"People who {word}", "services": f"Work on {word}", "short_words": word})
    own.keep(seat.person, {"sector": f"Whoever {word}", "long_words": f"The story of {word}"})
    actions.keep_reason(seat, f"It feels so because of {word}")
    if pages.theirs(seat) is not None:
        practice.begin(seat)
        card = practice.practice_page(seat).card
        if card is not None:
            practice.answer(seat, card.field, Recollection.ROUGHLY)


def taught(seat: Seat, **more: str) -> TeachingVersion:
    """Have this side draft what it teaches and put it before the other."""
    actions.keep_draft(seat, {**SAID, **more})
    return actions.put(seat, ours.preview(seat)["seen"])


def rated(low: int = 9, **more: int) -> dict[str, int]:
    """Return a number for each item of what `taught` teaches."""
    return {**dict.fromkeys(content.RATED_ITEMS, low), **more}


def live(cast: Cast) -> None:
    """Walk a typical story: both teach, Ada finds it hard, they agree on an approach, Ben brings his up to date."""
    if not content.may_give(cast.ada.at):
        return
    taught(cast.ben, sector=f"Couples, as of {timezone.now()}")
    taught(cast.ada, sector=f"People who move, as of {timezone.now()}")
    actions.say_comfort(cast.ada, content.Feel.OTHER, rated(words=4, route=6))
    actions.say_comfort(cast.ben, content.Feel.TODAY, rated())
    actions.say_back(cast.ada, "I listen for an oven that will not open.")
    row = actions.propose_approach(cast.ada, Role.INVITED, "Ada asks one question and leaves the rest to Ben.")
    actions.agree_approach(cast.ben, row)
    actions.propose_approach(cast.ada, Role.INVITED, "A card says it.", part="words", missing="Prices make me blush.")
    taught(cast.ben, moment=f"A child has left home, {timezone.now()}")
    actions.propose_approach(cast.ben, Role.INVITED, "Or tell the story of the mill.", "a_story")
