"""What one side keeps for both while the other is not in Goodword (M4), and what of it may be opened later. Pure."""

from __future__ import annotations

from enum import StrEnum

from goodword.relationships.steps import Step


class Sort(StrEnum):
    """What belongs to both in talk, and one side writes down alone; `STEP` and `LEAD` are opened like it."""

    TALK = "talk"
    PLAYBACK = "playback"
    UNDERSTOOD = "understood"
    RESERVATION = "reservation"
    AGREEMENT = "agreement"
    FOR_THEM = "for-them"
    FOR_ME = "for-me"
    FOLLOW_UP = "follow-up"
    STEP = "step"
    LEAD = "lead"


class Direction(StrEnum):
    """Which way a lead goes: given to them, or received from them."""

    GIVEN = "given"
    RECEIVED = "received"


# From which step on a sort is asked for.
FROM_STEP = {
    Sort.TALK: Step.EXPLORE,
    Sort.RESERVATION: Step.EXPLORE,
    Sort.UNDERSTOOD: Step.FIRST_BRIEFING,
    Sort.PLAYBACK: Step.FIRST_BRIEFING,
    Sort.AGREEMENT: Step.AGREE,
    Sort.FOR_THEM: Step.AGREE,
    Sort.FOR_ME: Step.AGREE,
    Sort.FOLLOW_UP: Step.ADVOCATE,
}

# There is one text of these, which is put right as it grows; of the others there is one for each time it was said.
ONE_TEXT = frozenset({Sort.UNDERSTOOD, Sort.PLAYBACK, Sort.AGREEMENT, Sort.FOR_THEM, Sort.FOR_ME})

# What the other said of their doubts is theirs to say: it is never put on the table in their name.
OPENS = frozenset(Sort) - {Sort.RESERVATION}


def sorts_at(step: Step) -> tuple[Sort, ...]:
    """Return what is asked for in a step, in the order of the story."""
    return tuple(sort for sort, first in FROM_STEP.items() if first <= step)
