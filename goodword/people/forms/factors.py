"""Shapes of what is shown, typed or scanned beside the mailbox: passkeys, an app's codes, recovery codes."""

from __future__ import annotations

from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import BaseAuthenticateForm
from allauth.mfa.totp.internal.auth import generate_totp_secret, validate_totp_code
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from goodword.ground.sealing import SealBroken
from goodword.people import passkeys
from goodword.people.factors import APP
from goodword.people.limits import allow
from goodword.people.models import Person
from goodword.people.signing_in import digits
from goodword.ui.answers import TextLine

GOOD_FOR = (1 + 2 * app_settings.TOTP_TOLERANCE) * app_settings.TOTP_PERIOD  # seconds in which an app's code passes
CODE = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "short"})


def use_up(person: Person, code: str) -> bool:
    """Use up a code of this person's app; return whether nobody had before, for as long as it passes.

    allauth remembers a code for one step only, and lets the steps beside it pass as well.
    """
    return allow("app-code", f"{person.pk}:{code}", 1, GOOD_FOR)


class FactorCodeForm(BaseAuthenticateForm):  # type: ignore[misc]  # allauth is untyped
    """A code from somebody's app, or one of their recovery codes; blanks and dashes are fine. Holds whose it was."""

    code = TextLine(
        label=_("The code from your app"),
        help_text=_("Or one of your recovery codes."),
        max_length=20,
        error_messages={"required": _("Write the code from your app, or a recovery code")},
        widget=CODE,
    )
    authenticator: Any

    def clean_code(self) -> str:
        """Return the code if it is one of theirs; it is used up by it."""
        self.cleaned_data["code"] = digits(self.cleaned_data["code"])
        code: str = super().clean_code()
        if self.authenticator.type == APP and not use_up(self.user, code):
            raise get_adapter().validation_error("incorrect_code")
        return code


class Credential(forms.JSONField):
    """What a browser says of a passkey, as JSON. `said` is the one sentence for whatever is no such thing."""

    def __init__(self, said: Promise) -> None:
        super().__init__(widget=forms.HiddenInput, error_messages={"required": said, "invalid": said})

    def to_python(self, value: Any) -> Any:
        """Return it read. Raises ValidationError for what is no JSON, or nested without end."""
        try:
            return super().to_python(value)
        except RecursionError as odd:
            raise forms.ValidationError(self.error_messages["invalid"]) from odd


class CredentialForm(forms.Form):
    """What a browser sends of a passkey that was shown. Holds which one it is."""

    credential = Credential(_("No passkey was shown. Try once more."))

    def __init__(self, *args: Any, user: Person | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user
        self.authenticator: Any = None

    def clean_credential(self) -> Any:
        """Return what was sent if it proves one of the passkeys asked for."""
        self.authenticator = passkeys.recognise(self.cleaned_data["credential"], self.user)
        return self.cleaned_data["credential"]


class PasskeyForm(forms.Form):
    """A new passkey: what its owner calls it, and what the browser made."""

    name = TextLine(
        label=_("What shall it be called?"),
        help_text=_("So that you know it in a list: by the device, or where you keep it."),
        max_length=60,
        error_messages={"required": _("Give it a name, like “My telephone”")},
    )
    credential = Credential(_("No passkey was made. Try once more."))

    def clean_credential(self) -> Any:
        """Return what was sent if it was made for the challenge of this session."""
        return passkeys.check_new(self.cleaned_data["credential"])


class AppForm(forms.Form):
    """The first code of an app that has just taken its secret in. The secret travels with the form, sealed for this person."""

    secret = forms.CharField(widget=forms.HiddenInput, max_length=1000)
    code = TextLine(
        label=_("The code the app shows now"),
        max_length=20,
        error_messages={"required": _("Write the six digits the app shows")},
        widget=CODE,
    )

    def __init__(self, *args: Any, person: Person, **options: Any) -> None:
        super().__init__(*args, **options)
        self.person = person
        self.plain = self._secret() if self.is_bound else generate_totp_secret()
        if not self.is_bound:
            self.initial["secret"] = get_adapter().encrypt(f"{person.pk}:{self.plain}")

    def _secret(self) -> str:
        """Return the secret the form carries, or nothing for what was not sealed for this person."""
        try:
            whose, _sep, secret = get_adapter().decrypt(self.data.get("secret", "")).partition(":")
        except (SealBroken, ValueError):
            return ""
        return str(secret) if whose == str(self.person.pk) else ""

    @property
    def link(self) -> str:
        """What the app scans."""
        return str(get_adapter().build_totp_url(self.person, self.plain))

    def clean_code(self) -> str:
        """Return the code if the app took in this very secret; it is used up by it, and signs nobody in."""
        code = digits(self.cleaned_data["code"])
        if not self.plain or not validate_totp_code(self.plain, code) or not use_up(self.person, code):
            raise forms.ValidationError(
                _("That code doesn’t fit. Each is good for half a minute: write the one the app shows now.")
            )
        return code
