"""`manage.py worker`: one worker, until it is told to stop."""

from typing import Any

from django.core.management import BaseCommand

from goodword.ops.worker import Worker


class Command(BaseCommand):
    """Runs one worker."""

    help = "Send letters and run recurring jobs until stopped."

    def handle(self, *args: Any, **options: Any) -> None:
        """Work until SIGTERM or Ctrl-C."""
        Worker().run()
