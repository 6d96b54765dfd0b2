"""A mail server that cannot be reached."""

from collections.abc import Sequence

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class NoServer(BaseEmailBackend):
    """Raises as a socket does where nobody listens."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Send nothing. Raises ConnectionRefusedError."""
        raise ConnectionRefusedError
