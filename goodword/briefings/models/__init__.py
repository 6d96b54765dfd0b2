"""Tables of the briefings.

A row belongs to the side that wrote it, not to a step: each side listens in one briefing and speaks in the other, so
when the order is changed by consent (M15), what was prepared moves along with it.
"""

from goodword.briefings.models.conversation import (
    Answer,
    AnswerNote,
    AskedQuestion,
    OrderProposal,
    OrderReply,
    PreparedQuestion,
    ToTell,
)
from goodword.briefings.models.playback import PassageReply, PlaybackConfirmed, PlaybackRound, SaidAloud
from goodword.briefings.models.weighing import Assessment, Criterion, PeopleKnown, Purpose, PurposeAsked, PurposeShown

__all__ = [
    "Answer",
    "AnswerNote",
    "AskedQuestion",
    "Assessment",
    "Criterion",
    "OrderProposal",
    "OrderReply",
    "PassageReply",
    "PeopleKnown",
    "PlaybackConfirmed",
    "PlaybackRound",
    "PreparedQuestion",
    "Purpose",
    "PurposeAsked",
    "PurposeShown",
    "SaidAloud",
    "ToTell",
]
