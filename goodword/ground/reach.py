"""A contact: who it is, and how they are reached. The one parser of ways to reach somebody, used everywhere. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from goodword.ground import addresses, numbers


@dataclass(frozen=True, slots=True)
class Contact:
    """A name, and ways to reach somebody as they were typed: "E-mail: anna@else.example, mobile 0161 496 0111"."""

    name: str
    reach: str = ""

    @property
    def address(self) -> str:
        """The first e-mail address in it, in normal form; empty if there is none."""
        return next(iter(addresses.addresses_in(self.reach)), "")

    def match_keys(self, country: str) -> set[str]:
        """Return what this contact is known again by, in whichever spelling: mailboxes and numbers, read in a country."""
        return {addresses.mailbox(each) for each in addresses.addresses_in(self.reach)} | self._numbers(country)

    def to_ring(self, country: str) -> list[tuple[str, str]]:
        """Return its numbers, each as a telephone dials it and as it was written."""
        return numbers.to_ring(self._without_addresses, country)

    def _numbers(self, country: str) -> set[str]:
        """Return what its numbers are known by."""
        return numbers.match_keys(self._without_addresses, country)

    @property
    def _without_addresses(self) -> str:
        """Its ways without addresses: digits within one are no number."""
        words = (word for word in self.reach.replace(",", " , ").split(" ") if "@" not in word and "＠" not in word)
        return " ".join(words)


def has_number(text: str, contact: Contact, country: str) -> bool:
    """Whether words hold a way to reach anybody, or this contact's own in any spelling."""
    if addresses.addresses_in(text) or numbers.has_number(text, country):
        return True
    own = contact.reach.strip().casefold()
    return bool(Contact("", text).match_keys(country) & contact.match_keys(country)) or (
        len(own) > 5 and own in text.casefold()
    )
