"""Letters as files, where no SMTP server is configured: each one an `.eml` that any mail program opens."""

import time
from collections.abc import Sequence
from email.generator import BytesGenerator
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class FolderBackend(BaseEmailBackend):
    """Writes each message into the data folder's `mail` (0700), named by the moment it went."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the messages; return how many. Raises OSError when the folder cannot be written to."""
        folder = Path(getattr(settings, "EMAIL_FILE_PATH", "mail"))
        folder.mkdir(mode=0o700, exist_ok=True)
        for message in email_messages:
            path = folder / f"{time.strftime('%Y%m%d-%H%M%S')}-{time.time_ns() % 10**9:09d}.eml"
            with path.open("wb") as file:  # Django's own `as_bytes` takes other arguments from version to version
                BytesGenerator(file, mangle_from_=False).flatten(message.message(), linesep="\r\n")
        return len(email_messages)
