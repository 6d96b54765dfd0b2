"""Each need in words: what to do, where, and why."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goodword.gates.rules import Need
from goodword.relationships.models import Seat

FIRST_LEADS_SAID: dict[str, str | Promise] = {
    "one": gettext_lazy("One"),
    "two_or_three": gettext_lazy("Two or three"),
    "more": gettext_lazy("More"),
}
LEAD_KINDS_SAID: dict[str, str | Promise] = {
    "clients": gettext_lazy("My clients"),
    "business": gettext_lazy("People in business"),
    "friends": gettext_lazy("Friends and neighbours"),
    "mixed": gettext_lazy("Some of each"),
    "unsure": gettext_lazy("Not sure yet"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A need as a page tells it: its name in the table, what to do about it, and the route where that is done."""

    name: str
    todo: str
    route: str


def told(need: Need, seat: Seat) -> Told:
    """Return a need in words for this seat."""
    name = {"name": seat.other.first_name}
    return {
        Need.ENCOUNTER: Told(_("An encounter in this step"), _("Meet or talk in this step, and say so here."), "encounters"),
        Need.TABLE_CLEAR: Told(
            _("No deal-breaker on the table"),
            _("A deal-breaker lies on the table. The gate stays shut until whoever put it there takes it back."),
            "reservations",
        ),
        Need.CHECK: Told(_("Reservation check"), _("Do the reservation check since you last met."), "reservation-check"),
        Need.PLAYBACK: Told(_("Briefing played back"), _("The briefing is to be played back and confirmed."), "briefing"),
        Need.CRITERIA: Told(_("Your criteria"), _("Weigh %(name)s against your own criteria.") % name, "criteria"),
        Need.PEOPLE_KNOWN: Told(
            _("People to introduce"), _("Say whether you know people %(name)s would want to meet.") % name, "people-known"
        ),
        Need.PURPOSE: Told(_("Your purpose"), _("Write down why you want this relationship."), "purpose"),
        Need.AGREEMENT: Told(_("The agreement"), _("Both accept the same version of the agreement."), "agreement"),
        Need.TEACHING: Told(
            _("Teaching, both ways"),
            _("Teach each other whom, what and in which words, say how it feels, and work out together whatever is hard to say."),
            "teaching",
        ),
        Need.OWN_RESERVATIONS: Told(
            _("Your own reservations"), _("Deal with each reservation of your own, or decide that you can live with it."), "reservations"
        ),
    }[need]  # fmt: skip


def missing_sentence(need: Need, seat: Seat) -> str:
    """Return one's own reason why a decision has to wait."""
    return told(need, seat).todo


def promised(number: str, kind: str) -> str:
    """Return how many first leads a side promised at the confirmation, and among whom it will look for them (M29)."""
    leads = {"one": _("one first lead"), "two_or_three": _("two or three first leads"), "more": _("several first leads")}[number]
    among = {
        "clients": _("%(leads)s, among clients"), "business": _("%(leads)s, among people in business"),
        "friends": _("%(leads)s, among friends and neighbours"), "mixed": _("%(leads)s, here and there"),
    }.get(kind, "%(leads)s")  # fmt: skip
    return among % {"leads": leads}
