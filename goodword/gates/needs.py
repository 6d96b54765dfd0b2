"""The needs, one row each: what it is called, when it is met, where it is met, and how it waits. The gates name them in `rules`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from goodword.agreements import queries as agreements
from goodword.agreements.waiting import agreement
from goodword.briefings import waiting as briefings_waiting
from goodword.briefings.queries import facts as briefings
from goodword.encounters.queries import pages as encounters
from goodword.gates.rules import Need
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.relationships.waits import Wait
from goodword.reservations import queries as reservations
from goodword.reservations import waiting as reservations_waiting
from goodword.teaching.queries import pages as teaching
from goodword.teaching.waiting import teaching as teaching_waits

Text = str | Promise
Fulfilment = tuple[bool, bool]  # on our side, and visibly on theirs; what is private is never met visibly


@dataclass(frozen=True)
class NeedFacts:
    """What the needs of one seat are read from: the seat, and from when on what a gate needs has to be."""

    seat: Seat
    since: dt.datetime

    @cached_property
    def meeting_times(self) -> tuple[dt.datetime | None, dt.datetime | None]:
        """When the two first met in this step, and when they last did."""
        return encounters.meeting_times(self.seat, self.since)


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One need.

    `name` is what the table before the gate calls it, `missing` what one's own side is told while it is (`%(name)s`: the other's
    first name), `page` the route of the page where it is met, `met` whether it is, and `waits` how it waits for a seat that can
    meet it by itself at any time.
    """

    name: Text
    missing: Text
    page: str
    met: Callable[[NeedFacts], Fulfilment]
    waits: Callable[[Seat], Wait | list[Wait]] | None = None


def _encounter(facts: NeedFacts) -> Fulfilment:
    _first, last = facts.meeting_times
    return last is not None, last is not None


def _table_clear(facts: NeedFacts) -> Fulfilment:
    clear = not reservations.deal_breaker_on_table(facts.seat)
    return clear, clear


def _check(facts: NeedFacts) -> Fulfilment:
    """A briefing asks once after it was held, however often the two meet about it; the confirmation asks once more (M6, M28)."""
    first, last = facts.meeting_times
    briefing = facts.seat.at in (Step.FIRST_BRIEFING, Step.SECOND_BRIEFING)
    return reservations.checks_since(facts.seat, (first if briefing else last) or facts.since)


def _playback(facts: NeedFacts) -> Fulfilment:
    confirmed = briefings.playback_is_confirmed(facts.seat, facts.seat.at)
    return confirmed, confirmed


def _criteria(facts: NeedFacts) -> Fulfilment:
    weighed, total = briefings.weighed_criteria(facts.seat)
    return weighed == total > 0 and not briefings.unmet_criteria(facts.seat), False


def _people_estimate(facts: NeedFacts) -> Fulfilment:
    return briefings.has_said_whom_it_knows(facts.seat, facts.seat.at), False


def _purpose(facts: NeedFacts) -> Fulfilment:
    return briefings.has_purpose(facts.seat), False


def _agreement(facts: NeedFacts) -> Fulfilment:
    accepted = all(agreements.acceptance_of_both(facts.seat))
    return accepted, accepted


def _teaching(facts: NeedFacts) -> Fulfilment:
    standing = teaching.standing(facts.seat)
    through = all(standing.given) and standing.complete
    return through and standing.heard[0], through and standing.heard[1]


def _own_reservations(facts: NeedFacts) -> Fulfilment:
    return not reservations.own_open(facts.seat) and not reservations.has_unnamed(facts.seat), False


NEEDS: dict[Need, NeedRow] = {
    Need.ENCOUNTER: NeedRow(
        _("An encounter in this step"), _("Meet or talk in this step, and say so here."), "encounters", _encounter
    ),
    Need.TABLE_CLEAR: NeedRow(
        _("No deal-breaker on the table"),
        _("A deal-breaker lies on the table. The gate stays shut until whoever put it there takes it back."),
        "reservations",
        _table_clear,
        reservations_waiting.table_clear,
    ),
    Need.CHECK: NeedRow(
        _("Reservation check"),
        _("Say whether anything makes you hesitate, since you last met."),
        "reservation-check",
        _check,
        reservations_waiting.check,
    ),
    Need.PLAYBACK: NeedRow(
        _("Briefing played back"),
        _("The briefing is to be played back and confirmed."),
        "playback",
        _playback,
        briefings_waiting.playback,
    ),
    Need.CRITERIA: NeedRow(
        _("Your criteria"),
        _("Say whether %(name)s is what you look for in an advocate."),
        "criteria",
        _criteria,
        briefings_waiting.criteria,
    ),
    Need.PEOPLE_KNOWN: NeedRow(
        _("People to introduce"),
        _("Say whether you know people %(name)s would want to meet."),
        "people-known",
        _people_estimate,
        briefings_waiting.people_estimate,
    ),
    Need.PURPOSE: NeedRow(
        _("Your purpose"),
        _("Write down why you want this relationship."),
        "purpose",
        _purpose,
        briefings_waiting.purpose,
    ),
    Need.AGREEMENT: NeedRow(
        _("The agreement"), _("Both accept the same version of the agreement."), "agreement", _agreement, agreement
    ),
    Need.TEACHING: NeedRow(
        _("Teaching, both ways"),
        _(
            "Teach each other whom, what and in which words, say how it feels, and work out together whatever is hard to say."
        ),
        "teaching",
        _teaching,
        teaching_waits,
    ),
    Need.OWN_RESERVATIONS: NeedRow(
        _("Your own reservations"),
        _("Deal with each reservation of your own, or decide that you can live with it."),
        "reservations",
        _own_reservations,
        reservations_waiting.own,
    ),
}


def missing_sentence(need: Need, seat: Seat) -> str:
    """Return one's own reason why a decision has to wait."""
    return str(NEEDS[need].missing) % {"name": seat.other.first_name}
