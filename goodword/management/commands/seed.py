"""`run.py seed`: synthetic rows, for measuring."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from goodword.ops import seeding
from goodword.ops.up import sign_in_link


class Command(BaseCommand):
    """Fills an empty data folder."""

    help = "Fill an empty data folder with synthetic rows, for measuring."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take how many."""
        parser.add_argument("--relationships", type=int, default=1_000)
        parser.add_argument("--leads", type=int, default=5_000)

    def handle(self, *args: Any, **options: Any) -> None:
        """Seed. Raise CommandError where real people live or a number makes no sense."""
        if options["relationships"] < 1 or options["leads"] < 0:
            raise CommandError("Write how many, such as --relationships 1000 --leads 5000.")
        try:
            me = seeding.seed(options["relationships"], options["leads"], self.stdout.write)
        except seeding.RealPeople as wrong:
            raise CommandError(
                "Real people live in this data folder, and synthetic rows would mix with theirs."
                " Choose an empty one: run.py seed --data /tmp/goodword-synthetic"
            ) from wrong
        self.stdout.write(f"Sign in as {me.email}:  {sign_in_link(me.email)}")
