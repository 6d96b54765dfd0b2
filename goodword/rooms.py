"""The one list of rooms: what each brings to the house, taken in once when Django is ready.

The order matters where several rooms do something about one act: rows are written from top to bottom.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.core.checks import register

from goodword.account import mailing as account_mailing
from goodword.agreements import follows as agreements
from goodword.agreements import mailing as agreements_mailing
from goodword.agreements.actions import clause_from_reservation
from goodword.alone import follows as alone
from goodword.alone import half_minute as alone_half_minute
from goodword.alone.queries.on_leads import slips_of
from goodword.alone.waiting import waiting as alone_waiting
from goodword.briefings import follows as briefings
from goodword.briefings import half_minute as briefings_half_minute
from goodword.briefings import mailing as briefings_mailing
from goodword.briefings.waiting import waiting as briefings_waiting
from goodword.desk.queries.beginning import beginning
from goodword.encounters import follows as encounters
from goodword.encounters.actions import agenda as encounters_agenda
from goodword.encounters.mailing import letters as encounters_mailing
from goodword.encounters.queries.next_dates import use_rhythm
from goodword.encounters.queries.pages import last_meeting
from goodword.encounters.waiting import waiting as encounters_waiting
from goodword.followups import follows as followups
from goodword.followups import half_minute as followups_half_minute
from goodword.followups import mailing as followups_mailing
from goodword.followups.queries.pages import date_at_parting, topics
from goodword.followups.waiting import waiting as followups_waiting
from goodword.gates import follows as gates
from goodword.gates import mailing as gates_mailing
from goodword.gates.waiting import waiting as gates_waiting
from goodword.leads import follows as leads
from goodword.leads import half_minute as leads_half_minute
from goodword.leads.mailing import letters as leads_mailing
from goodword.leads.queries.listing import slips_from
from goodword.leads.waiting import in_seats as leads_in_seats
from goodword.leads.waiting import waiting as leads_waiting
from goodword.people import mailing as people_mailing
from goodword.people.actions import use_carrier
from goodword.people.hours import hours_of
from goodword.people.languages import reader_of
from goodword.people.signing_in import waits_for
from goodword.post import mailing as post_mailing
from goodword.post.delivery import languages_from
from goodword.post.timing import use_hours
from goodword.profiles import follows as profiles
from goodword.profiles import half_minute as profiles_half_minute
from goodword.relationships import announcements, holding, waiting, waits
from goodword.relationships import follows as hall
from goodword.relationships import mailing as hall_mailing
from goodword.relationships.alone import waiting_for_answer
from goodword.relationships.announcements import Consequence, Follow
from goodword.relationships.invitations import keep_for
from goodword.relationships.meetings import use_last_meeting
from goodword.relationships.naming import carry
from goodword.relationships.verbs import Verb
from goodword.reservations import follows as reservations
from goodword.reservations import mailing as reservations_mailing
from goodword.reservations.actions.table import clauses_go_to
from goodword.reservations.waiting import waiting as reservations_waiting
from goodword.teaching import follows as teaching
from goodword.teaching import mailing as teaching_mailing
from goodword.teaching.own import begins_with
from goodword.teaching.waiting import waiting as teaching_waiting
from goodword.ui.doors import check_doors

Letters = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Room:
    """What a room brings: its letters, what follows from its verbs, what it does about others' verbs, what it waits for."""

    name: str
    letters: Letters | None = None
    follows: Mapping[Verb, Follow] | None = None
    also: Mapping[Verb, tuple[Consequence, ...]] | None = None
    waiting: waits.Room | None = None
    releases: Mapping[str, holding.Release] | None = None  # what is held back for half a minute: kind -> the act


ROOMS = (
    Room("post", letters=post_mailing.register_letters),
    Room("people", letters=people_mailing.register_letters),
    Room("relationships", hall_mailing.register_letters, hall.FOLLOWS, waiting=waiting_for_answer),
    Room("encounters", encounters_mailing.register_letters, encounters.FOLLOWS, encounters.ALSO, encounters_waiting),
    Room("reservations", reservations_mailing.register_letters, reservations.FOLLOWS, waiting=reservations_waiting),
    Room(
        "briefings",
        briefings_mailing.register_letters,
        briefings.FOLLOWS,
        waiting=briefings_waiting,
        releases=briefings_half_minute.RELEASES,
    ),
    Room("agreements", agreements_mailing.register_letters, agreements.FOLLOWS),
    Room("teaching", teaching_mailing.register_letters, teaching.FOLLOWS, waiting=teaching_waiting),
    Room("profiles", follows=profiles.FOLLOWS, also=profiles.ALSO, releases=profiles_half_minute.RELEASES),
    Room("leads", leads_mailing.register_letters, leads.FOLLOWS, leads.ALSO, leads_waiting, leads_half_minute.RELEASES),
    Room(
        "followups",
        followups_mailing.register_letters,
        followups.FOLLOWS,
        waiting=followups_waiting,
        releases=followups_half_minute.RELEASES,
    ),
    Room("gates", gates_mailing.register_letters, gates.FOLLOWS, waiting=gates_waiting),
    Room("alone", follows=alone.FOLLOWS, waiting=alone_waiting, releases=alone_half_minute.RELEASES),
    Room("account", letters=account_mailing.register_letters),
)


def open_all() -> None:
    """Open every room. Raises LookupError for a verb nobody or two rooms answer for: the house does not start."""
    register(check_doors)
    for room in ROOMS:
        if room.letters:
            room.letters()
    announcements.use_tables((room.follows or {} for room in ROOMS), (room.also or {} for room in ROOMS))
    waiting.use_rooms((room.waiting for room in ROOMS if room.waiting), leads_in_seats)
    holding.use_acts({kind: act for room in ROOMS for kind, act in (room.releases or {}).items()})
    _answer_from_above()


def _answer_from_above() -> None:
    """Let rooms ask what only a room above or beside them knows: the next date at parting, where a clause goes, where somebody
    sits who says what people call them, in which language an address is read, at which hours letters come, what
    one's own teaching begins with, when the two met before a letter, and which leads one keeps alone."""
    begins_with(beginning)
    slips_from(slips_of)
    use_carrier(carry)
    waits_for(keep_for)
    languages_from(reader_of)
    use_hours(hours_of)
    use_rhythm(date_at_parting)
    use_last_meeting(last_meeting)
    encounters_agenda.use_topics(topics)
    clauses_go_to(clause_from_reservation)
