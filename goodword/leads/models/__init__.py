"""Tables of the leads room: what lies on the table, and what each keeps to themselves."""

from goodword.leads.models.drawers import LeadContact, LeadIdea, LeadLetter, LeadMark, LeadMoney, LeadNote
from goodword.leads.models.table import (
    Lead,
    LeadAnswer,
    LeadConsent,
    LeadIntroduction,
    LeadPerson,
    LeadReport,
    LeadWorth,
)

__all__ = [
    "Lead",
    "LeadAnswer",
    "LeadConsent",
    "LeadContact",
    "LeadIdea",
    "LeadIntroduction",
    "LeadLetter",
    "LeadMark",
    "LeadMoney",
    "LeadNote",
    "LeadPerson",
    "LeadReport",
    "LeadWorth",
]
