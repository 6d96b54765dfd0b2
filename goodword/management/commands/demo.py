"""`run.py demo`: a small living world to look at."""

from typing import Any

from django.core.management import BaseCommand

from goodword.ops import demo
from goodword.ops.up import sign_in_link


class Command(BaseCommand):
    """Builds the demo world and prints a way in for each person."""

    help = "Build a small living world and print a sign-in link for each person. Running it twice does no harm."

    def handle(self, *args: Any, **options: Any) -> None:
        """Build what is missing, then print the links."""
        for sentence in demo.build():
            self.stdout.write(f"  {sentence}")
        self.stdout.write(
            "\nSign-in links; each works once, for ten minutes. For a new one: python3 run.py login-link ADDRESS\n"
        )
        for one in demo.everybody():
            self.stdout.write(f"  {one.name:<16} {one.address:<36} {sign_in_link(one.address)}")
