"""`run.py move-files`: files that lie in the database go into the store, or back."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser

from goodword.ground.stores import StoreAway
from goodword.ops import files


class Command(BaseCommand):
    """Moves all files to where files lie by now."""

    help = "Move files from the database into the store. If interrupted, run it again."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take whether they come back."""
        parser.add_argument("--back", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Move them. Raise CommandError where no store is set, or it does not answer."""
        if settings.FILES is None:
            raise CommandError("No store is set: see GOODWORD_FILES_FOLDER and GOODWORD_FILES_S3_URL.")
        try:
            moved = files.move_back() if options["back"] else files.move()
        except StoreAway as away:
            raise CommandError(
                f"The store for files does not answer as it should: {away}. Run it again then."
            ) from away
        self.stdout.write(f"{moved} moved.")
