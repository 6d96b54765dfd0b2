"""The rules of the method that are kept in the encounters room."""

from __future__ import annotations

import datetime as dt

import time_machine
from django.urls import reverse
from django.utils import timezone

from goodword.encounters import rules
from goodword.encounters.actions import agenda, reminders, writing
from goodword.encounters.models import Encounter, OwnNote
from goodword.encounters.queries import pages
from goodword.encounters.rules import EncounterKind
from goodword.playbook.shelf import playbook
from goodword.relationships import invitations, starting
from goodword.relationships.doorway import seat_of
from goodword.relationships.steps import Role, Step
from tests.cast import Cast
from tests.encounters.at_hand import plan_for, planned, soon
from tests.walking import walk


def test_m3_a_step_holds_as_many_encounters_of_any_kind_as_it_needs(cast: Cast) -> None:
    for kind in EncounterKind:
        form = {"happened_on": f"{timezone.localdate()}", "place": "Somewhere", "kind": kind}
        assert cast.ada_browser.post(reverse("encounter-record", args=[cast.key]), form).status_code == 302
        place = "Here" if kind.has_place else ""
        assert (
            cast.ben_browser.post(
                reverse("encounter-new", args=[cast.key]), plan_for(soon(), kind=kind, place=place)
            ).status_code
            == 302
        )
    assert Encounter.objects.on_table(cast.ada).count() == 2 * len(EncounterKind)
    assert pages.has_met_in_step(cast.ben)


def test_m7_a_first_meeting_is_split_in_two_equal_halves_and_a_clock_shows_them(cast: Cast) -> None:
    for minutes in (30, 60, 90, 120):
        it = planned(cast.ada, minutes=minutes)
        slots = agenda.slots_of(agenda.items_of(cast.ben, it))
        assert sum(slot.minutes for slot in slots) == minutes
        assert rules.total_of(slots, Role.PROPOSER) == rules.total_of(slots, Role.INVITED) > 0
        assert it.planned_at
        with time_machine.travel(it.planned_at):  # before its day it is a preview, without the clock
            page = cast.ben_browser.get(reverse("table", args=[cast.key, it.key])).content.decode()
        assert 'role="timer"' in page
        assert page.count(f"{minutes // 2} min<") == 2


def test_m8_the_first_meeting_covers_the_person_and_asks_each_alone_whether_they_enjoyed_it(cast: Cast) -> None:
    it = planned(cast.ada)
    texts = [item.text for item in agenda.items_of(cast.ben, it)]
    assert sum(text.startswith("The person") for text in texts) == 2
    writing.say_rapport(cast.ben, it, "Good company")
    assert OwnNote.objects.visible_to(cast.ben).get().text.unseal(cast.ben) == "Good company"
    assert not OwnNote.objects.visible_to(cast.ada).exists()


def test_m9_we_met_last_tuesday_takes_two_fields_and_is_as_good_as_planning(cast: Cast) -> None:
    tuesday = timezone.localdate() - dt.timedelta(days=6)
    form = {"happened_on": f"{tuesday}", "place": "The Lantern Café", "kind": "meeting"}  # the kind is there already
    assert cast.ben_browser.post(reverse("encounter-record", args=[cast.key]), form).status_code == 302
    assert pages.has_met_in_step(cast.ada)


def test_m9_the_meeting_the_letter_speaks_of_counts_from_the_moment_the_table_is_laid(cast: Cast) -> None:
    tuesday = timezone.localdate() - dt.timedelta(days=6)
    seat = starting.start(cast.cleo_person, name="Ben Moor")
    letter = invitations.write(
        seat, words="It was good to talk.", address="ben@moor.example", met_on=tuesday, met_where="A fair"
    )
    invitations.offer(seat, by_mail=False)
    invitations.answer(letter, "yes")
    letter.refresh_from_db()
    invitations.join(cast.ben_person, letter)
    ben = seat_of(cast.ben_person, seat.key)
    cast.ben_browser.post(reverse("encounter-first", args=[seat.key]))  # pressed as well: still one
    held = pages.latest_encounter(ben)
    assert held is not None
    assert (held.happened_on, held.place) == (tuesday, "A fair")
    assert Encounter.objects.on_table(ben).count() == 1
    assert pages.has_met_in_step(ben)


def test_m11_m13_the_first_agenda_explains_the_rest_with_reservations_and_asks_for_stage_two(cast: Cast) -> None:
    items = agenda.items_of(cast.ben, planned(cast.ada))
    joint = " ".join(item.text + item.hint for item in items if item.half == "both")
    assert "two briefings" in joint
    assert "eservations, gently" in joint
    assert "until next time" in joint
    assert "go on to the briefings" in joint


def test_m13_a_day_before_each_encounter_both_get_a_reminder_with_what_will_be_asked(cast: Cast) -> None:
    it = planned(cast.ada, soon(4))
    assert it.planned_at
    assert reminders.put_due(it.planned_at - dt.timedelta(hours=20)) == 1
    assert reminders.put_due(it.planned_at - dt.timedelta(hours=19)) == 0


def test_m16_m19_m25_in_a_briefing_the_speaker_has_the_floor_and_the_listener_asks(cast: Cast) -> None:
    for step, speaks in ((Step.FIRST_BRIEFING, Role.INVITED), (Step.SECOND_BRIEFING, Role.PROPOSER)):
        walk(cast, step)
        items = agenda.items_of(cast.ada, planned(cast.ada))
        asks = [item.text for item in items if item.half == speaks.other]
        by_name = {entry.id.split("_", 1)[1]: entry.text for entry in playbook().agenda(step.slug).items}
        assert by_name["questions"] in asks
        assert by_name["reservations"] in asks
        assert by_name["next"] in [item.text for item in items if item.half == "both"]


def test_m34_a_follow_up_is_looser_and_brings_back_what_was_promised(cast: Cast) -> None:
    walk(cast, Step.ADVOCATE)
    it = planned(cast.ada)
    writing.promise(cast.ben, it, role=Role.INVITED, what="Ring the surveyor", due_on=None)
    following = planned(cast.ada, soon(20))
    page = cast.ada_browser.get(reverse("encounter", args=[cast.key, following.key])).content.decode()
    assert "Ring the surveyor" in page
    assert all(item.half == "both" for item in agenda.items_of(cast.ada, following))
    assert 'role="timer"' not in cast.ada_browser.get(reverse("table", args=[cast.key, following.key])).content.decode()


def test_every_step_of_the_playbook_has_an_agenda_that_can_be_cut_to_half_an_hour(cast: Cast) -> None:
    for step in Step:
        walk(cast, step)
        items = agenda.items_of(cast.ada, planned(cast.ada, minutes=30))
        if step is not Step.ADVOCATE:  # that agenda writes itself, without minutes (M34)
            assert len(items) == len(playbook().agenda(step.slug).items)
            assert sum(item.minutes for item in items) == 30
