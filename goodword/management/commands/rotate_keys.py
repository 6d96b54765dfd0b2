"""`run.py rotate-keys`: a new key for private text."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from goodword.ground.sealing import SealBroken
from goodword.ops import rotating


class Command(BaseCommand):
    """Changes the key of all private text."""

    help = "Give private text a new key. If interrupted, run it again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how long to wait for writers, which tests shorten."""
        parser.add_argument("--settle", type=float, default=rotating.SETTLE)

    def handle(self, *args: Any, **options: Any) -> None:
        """Rotate. Raise CommandError if another rotation runs or a value cannot be opened."""
        try:
            rotating.rotate(self.stdout.write, options["settle"])
        except BlockingIOError as wrong:
            raise CommandError("Another change of keys is running. Wait for it to finish.") from wrong
        except SealBroken as wrong:
            raise CommandError(
                f"Nothing was lost, but {wrong}. Put back the key file that belongs to this database."
            ) from wrong
