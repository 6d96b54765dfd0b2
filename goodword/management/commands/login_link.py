"""`run.py login-link EMAIL`: a way in without a mail."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from goodword.account import operators
from goodword.ground.addresses import tidy_address
from goodword.ops.up import sign_in_link
from goodword.people import factors
from goodword.people.models import Person


class Command(BaseCommand):
    """Prints a sign-in link."""

    help = "Print a sign-in link for this address that works once, for ten minutes."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address."""
        parser.add_argument("email")
        parser.add_argument("--without-second-step", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the link. Raise CommandError for something that is no address."""
        address = tidy_address(options["email"])
        try:
            validate_email(address)
        except ValidationError as wrong:
            raise CommandError(
                f"{options['email']} is not an e-mail address. Write one such as you@example.com."
            ) from wrong
        if options["without_second_step"]:
            factors.take_all_away(Person.objects.at(address))
        person = Person.objects.filter(email=address, is_active=True).first()
        if person and person.name:  # of an account that nobody has used yet there is nobody to tell
            operators.note(person, "login-link")
        self.stdout.write(sign_in_link(address))
