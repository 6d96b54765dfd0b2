"""What is done with encounters: planned, changed, called off, held, recorded afterwards, put on the table."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from goodword.encounters import calendar_entries
from goodword.encounters.actions import agenda, attending
from goodword.encounters.mailing import letters
from goodword.encounters.models import Conclusion, Encounter, SideNote
from goodword.encounters.rules import EncounterKind, step_of
from goodword.encounters.wording import zone_name
from goodword.ground import moments
from goodword.ground.refusals import Refusal
from goodword.relationships.acting import Act, acting
from goodword.relationships.models import Relationship, Seat
from goodword.relationships.steps import Step
from goodword.relationships.verbs import Verb
from goodword.ui import languages

EARLY = dt.timedelta(hours=24)
MOST_PLANS = 50


def must_be_joint(encounter: Encounter) -> None:
    """Refuse to add something both would see to an encounter only one side sees."""
    if encounter.relationship.shared_since is not None and not calendar_entries.on_table(encounter):
        raise Refusal(_("Only your side sees this one so far. Put it on the table first."))


def fresh(seat: Seat, encounter: Encounter) -> Encounter:
    """Return the encounter as it is now, within the act's lock."""
    now: Encounter = Encounter.objects.visible_to(seat).select_related("relationship").get(pk=encounter.pk)
    return now


def still_open(seat: Seat, encounter: Encounter) -> Encounter:
    """Return the encounter as it is now; refuse if it was held or called off meanwhile, or has been put on the
    table as another."""
    now = fresh(seat, encounter)
    if now.settled or now.tabled_as_id:
        raise Refusal(_("This one is over, so its plan stays as it was."))
    must_be_joint(now)
    return now


def plan(
    seat: Seat, *, kind: EncounterKind, planned_at: dt.datetime | None, minutes: int, place: str, hope: str = ""
) -> Encounter:
    """Plan an encounter of any kind (M3), with the step's agenda in two equal halves (M7); tell both sides' calendars.

    `hope` stays with our side. Without a time it is one for which times are being offered. Raises Refusal after the
    end.
    """
    with acting(seat) as act:
        _not_too_many(seat)
        encounter = Encounter.objects.write(
            seat,
            kind=kind,
            planned_at=planned_at,
            zone=zone_name(seat),
            minutes=minutes,
            place=place,
            step=seat.at,
            created_at=act.now,
            plan_set_at=act.now,
        )
        encounter.relationship = act.relationship
        agenda.copy_from_playbook(seat, encounter)
        if hope:
            SideNote.objects.write(seat, encounter=encounter, what="hope", text=hope)
        if planned_at is not None:
            announce(act, encounter, Verb.ENCOUNTER_PLANNED)
        return encounter


def _not_too_many(seat: Seat) -> None:
    if (
        Encounter.objects.visible_to(seat).filter(held_at=None, called_off_at=None, tabled_as=None).count()
        >= MOST_PLANS
    ):
        raise Refusal(_("Many are planned here already. Hold one, or call one off, then plan the next."))


def announce(act: Act, encounter: Encounter, verb: Verb) -> None:
    """Let a plan be known, and that whoever made it comes."""
    attending.takes_it_on(act, encounter)
    act.announce(verb, encounter)


def change(
    seat: Seat, encounter: Encounter, *, kind: EncounterKind, planned_at: dt.datetime, minutes: int, place: str
) -> Encounter:
    """Change a plan; calendars get an update. Nothing changed sends nothing. Raises Refusal once it is over."""
    with acting(seat) as act:
        now = still_open(seat, encounter)
        had_time, length = now.planned_at is not None, now.minutes
        if (now.kind, now.planned_at, now.minutes, now.place) == (kind, planned_at, minutes, place):
            return now
        now.kind, now.planned_at, now.minutes, now.place, now.zone = kind, planned_at, minutes, place, zone_name(seat)
        now.plan_set_at, now.reminded_at = act.now, None
        now.sequence += had_time
        now.save()
        if length != minutes:
            agenda.fit_to_length(seat, now)
        announce(act, now, Verb.ENCOUNTER_MOVED if had_time else Verb.ENCOUNTER_PLANNED)
        return now


def call_off(seat: Seat, encounter: Encounter) -> None:
    """Call an encounter off; calendars drop it. Twice is once. Raises Refusal if it was held."""
    with acting(seat) as act:
        now = fresh(seat, encounter)
        if now.called_off_at is None:
            _call_off(act, still_open(seat, encounter))


def _call_off(act: Act, encounter: Encounter) -> None:
    entries = letters.entries_of(encounter)
    encounter.called_off_at = act.now
    encounter.sequence += 1
    encounter.save(update_fields=["called_off_at", "sequence"])
    letters.send_off(entries)
    calendar_entries.keep(encounter)
    act.announce(Verb.ENCOUNTER_CALLED_OFF, encounter)


def call_off_all(act: Act) -> None:
    """Take everything still planned out of all calendars: for the gates, within the act that ends a relationship."""
    for encounter in (
        Encounter.objects.visible_to(act.seat)
        .filter(held_at=None, called_off_at=None, tabled_as=None)
        .order_by("planned_at", "id")
    ):
        encounter.relationship = act.relationship
        _call_off(act, encounter)


