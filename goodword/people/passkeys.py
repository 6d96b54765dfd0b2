"""Passkeys: a challenge for a browser, and what it answers, proven. allauth and fido2 do the proving.

The challenge of the moment lies in the session. What a browser sends is an attacker's until it is proven: whatever is odd
about it is one and the same sentence (T33).
"""

from __future__ import annotations

import struct
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.internal import auth
from django.core.exceptions import ValidationError

from goodword.people.models import Person

ODD = (TypeError, ValueError, LookupError, AttributeError, RecursionError, struct.error)


def to_make(person: Person) -> dict[str, Any]:
    """Return what a browser needs to make a passkey for this person: one that can sign in by itself."""
    return auth.begin_registration(person, passwordless=True)  # type: ignore[no-any-return]


def check_new(credential: Any) -> dict[str, Any]:
    """Return a credential that was made for the challenge of this session. Raises ValidationError for any other."""
    try:
        auth.parse_registration_response(credential)
        auth.complete_registration(credential)
    except ODD as odd:
        raise _doesnt_fit() from odd
    return credential  # type: ignore[no-any-return]


def to_show(person: Person | None = None) -> dict[str, Any]:
    """Return what a browser needs to show one of this person's passkeys, or anybody's where nobody is known yet."""
    return auth.begin_authentication(person)  # type: ignore[no-any-return]


def recognise(credential: Any, person: Person | None = None) -> Any:
    """Return the row of the passkey that was shown for the challenge of this session. Raises ValidationError for any other."""
    try:
        auth.parse_authentication_response(credential)
        owner = person or auth.extract_user_from_response(credential)
        row = auth.complete_authentication(owner, credential)
    except ODD as odd:
        raise _doesnt_fit() from odd
    row.user = owner
    return row


def _doesnt_fit() -> ValidationError:
    return get_adapter().validation_error("incorrect_code")  # type: ignore[no-any-return]
