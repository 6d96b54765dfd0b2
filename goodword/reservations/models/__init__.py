"""Tables of the reservations room: drawers, the table, checks, the precious ten, write-first-then-reveal."""

from goodword.reservations.models.checking import CheckAsked, CheckDone, NamingIntention, ReservationCheck, Unease
from goodword.reservations.models.drawers import (
    Draft,
    Leaving,
    OwnWorry,
    Pondering,
    PrivateReservation,
    SideReservation,
)
from goodword.reservations.models.table import Remark, TableReservation
from goodword.reservations.models.ten import PreciousLine, PreciousRound
from goodword.reservations.models.together import Reveal, RevealEntry, RevealReady

__all__ = [
    "CheckAsked",
    "CheckDone",
    "Draft",
    "Leaving",
    "NamingIntention",
    "OwnWorry",
    "Pondering",
    "PreciousLine",
    "PreciousRound",
    "PrivateReservation",
    "Remark",
    "ReservationCheck",
    "Reveal",
    "RevealEntry",
    "RevealReady",
    "SideReservation",
    "TableReservation",
    "Unease",
]
