"""Planning, changing, calling off, holding and recording."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from goodword.encounters import rules
from goodword.encounters.actions import agenda, plans, times
from goodword.encounters.calendar_entries import CalendarEntry
from goodword.encounters.mailing import letters
from goodword.encounters.models import Encounter, OfferedTime
from goodword.encounters.queries import pages
from goodword.encounters.rules import EncounterKind
from goodword.gates import actions as gates
from goodword.ground.refusals import Refusal
from goodword.post.delivery import deliver_due
from goodword.relationships import starting
from goodword.relationships.journal import Event
from goodword.relationships.steps import Role, Step
from tests.cast import Cast, signed_in
from tests.encounters.at_hand import plan_for, planned, soon
from tests.walking import walk


def verbs(cast: Cast) -> list[str]:
    """Return the journal both sides read."""
    return list(Event.objects.visible_to(cast.ben).order_by("created_at", "id").values_list("verb", flat=True))


@pytest.mark.parametrize("kind", list(EncounterKind))
def test_any_kind_can_be_planned_on_the_form(cast: Cast, kind: EncounterKind) -> None:
    place = "The workshop" if kind.has_place else ""
    assert (
        cast.ada_browser.post(
            reverse("encounter-new", args=[cast.key]), plan_for(soon(), kind=kind, place=place)
        ).status_code
        == 302
    )
    it = Encounter.objects.visible_to(cast.ben).get()
    assert it.what is kind
    assert bool(agenda.items_of(cast.ben, it)) == kind.is_talk


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"day": "2020-05-22"}, "Choose a day that is still to come"),
        ({"day": "9999-12-31"}, "within the next two years"),
        ({"day": "soon"}, "Write the day like"),
        ({"time": "25:99"}, "Write the time like 9:30"),
        ({"time": ""}, "Say when it starts"),
        ({"kind": "duel", "place": "Dawn"}, "Choose one of these"),
        ({"minutes": "-1"}, "Choose one of these"),
        ({"place": ""}, "or choose telephone"),
        ({"place": "x" * 10_000}, "at most 200"),
        ({"hope": "🙂" * 10_001}, "at most 10000"),
    ],
)
def test_a_slip_on_the_form_is_said_in_a_sentence_and_nothing_is_planned(
    cast: Cast, wrong: dict[str, str], said: str
) -> None:
    answer = cast.ada_browser.post(reverse("encounter-new", args=[cast.key]), plan_for(soon(), **wrong))
    assert answer.status_code == 422
    assert said in answer.content.decode().replace("10,000", "10000")
    assert not Encounter.objects.visible_to(cast.ada).exists()


def test_an_hour_that_the_clocks_skip_is_not_taken(cast: Cast) -> None:
    spring = dt.date(2027, 3, 28) if timezone.localdate() < dt.date(2027, 3, 28) else dt.date(2028, 3, 26)
    answer = cast.ada_browser.post(
        reverse("encounter-new", args=[cast.key]), plan_for(soon(), day=f"{spring}", time="01:30")
    )
    assert "skip that hour" in answer.content.decode()


def test_changing_a_plan_tells_calendars_once_with_a_higher_sequence(cast: Cast) -> None:
    it = planned(cast.ada)
    deliver_due()
    mail.outbox.clear()
    same = {"kind": EncounterKind.MEETING, "minutes": 60, "place": "The Lantern Café"}
    plans.change(cast.ben, it, planned_at=it.planned_at or soon(), **same)  # type: ignore[arg-type]
    assert deliver_due() == 0
    moved = plans.change(cast.ben, it, planned_at=soon(5), **same)  # type: ignore[arg-type]
    assert moved.sequence == 1
    assert deliver_due() == 2
    assert {one.to[0] for one in mail.outbox} == {"ada@lane.example", "ben@moor.example"}
    assert all(one.subject.startswith("Moved: you and") for one in mail.outbox)
    assert verbs(cast)[-1] == "encounter_moved"


def test_a_longer_meeting_stretches_its_agenda_and_halves_stay_equal(cast: Cast) -> None:
    it = planned(cast.ada)
    now = plans.change(cast.ben, it, kind=EncounterKind.MEETING, planned_at=soon(), minutes=120, place="The workshop")
    slots = agenda.slots_of(agenda.items_of(cast.ada, now))
    assert sum(slot.minutes for slot in slots) == 120
    assert rules.total_of(slots, Role.PROPOSER) == rules.total_of(slots, Role.INVITED)


def test_calling_off_twice_is_once_and_a_held_one_stays_held(cast: Cast) -> None:
    it = planned(cast.ada)
    plans.call_off(cast.ben, it)
    plans.call_off(cast.ada, it)
    assert verbs(cast).count("encounter_called_off") == 1
    with pytest.raises(Refusal):
        plans.mark_held(cast.ada, it)
    done = plans.record(cast.ada, happened_on=timezone.localdate(), place="Here")
    with pytest.raises(Refusal):
        plans.call_off(cast.ada, done)


def test_what_is_still_to_come_was_not_held(cast: Cast) -> None:
    answer = cast.ada_browser.post(reverse("encounter-held", args=[cast.key, planned(cast.ada).key]))
    assert answer.status_code == 409
    assert "still to come" in answer.content.decode()


def test_held_counts_for_the_step_one_is_in_then(cast: Cast) -> None:
    it = planned(cast.ada, timezone.now() + dt.timedelta(minutes=5))
    assert not pages.has_met_in_step(cast.ben)
    walk(cast, Step.FIRST_BRIEFING)
    since = timezone.now()
    plans.mark_held(cast.ada, it)
    plans.mark_held(cast.ben, it)
    assert pages.has_met_in_step(cast.ben)
    assert pages.last_meeting_since(cast.ben, since) is not None
    assert pages.last_meeting_since(cast.ben, timezone.now()) is None
    assert verbs(cast).count("encounter_held") == 1
    last = pages.latest_encounter(cast.ada)
    assert last is not None
    assert last.pk == it.pk


def test_a_recorded_encounter_from_before_the_step_does_not_open_its_gate(cast: Cast) -> None:
    walk(cast, Step.AGREE)
    long_ago = timezone.localdate() - dt.timedelta(days=20)
    plans.record(cast.ada, happened_on=long_ago, place="Here")
    assert not pages.has_met_in_step(cast.ada)
    plans.record(cast.ada, happened_on=long_ago, place="Here", counts_now=True)
    assert pages.has_met_in_step(cast.ada)


def test_after_the_end_pages_stay_readable_and_nothing_is_planned(cast: Cast) -> None:
    it = planned(cast.ada)
    gates.let_go(cast.ben)
    page = cast.ben_browser.get(reverse("encounter", args=[cast.key, it.key]))
    assert page.status_code == 200
    assert "Call it off" not in page.content.decode()
    answer = cast.ada_browser.post(reverse("encounter-new", args=[cast.key]), plan_for(soon()))
    assert answer.status_code == 422
    assert "has ended" in answer.content.decode()


def test_a_strangers_key_is_nothing_here(cast: Cast) -> None:
    it = planned(cast.ada)
    own = starting.start(cast.cleo_person, name="Dan Field")
    assert cast.cleo_browser.get(reverse("encounter", args=[cast.key, it.key])).status_code == 404
    assert cast.cleo_browser.get(reverse("encounter", args=[own.key, it.key])).status_code == 404
    assert cast.cleo_browser.post(reverse("encounter-off", args=[own.key, it.key])).status_code == 404


# ── Alone, before the other joins ──


def test_what_was_planned_alone_is_never_shown_until_it_is_put_on_the_table(cast: Cast) -> None:
    seat = starting.start(cast.cleo_person, name="Ben Moor")
    it = plans.record(seat, happened_on=timezone.localdate(), place="A fair in Leeds")
    assert not pages.has_met_in_step(seat)
    _join(cast, seat)
    from goodword.relationships.doorway import seat_of

    cleo, ben = seat_of(cast.cleo_person, seat.key), seat_of(cast.ben_person, seat.key)
    assert signed_in(cast.ben_person).get(reverse("encounter", args=[seat.key, it.key])).status_code == 404
    assert "Leeds" not in signed_in(cast.ben_person).get(reverse("encounters", args=[seat.key])).content.decode()
    with pytest.raises(Refusal):
        plans.call_off(cleo, it)
    page = cast.cleo_browser.get(reverse("encounter", args=[seat.key, it.key])).content.decode()
    assert "Put on the table" in page
    copy = plans.put_on_table(
        cleo, it, happened_on=timezone.localdate(), place="A fair", kind=EncounterKind.MEETING, text="We go on."
    )
    assert copy.key != it.key
    shown = signed_in(cast.ben_person).get(reverse("encounter", args=[seat.key, copy.key])).content.decode()
    assert "A fair" in shown
    assert "We go on." in shown
    assert "Leeds" not in shown
    assert pages.has_met_in_step(ben)
    with pytest.raises(Refusal):
        plans.put_on_table(cleo, it, happened_on=timezone.localdate(), place="", kind=EncounterKind.MEETING)
    assert [one.key for one in pages.recent(cleo, 9)] == [copy.key]


def _join(cast: Cast, seat: object) -> None:
    from goodword.relationships import invitations

    letter = invitations.write(seat, words="Let us talk.", address="ben@moor.example")  # type: ignore[arg-type]
    invitations.offer(seat, by_mail=False)  # type: ignore[arg-type]
    invitations.answer(letter, "yes")
    letter.refresh_from_db()
    invitations.join(cast.ben_person, letter)


# ── The agenda ──


def test_an_item_made_longer_makes_the_other_half_longer_too(cast: Cast) -> None:
    it = planned(cast.ada)
    item = next(one for one in agenda.items_of(cast.ben, it) if one.half == Role.PROPOSER)
    address = reverse("agenda-item", args=[cast.key, it.key, item.key])
    assert cast.ben_browser.post(address, {"text": "The work, with pictures", "minutes": "20"}).status_code == 302
    slots = agenda.slots_of(agenda.items_of(cast.ada, it))
    assert rules.total_of(slots, Role.PROPOSER) == rules.total_of(slots, Role.INVITED) == 30
    assert "adds up to" in cast.ada_browser.get(reverse("encounter-agenda", args=[cast.key, it.key])).content.decode()
    cast.ada_browser.post(reverse("encounter-agenda", args=[cast.key, it.key]))
    assert sum(slot.minutes for slot in agenda.slots_of(agenda.items_of(cast.ada, it))) == 60
    assert verbs(cast).count("agenda_changed") == 2


def test_items_are_added_moved_and_taken_off_by_either_side(cast: Cast) -> None:
    it = planned(cast.ada)
    new = {"text": "The new showroom", "half": "invited", "minutes": "4"}
    assert cast.ben_browser.post(reverse("agenda-new", args=[cast.key, it.key]), new).status_code == 302
    items = agenda.items_of(cast.ada, it)
    added = next(one for one in items if one.text == "The new showroom")
    assert [one.position for one in items] == list(range(len(items)))
    place = reverse("agenda-place", args=[cast.key, it.key, added.key])
    cast.ada_browser.post(place, {"act": "up"})
    assert agenda.items_of(cast.ada, it).index(added) == added.position - 1
    cast.ada_browser.post(place, {"act": "remove"})
    slots = agenda.slots_of(agenda.items_of(cast.ben, it))
    assert len(slots) == len(items) - 1
    assert rules.total_of(slots, Role.PROPOSER) == rules.total_of(slots, Role.INVITED)


def test_an_agenda_rests_once_the_clock_runs(cast: Cast) -> None:
    from goodword.encounters.actions import table

    it = planned(cast.ada)
    table.mark(cast.ben, it, "start", half=Role.INVITED)
    with pytest.raises(Refusal):
        agenda.fit(cast.ada, it)


# ── Finding a time ──


def test_times_are_offered_and_one_is_picked(cast: Cast) -> None:
    tomorrow = [soon(3), soon(4), soon(5)]
    it = times.offer(cast.ada, kind=EncounterKind.PHONE, minutes=30, place="", starts=tomorrow)
    assert pages.times_waiting(cast.ben) == it
    assert pages.times_waiting(cast.ada) is None
    page = cast.ben_browser.get(reverse("encounter", args=[cast.key, it.key])).content.decode()
    second = times.live(cast.ben, it)[1]
    assert second.key in page
    assert (
        cast.ben_browser.post(reverse("encounter-pick", args=[cast.key, it.key]), {"time": second.key}).status_code
        == 302
    )
    assert pages.next_encounter(cast.ada).planned_at == soon(4)  # type: ignore[union-attr]
    assert pages.times_waiting(cast.ben) is None  # the two that were not picked wait for nobody
    with pytest.raises(Refusal):
        times.pick(cast.ben, it, second.key)


def test_the_other_may_offer_others_and_the_first_ones_are_gone(cast: Cast) -> None:
    it = times.offer(cast.ada, kind=EncounterKind.PHONE, minutes=30, place="", starts=[soon(3)])
    old = times.live(cast.ada, it)[0]
    times.offer_others(cast.ben, it, [soon(6), soon(7)])
    with pytest.raises(Refusal):
        times.pick(cast.ben, it, old.key)
    with pytest.raises(Refusal):
        times.pick(cast.ben, it, times.live(cast.ben, it)[0].key)  # one's own
    times.pick(cast.ada, it, times.live(cast.ada, it)[0].key)


def test_between_one_and_five_times(cast: Cast) -> None:
    for starts in ([], [soon(day) for day in range(2, 8)], [timezone.now() - dt.timedelta(days=1)]):
        with pytest.raises(Refusal):
            times.offer(cast.ada, kind=EncounterKind.PHONE, minutes=30, place="", starts=starts)
    assert not Encounter.objects.visible_to(cast.ada).exists()
    empty = cast.ada_browser.post(reverse("encounter-offer", args=[cast.key]), {"kind": "phone", "minutes": "60"})
    assert empty.status_code == 422
    assert "between one and five times" in empty.content.decode()


def test_ticks_of_a_page_left_open_overnight_still_count(cast: Cast) -> None:
    form = {"kind": "meeting", "minutes": "60", "starts": [soon(40).isoformat(timespec="minutes"), "nonsense"]}
    assert cast.ada_browser.post(reverse("encounter-offer", args=[cast.key]), form).status_code == 422
    form["starts"] = form["starts"][:1]
    assert cast.ada_browser.post(reverse("encounter-offer", args=[cast.key]), form).status_code == 302
    assert OfferedTime.objects.visible_to(cast.ben).count() == 1


def test_a_time_is_picked_from_the_letter_without_signing_in(cast: Cast) -> None:
    it = times.offer(cast.ada, kind=EncounterKind.PHONE, minutes=30, place="", starts=[soon(3), soon(4)])
    deliver_due()
    (letter,) = [one for one in mail.outbox if "offers you times" in one.subject]
    assert letter.to == ["ben@moor.example"]
    link = next(word for word in str(letter.body).split() if "/calendar/times:" in word)
    nobody = Client()
    page = nobody.get(link).content.decode()
    key = times.live(cast.ben, it)[0].key
    assert key in page
    assert not Encounter.objects.visible_to(cast.ada).get().planned_at  # reading changed nothing
    answer = nobody.post(link, {"time": key})
    assert "It is planned" in answer.content.decode()
    assert nobody.get(link[:-3] + "aaa").content.decode().count("no longer on offer")


def test_a_time_a_machine_picked_from_the_letter_is_taken_back_in_one_tap_and_picked_anew(cast: Cast) -> None:
    it = times.offer(cast.ada, kind=EncounterKind.PHONE, minutes=30, place="", starts=[soon(5), soon(6)])
    link, machine, ben = letters.times_link(cast.ben, it), Client(), Client()
    first, second = (one.key for one in times.live(cast.ben, it))
    for key in (first, second):
        machine.post(link, {"time": key})
    page = ben.get(link).content.decode()
    assert "Chosen on" in page and 'value="back"' in page
    assert second in ben.post(link, {"act": "back"}).content.decode(), "the times are on offer again"
    assert not Encounter.objects.visible_to(cast.ada).get().planned_at
    assert not CalendarEntry.objects.exists()
    deliver_due()
    assert [one for one in mail.outbox if one.subject.startswith("Called off") and one.to == ["ada@lane.example"]]
    ben.post(link, {"time": second})
    assert Encounter.objects.visible_to(cast.ada).get().planned_at == soon(6)
    with time_machine.travel(timezone.now() + dt.timedelta(days=3, minutes=1)):
        assert 'value="back"' not in ben.get(link).content.decode()
        assert ben.post(link, {"act": "back"}).status_code == 409


def test_ones_own_clashes_are_told_to_oneself_alone(cast: Cast) -> None:
    elsewhere = starting.start(cast.ada_person, name="Gus Hart")
    planned(elsewhere, soon(4))
    it = times.offer(cast.ben, kind=EncounterKind.PHONE, minutes=60, place="", starts=[soon(4), soon(5)])
    address = reverse("encounter", args=[cast.key, it.key])
    assert cast.ada_browser.get(address).content.decode().count("You see Gus Hart then") == 1
    assert "Gus" not in cast.ben_browser.get(address).content.decode()


def test_a_letter_s_link_shows_no_diary_to_whoever_it_was_passed_on_to(cast: Cast) -> None:
    it = times.offer(cast.ben, kind=EncounterKind.PHONE, minutes=60, place="", starts=[soon(4), soon(5)])
    link, nobody = letters.times_link(cast.ada, it), Client()
    before = nobody.get(link).content.decode()
    planned(starting.start(cast.ada_person, name="Gus Hart"), soon(4))
    after = nobody.get(link).content.decode()
    assert "Gus" not in after and after.count("<button") == before.count("<button") > 1
    assert "disabled" not in after and "nothing can be pressed" not in after
    assert "It is planned" in picked(nobody, link, times.live(cast.ada, it)[0].key)


def picked(browser: Client, link: str, key: str) -> str:
    """Pick a time by a letter's link; return the page that answers."""
    return browser.post(link, {"time": key}).content.decode()
