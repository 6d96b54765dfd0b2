"""`run.py distribute`: spreads the tables over a Citus cluster."""

from typing import Any

from django.core.management import BaseCommand, CommandError, CommandParser

from config.environment import WrongSetting
from goodword.ops import distributing


class Command(BaseCommand):
    """Prepares a Citus cluster."""

    help = "Spread the tables over a Citus cluster; what is spread already stays. Run it after every upgrade."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take into how many pieces; Citus's own number where it is not said."""
        parser.add_argument("--shards", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        """Distribute. Raise CommandError with the reason where it cannot be."""
        try:
            distributing.distribute(self.stdout.write, options["shards"])
        except WrongSetting as reason:
            raise CommandError(str(reason)) from reason
