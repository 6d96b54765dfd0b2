"""What people change about themselves."""

from collections.abc import Callable

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.ground.refusals import Refusal
from goodword.people.models import Business, Person

_carry: Callable[[Person], object] = bool


def use_carrier(carry: Callable[[Person], object]) -> None:
    """Say who carries what people are called to where they sit."""
    global _carry
    _carry = carry


def details_of(person: Person) -> dict[str, str]:
    """Return a person's details as the form has them."""
    business = person.business
    return {
        "name": person.name,
        "called": person.called,
        "phone": person.phone,
        "zone": person.zone,
        "language": person.language,
        "scheme": person.scheme,
        "business": business.name if business else "",
        "trade": business.trade if business else "",
        "town": business.town if business else "",
    }


def call_oneself(person: Person, name: str) -> None:
    """Keep the name of somebody who has not said it before."""
    person.name = name
    person.save(update_fields=["name"])


def describe(
    person: Person,
    *,
    name: str,
    business: str,
    trade: str,
    town: str,
    called: str = "",
    phone: str = "",
    zone: str = "",
    language: str = "",
    scheme: str = "",
) -> None:
    """Keep a person's name and business. Relationships already begun keep the words they were begun with (D1), but for what
    people call them.
    """
    with transaction.atomic():
        firm = person.business or Business()
        firm.name, firm.trade, firm.town = business, trade, town
        firm.save()
        person.name, person.phone, person.business = name, phone, firm
        person.called, person.scheme, person.language = called, scheme, language
        person.save(update_fields=["name", "called", "phone", "business", "scheme", "language"])
        _carry(person)
        if zone:
            say_zone(person, zone)


def say_zone(person: Person, zone: str) -> None:
    """Keep the zone a person says is theirs: no browser changes it from now on."""
    person.zone, person.zone_said_at = zone, timezone.now()
    person.save(update_fields=["zone", "zone_said_at"])


def take_address(person: Person, address: str) -> None:
    """Give an account that nobody could write to the address its owner has just proven.

    Raises Refusal where that address has an account of its own, which its owner can sign in to.
    """
    with transaction.atomic():
        if Person.objects.having(address):
            raise Refusal(_("There is an account with that address already. Sign out, and sign in with it."), "code")
        person.email = address
        person.save(update_fields=["email"])
        EmailAddress.objects.filter(user=person).delete()
        EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