def mark_held(seat: Seat, encounter: Encounter, *, started: bool = False) -> Encounter:
    """Say that a planned encounter took place. Twice is once. Raises Refusal for one that is still to come."""
    with acting(seat) as act:
        now = fresh(seat, encounter)
        if now.held_at is not None:
            return now
        now = still_open(seat, encounter)
        when = now.planned_at or act.now
        if when > act.now + EARLY and not started:
            raise Refusal(_("This one is still to come. If you met earlier than planned, change its day first."))
        day = min(when, act.now).astimezone(moments.zone(now.zone)).date()
        now.held_at, now.happened_on, now.step = act.now, day, act.relationship.at
        now.save(update_fields=["held_at", "happened_on", "step"])
        calendar_entries.keep(now)
        act.announce(Verb.ENCOUNTER_HELD, now)
        return now


def record(
    seat: Seat,
    *,
    happened_on: dt.date,
    place: str,
    kind: EncounterKind = EncounterKind.MEETING,
    who: str = "",
    counts_now: bool = False,
    another: bool = True,
) -> Encounter:
    """Record an encounter that has happened: "we met last Tuesday" (M9). Raises Refusal for a day to come, and, unless it is said
    to be `another`, for a day of which one of the kind is noted in that step.
    """
    with acting(seat) as act:
        today = act.now.astimezone(moments.zone(zone_name(seat))).date()
        if happened_on > today:
            raise Refusal(_("Choose a day that has been"), "happened_on")
        step = _step_then(seat, act.relationship, happened_on, counts_now=counts_now)
        if not another and _noted(seat, step, happened_on, kind) is not None:
            said = _("You have already noted that you met on %(day)s.")
            raise Refusal(said % {"day": languages.day(happened_on)})
        return _write_encounter(act, step, happened_on=happened_on, place=place, kind=kind, who=who)


def _step_then(seat: Seat, relationship: Relationship, day: dt.date, *, counts_now: bool) -> Step:
    since = relationship.step_since.astimezone(moments.zone(zone_name(seat))).date()
    return step_of(day, since, relationship.at, counts_now=counts_now)


def noted_already(seat: Seat, *, happened_on: dt.date, kind: EncounterKind, counts_now: bool) -> Encounter | None:
    """Return what this seat sees noted of that day for the same step and of the same kind, if anything is."""
    step = _step_then(seat, seat.relationship, happened_on, counts_now=counts_now)
    return _noted(seat, step, happened_on, kind)


def _noted(seat: Seat, step: Step, day: dt.date, kind: EncounterKind) -> Encounter | None:
    seen = Encounter.objects.visible_to(seat).filter(called_off_at=None, tabled_as=None)
    noted = seen.filter(happened_on=day, kind=kind, step=step)
    return noted.order_by("held_at", "id").first()


def _write_encounter(act: Act, step: Step, **fields: object) -> Encounter:
    encounter = Encounter.objects.write(
        act.seat, step=step, zone=zone_name(act.seat), held_at=act.now, created_at=act.now, **fields
    )
    encounter.relationship = act.relationship
    act.announce(Verb.ENCOUNTER_RECORDED, encounter)
    return encounter


def record_first_meeting(seat: Seat, met_on: dt.date, met_where: str = "") -> Encounter | None:
    """Record the meeting a relationship began with (M9), at joining or later. It counts for exploring.

    Idempotent: returns None where both see an encounter of that day already. What our own side alone had noted of that day
    changes nothing of what the other side sees; it is kept, and stands behind what is on the table (D2).
    """
    with acting(seat) as act:
        that_day = {"happened_on": met_on, "called_off_at": None, "tabled_as": None}
        ours = list(Encounter.objects.visible_to(seat).filter(**that_day))
        seen_by_both = ours if seat.alone else list(Encounter.objects.on_table(seat).filter(**that_day))
        if seen_by_both:
            return None
        first = _write_encounter(act, Step.EXPLORE, happened_on=met_on, place=met_where, kind=EncounterKind.MEETING)
        for noted in ours:
            _stand_behind(noted, first)
        return first


def _stand_behind(ours: Encounter, tabled: Encounter) -> None:
    """Let what our own side noted stand behind what is on the table: it is read there, once."""
    ours.tabled_as = tabled
    ours.save(update_fields=["tabled_as"])
    calendar_entries.keep(ours)


def put_on_table(
    seat: Seat, encounter: Encounter, *, happened_on: dt.date, place: str, kind: EncounterKind, text: str = ""
) -> Encounter:
    """Copy an encounter from the time before the other side joined onto the table, exactly as confirmed (D2).

    The copy has its own key and time; ours is kept and stands behind it. Raises Refusal while nobody is there to
    see it.
    """
    with acting(seat) as act:
        ours = fresh(seat, encounter)
        if seat.alone:
            raise Refusal(
                _("%(name)s has not taken a seat yet, so there is no table to put it on.")
                % {"name": seat.other.first_name}
            )
        if calendar_entries.on_table(ours) or ours.tabled_as_id:
            raise Refusal(_("It is on the table already."))
        since = act.relationship.step_since.astimezone(moments.zone(zone_name(seat))).date()
        step = step_of(happened_on, since, act.relationship.at, counts_now=False)
        copy = _write_encounter(act, step, happened_on=happened_on, place=place, kind=kind)
        if text:
            Conclusion.objects.write(seat, encounter=copy, text=text, number=1, created_at=act.now)
        _stand_behind(ours, copy)
        return copy
