"""What we ask of allauth: that signing in goes through its stages, that it says nothing of its own, and how it keeps secrets."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from goodword.people import devices, signing_in
from goodword.people.limits import place_of

PLACE = b"goodword.people.factors"  # what binds a factor's secret: to this use of the keys, and no column of text


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """allauth without messages and without public sign-up: an account is made when a mailed key is used."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _("That was tried very often. Wait five minutes and try again."),
        "rate_limited": _("That was tried very often. Wait five minutes and try again."),
    }

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: our pages speak for themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: its sign-up form is not used."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Return where a request comes from, counted as our own limits count it."""
        return place_of(request) or "nowhere"

    def login(self, request: HttpRequest, user: Any) -> None:
        """Begin the session, whichever way somebody has come in, and note where."""
        super().login(request, user)
        signing_in.note_session(request, user)

    def post_login(self, request: HttpRequest, user: Any, **more: Any) -> HttpResponse:
        """Answer with the way on, and have the browser be known by its cookie."""
        answer: HttpResponse = super().post_login(request, user, **more)
        devices.remember(request, user, answer)
        return answer


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """Passkeys, apps and recovery codes with our name on them, their secrets sealed with the key outside the database (T24)."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("That didn’t fit. Look again, and try once more."),
    }

    def encrypt(self, text: str) -> str:
        """Seal a secret for the database."""
        return base64.b64encode(settings.KEY_RING.seal(text, PLACE)).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open what `encrypt` sealed."""
        return str(settings.KEY_RING.open(base64.b64decode(encrypted_text), PLACE))

    def get_totp_issuer(self) -> str:
        """Return what an app files our codes under."""
        return "Goodword"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Return whose passkeys these are: this host's."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Goodword"}

    def get_public_key_credential_user_entity(self, user: Any) -> dict[str, Any]:
        """Return whose account a passkey opens, as their device will call it."""
        entity: dict[str, Any] = super().get_public_key_credential_user_entity(user)
        return {**entity, "display_name": user.name or user.email}
