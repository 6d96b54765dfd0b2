"""Tables of the reservations room: drawers, the table, checks, the precious ten, write-first-then-reveal."""

from goodword.reservations.models.checking import CheckNotice, CheckRequest, NamingIntention, ReservationCheck, Unease
from goodword.reservations.models.drawers import (
    Draft,
    OwnWorry,
    PendingReservation,
    Pondering,
    PrivateReservation,
    SideReservation,
)
from goodword.reservations.models.table import Remark, TableReservation
from goodword.reservations.models.ten import PreciousLine, PreciousRound
from goodword.reservations.models.together import Reveal, RevealEntry, RevealReadiness

__all__ = [
    "CheckNotice",
    "CheckRequest",
    "Draft",
    "NamingIntention",
    "OwnWorry",
    "PendingReservation",
    "Pondering",
    "PreciousLine",
    "PreciousRound",
    "PrivateReservation",
    "Remark",
    "ReservationCheck",
    "Reveal",
    "RevealEntry",
    "RevealReadiness",
    "SideReservation",
    "TableReservation",
    "Unease",
]
