"""What we ask of allauth: that signing in goes through its stages, and that it says nothing of its own."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth is untyped
    """allauth without messages and without public sign-up: an account is made when a mailed key is used."""

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """Say nothing: our pages speak for themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False: its sign-up form is not used."""
        return False
