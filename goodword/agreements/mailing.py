"""Letters about the agreement: that there are new words, that they were accepted. Never the words themselves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from goodword.agreements.models import AgreementVersion
from goodword.post.letters import LetterKind, register
from goodword.relationships.mailing import address_of, has_open_seat, to_other_side
from goodword.relationships.models import Seat

TAKES = frozenset({"name", "number", "link"})


def send_version(seat: Seat, version: AgreementVersion) -> None:
    """Tell the other side that a version lies on the table (D3)."""
    _send(seat, "agreement-version", version)


def send_acceptance(seat: Seat, version: AgreementVersion) -> None:
    """Tell the other side that their version is accepted, and in force (D3)."""
    _send(seat, "agreement-accepted", version)


def _send(seat: Seat, kind: str, version: AgreementVersion) -> None:
    to_other_side(
        seat,
        kind,
        once=f"{kind}:{version.key}",
        name=seat.side.first_name,
        number=version.number,
        link=address_of(seat, "agreement"),
    )


def _version(values: Mapping[str, Any]) -> str:
    return _("%(name)s has written how it could work") % values


def _acceptance_subject(values: Mapping[str, Any]) -> str:
    return _("You and %(name)s agree on how it is going to work") % values


def register_letters() -> None:
    """Register the letters of this room."""
    register(LetterKind("agreement-version", "agreements/letters/version", _version, TAKES, has_open_seat))
    register(LetterKind("agreement-accepted", "agreements/letters/accepted", _acceptance_subject, TAKES, has_open_seat))
