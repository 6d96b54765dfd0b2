"""Tables of the briefings.

A row belongs to the side that wrote it, not to a step: each side listens in one briefing and speaks in the other, so
when the order is changed by consent (M15), what was prepared moves along with it.
"""

from goodword.briefings.models.conversation import (
    Answer,
    AnswerNote,
    AskedQuestion,
    BriefingPoint,
    OrderProposal,
    OrderReply,
    PreparedQuestion,
)
from goodword.briefings.models.playback import PassageReply, PlaybackConfirmation, PlaybackRound, SpokenPlayback
from goodword.briefings.models.weighing import (
    Assessment,
    Criterion,
    PeopleEstimate,
    Purpose,
    PurposeRequest,
    ShownPurpose,
)

__all__ = [
    "Answer",
    "AnswerNote",
    "AskedQuestion",
    "Assessment",
    "BriefingPoint",
    "Criterion",
    "OrderProposal",
    "OrderReply",
    "PassageReply",
    "PeopleEstimate",
    "PlaybackConfirmation",
    "PlaybackRound",
    "PreparedQuestion",
    "Purpose",
    "PurposeRequest",
    "ShownPurpose",
    "SpokenPlayback",
]
