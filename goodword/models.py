"""The register: every room's models, for Django only, and where third parties' tables stand."""

from goodword.agreements.models import Acceptance, AgreementVersion, OfferedClause, VersionClause
from goodword.ops.models import Beat, DueJob
from goodword.people.models import Business, Person, SignInKey
from goodword.post.models import OutboxLetter, Suppressed
from goodword.relationships.models import Event, Invitation, Relationship, Seat, Side

__all__ = [
    "Acceptance",
    "AgreementVersion",
    "OfferedClause",
    "VersionClause",
    "Beat",
    "DueJob",
    "Business",
    "Event",
    "Invitation",
    "OutboxLetter",
    "Person",
    "Relationship",
    "Seat",
    "Side",
    "SignInKey",
    "Suppressed",
]
