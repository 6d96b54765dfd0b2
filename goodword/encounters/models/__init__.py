"""Tables of the encounters room: the encounter and what belongs to it, and what is written down about it."""

from goodword.encounters.models.notes import Conclusion, ConclusionConfirmation, JointNote, OwnNote, SideNote, Thanks
from goodword.encounters.models.table import (
    AgendaItem,
    Attendance,
    ClockMark,
    Encounter,
    OfEncounter,
    OfferedTime,
    Promise,
)

__all__ = [
    "AgendaItem",
    "Attendance",
    "ClockMark",
    "Conclusion",
    "ConclusionConfirmation",
    "Encounter",
    "JointNote",
    "OfEncounter",
    "OfferedTime",
    "OwnNote",
    "Promise",
    "SideNote",
    "Thanks",
]
