"""`run.py break-glass EMAIL --reason … FILE`: open all that somebody keeps here. They are told, before anything is written."""

import os
from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from goodword.account import operators
from goodword.account.queries import archive
from goodword.ground.addresses import tidy_address
from goodword.ground.text import tidy_line
from goodword.people.models import Person


class Command(BaseCommand):
    """Writes a person's archive into a file."""

    help = "Write all that a person keeps here into a file, note it, and tell them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whom, why and where to."""
        parser.add_argument("email")
        parser.add_argument("--reason", required=True)
        parser.add_argument("--file", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        """Note it, then write the file. Raise CommandError for nobody, no reason, or a file that is there."""
        person = Person.objects.filter(email=tidy_address(options["email"]), is_active=True).first()
        reason, path = tidy_line(options["reason"])[:500], Path(options["file"])
        if person is None:
            raise CommandError(f"Nobody here has the address {options['email']}.")
        if len(reason) < 10:
            raise CommandError('Say why, in a sentence that the person will read: --reason "…".')
        try:
            opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as wrong:
            raise CommandError(f"{path} cannot be made: {wrong.strerror}.") from wrong
        operators.note(person, "read", reason)
        with os.fdopen(opened, "wb") as file:
            for piece in archive.stream(person, timezone.now()):
                file.write(piece)
        self.stdout.write(f"{path} holds all of it. It is noted, and a letter goes to {person.email}.")
