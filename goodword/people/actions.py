"""What people change about themselves."""

from django.db import transaction

from goodword.people.models import Business, Person


def details_of(person: Person) -> dict[str, str]:
    """Return a person's details as the form has them."""
    business = person.business
    return {
        "name": person.name,
        "phone": person.phone,
        "zone": person.zone,
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
    phone: str = "",
    zone: str = "",
    scheme: str = "",
) -> None:
    """Keep a person's name and business. Relationships already begun keep the words they were begun with (D1)."""
    with transaction.atomic():
        firm = person.business or Business()
        firm.name, firm.trade, firm.town = business, trade, town
        firm.save()
        person.name, person.phone, person.business = name, phone, firm
        person.zone, person.scheme = zone or person.zone, scheme
        person.save(update_fields=["name", "phone", "business", "zone", "scheme"])
