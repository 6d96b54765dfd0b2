"""Who knows whom in the demo world, since when, and how far they have come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from goodword.ops.demo import events
from goodword.ops.demo.pair import Pair
from goodword.ops.demo.people import (
    AMARA,
    CELIA,
    DANIEL,
    HELEN,
    HUW,
    INGRID,
    KAREN,
    MARCUS,
    MEI_LIN,
    OLIVER,
    PATRICK,
    PRIYA,
    RUTH,
    TOM,
    ZOFIA,
    Somebody,
)


@dataclass(frozen=True, slots=True)
class Plot:
    """Two people, the day it began, the letter, the days of their meetings up to the last gate passed, and what came then."""

    a: Somebody
    b: Somebody
    began: int
    words: str
    meetings: Sequence[int] = ()
    then: Callable[[Pair], None] = lambda pair: None


def plots() -> list[Plot]:
    """Return everything that happens, pair by pair."""
    return [
        Plot(
            RUTH,
            MEI_LIN,
            272,
            "You said at the chamber that most plans fail in a drawer. I have said it to three clients since.",
            (264, 243, 224, 203),
            events.leads_both_ways,
        ),
        Plot(
            RUTH,
            HELEN,
            196,
            "You told a buyer the roof was tired before he asked. I’d like to know how you do that and still sell.",
            (188, 170, 154, 138),
            events.slipping,
        ),
        Plot(
            TOM,
            MARCUS,
            172,
            "You sent me a photograph of a wire I would have drilled through. I owe you a lunch.",
            (165, 147, 130, 112),
            events.kitchens_and_wires,
        ),
        Plot(
            RUTH,
            HUW,
            158,
            "You rang me from a roof once, about somebody else’s house. I have wanted to return the call.",
            (150, 132, 115, 92),
            events.old_houses,
        ),
        Plot(
            RUTH,
            PATRICK,
            121,
            "Everybody in Romiley says you did their roof. I’d like to hear it from you.",
            (),
            events.kind_end,
        ),
        Plot(
            AMARA,
            ZOFIA,
            118,
            "You asked the best question of the evening, and then you answered it.",
            (110, 88, 66),
            events.another_way_to_say_it,
        ),
        Plot(
            RUTH,
            MARCUS,
            101,
            "Tom says you photograph what nobody will ever see. So do I, in a way.",
            (94, 70, 43),
            events.an_agreement_to_answer,
        ),
        Plot(
            RUTH,
            DANIEL,
            77,
            "You look after ninety houses and know every tenant’s name. I’d like to know how.",
            (70, 45),
            events.something_without_a_name,
        ),
        Plot(
            RUTH,
            PRIYA,
            64,
            "You told me my own figures in one sentence. I’d like to hear what else you see.",
            (57, 34),
            events.one_sealed_decision,
        ),
        Plot(TOM, INGRID, 58, "We have stood in four of the same kitchens and never at the same time.", (50, 27)),
        Plot(
            RUTH,
            CELIA,
            46,
            "You took back eleven tiles without a word. That is a sort of honesty I’d like to send people to.",
            (38,),
            events.not_yet,
        ),
        Plot(
            RUTH,
            TOM,
            29,
            "On Tuesday you told me how you price a kitchen, and I have repeated it twice since.",
            (22,),
            events.first_briefing_ahead,
        ),
        Plot(
            RUTH,
            OLIVER,
            24,
            "You moved my mother and her piano, and both arrived in tune.",
            (16,),
            events.times_on_offer,
        ),
        Plot(
            RUTH,
            INGRID,
            11,
            "You said a room should forgive the people in it. I’d like to hear the rest.",
            (),
            events.recent_meeting,
        ),
        Plot(TOM, KAREN, 8, "Every kitchen I fit looks out at a garden. I’d rather it were one of yours."),
    ]
