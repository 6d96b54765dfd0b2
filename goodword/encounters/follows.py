"""What follows from what happens in this room: verb -> story, rows, news, letter."""

from django.utils.translation import gettext_lazy as _

from goodword.encounters import calendar_entries
from goodword.encounters.actions import agenda
from goodword.encounters.actions.plans import record_first_meeting
from goodword.encounters.mailing import letters
from goodword.relationships.announcements import Announcement, Consequence, Follow
from goodword.relationships.invitations import inviter_seat
from goodword.relationships.journal import JournalLine, Silent, together
from goodword.relationships.verbs import Verb
from goodword.relationships.waits import Kind


def _diary(one: Announcement) -> None:
    calendar_entries.keep(one.thing)


def _plan(one: Announcement) -> None:
    letters.send_plan(one.seat, one.thing, agenda.items_of(one.seat, one.thing))


def _thanks(one: Announcement) -> None:
    letters.send_thanks(one.seat, one.thing, one.facts["text"])


def _attendance(one: Announcement) -> None:
    """Write that somebody can't come, or proposes another time."""
    if one.verb is Verb.ATTENDANCE_NO or one.facts["proposes"]:
        letters.send_absence(one.seat, one.thing, one.facts["moment"], one.facts["proposes"])


def _encounter(one: Announcement) -> tuple[str, str]:
    return "encounter", one.key


FOLLOWS: dict[Verb, Follow] = {
    Verb.ENCOUNTER_PLANNED: Follow(
        JournalLine(_("You planned an encounter"), _("%(name)s planned an encounter")), rows=(_diary,), letter=_plan
    ),
    Verb.ENCOUNTER_MOVED: Follow(
        JournalLine(_("You moved an encounter"), _("%(name)s moved an encounter")), rows=(_diary,), letter=_plan
    ),
    Verb.ENCOUNTER_CALLED_OFF: Follow(together(_("An encounter was called off"))),
    Verb.ENCOUNTER_HELD: Follow(together(_("You met"))),
    Verb.ENCOUNTER_RECORDED: Follow(together(_("You met"))),
    Verb.ATTENDANCE_YES: Follow(
        JournalLine(_("You said the time suits you"), _("%(name)s said the time suits them")), letter=_attendance
    ),
    Verb.ATTENDANCE_MAYBE: Follow(
        JournalLine(_("You may be able to come"), _("%(name)s may be able to come")), letter=_attendance
    ),
    Verb.ATTENDANCE_NO: Follow(
        JournalLine(_("You can’t make the time planned"), _("%(name)s can’t make the time planned")), letter=_attendance
    ),
    Verb.TIMES_OFFERED: Follow(JournalLine(_("You offered times"), _("%(name)s offered times"))),
    Verb.TIME_TAKEN_BACK: Follow(JournalLine(_("You took the time back"), _("%(name)s took the time back"))),
    Verb.AGENDA_CHANGED: Follow(Silent("the plan itself shows it")),
    Verb.AGREED_WRITTEN: Follow(Silent("the encounter shows it, and whoever has to confirm it is asked")),
    Verb.AGREED_CONFIRMED: Follow(Silent("the encounter shows it")),
    Verb.THANKED: Follow(
        JournalLine(_("You thanked %(name)s"), _("%(name)s thanked you")),
        letter=_thanks,
        news=Kind.READ_THANKS,
        news_page=_encounter,
    ),
    Verb.PROMISE_MADE: Follow(JournalLine(_("You wrote down a promise"), _("%(name)s wrote down a promise"))),
    Verb.PROMISE_KEPT: Follow(together(_("A promise was kept"))),
    Verb.PROMISE_RELEASED: Follow(Silent("letting somebody off is not a story")),
}


def _fill_diary(one: Announcement) -> None:
    calendar_entries.keep_for(one.seat)


def _empty_diary(one: Announcement) -> None:
    if leaving := one.facts["leaving"]:
        calendar_entries.clear_for(leaving)


def _empty_diary_of_the_last(one: Announcement) -> None:
    calendar_entries.clear_for(one.seat)


def _record_first_meeting(one: Announcement) -> None:
    """Put the meeting a letter speaks of on the table when the table is shared (M9)."""
    letter = one.facts["letter"]
    if letter.met_on:
        record_first_meeting(inviter_seat(letter), letter.met_on, letter.met_where)


ALSO: dict[Verb, tuple[Consequence, ...]] = {
    Verb.JOINED: (_record_first_meeting,),
    Verb.COLLEAGUE_JOINED: (_fill_diary,),
    Verb.COLLEAGUE_LEFT: (_empty_diary,),
    Verb.SEAT_GIVEN_UP: (_empty_diary_of_the_last,),
}
