"""Finding a time: offer up to five, the other picks one or offers others."""

from __future__ import annotations

import datetime as dt

from django.utils.translation import gettext as _

from goodword.encounters import calendar_entries
from goodword.encounters.actions import plans
from goodword.encounters.mailing import letters
from goodword.encounters.models import Encounter, OfferedTime
from goodword.encounters.rules import MOST_TIMES, EncounterKind
from goodword.encounters.wording import zone_name
from goodword.ground.keys import KEY_PATTERN, new_key
from goodword.ground.refusals import Refusal
from goodword.relationships.acting import Act, acting
from goodword.relationships.models import Seat
from goodword.relationships.verbs import Verb

AFTERTHOUGHT = dt.timedelta(days=3)


def live(seat: Seat, encounter: Encounter) -> list[OfferedTime]:
    """Return the times on offer, earliest first."""
    offered = OfferedTime.objects.visible_to(seat).filter(encounter=encounter, picked_at=None, withdrawn_at=None)
    return list(offered.order_by("starts_at"))


def offer(seat: Seat, *, kind: EncounterKind, minutes: int, place: str, starts: list[dt.datetime]) -> Encounter:
    """Offer times for a new encounter. Raises Refusal for none, more than five, or nobody there to choose."""
    with acting(seat) as act:
        encounter = plans.plan(seat, kind=kind, planned_at=None, minutes=minutes, place=place)
        _offer(act, encounter, starts)
        return encounter


def offer_others(seat: Seat, encounter: Encounter, starts: list[dt.datetime]) -> None:
    """Offer other times for an encounter, in place of those on offer.

    Raises Refusal as `offer`, and once it is planned.
    """
    with acting(seat) as act:
        now = plans.still_open(seat, encounter)
        if now.planned_at is not None:
            raise Refusal(_("A time has been chosen meanwhile. You can still move it."))
        _offer(act, now, starts)


def _offer(act: Act, encounter: Encounter, starts: list[dt.datetime]) -> None:
    seat, times = act.seat, sorted(set(starts))
    if seat.alone:
        raise Refusal(
            _("%(name)s has not taken a seat yet. Agree a time in your own way, and plan it here.")
            % {"name": seat.other.first_name}
        )
    if not 1 <= len(times) <= MOST_TIMES:
        raise Refusal(_("Offer between one and five times."), "starts")
    if times[0] <= act.now:
        raise Refusal(_("Choose times that are still to come"), "starts")
    OfferedTime.objects.visible_to(seat).filter(encounter=encounter, picked_at=None, withdrawn_at=None).update(
        withdrawn_at=act.now
    )
    for start in times:
        OfferedTime.objects.write(seat, encounter=encounter, starts_at=start, zone=zone_name(seat))
    letters.send_times(seat, encounter, times, new_key())
    act.announce(Verb.TIMES_OFFERED, encounter)


def pick_to_undo(seat: Seat, encounter: Encounter, now: dt.datetime) -> dt.datetime | None:
    """Return when this side picked the time that is planned, while that can be taken back: a machine may have pressed it."""
    if encounter.settled or encounter.planned_at is None or encounter.planned_at <= now:
        return None
    picked = OfferedTime.objects.visible_to(seat).filter(
        encounter=encounter, side_id=seat.other_id, starts_at=encounter.planned_at, picked_at__gt=now - AFTERTHOUGHT
    )
    return picked.values_list("picked_at", flat=True).first()


def put_right(seat: Seat, encounter: Encounter) -> Encounter:
    """Take the time back that was picked: calendars drop it, and the times on offer are there to pick from again.

    Raises Refusal once that is too late, or the encounter was moved since.
    """
    with acting(seat) as act:
        now = plans.still_open(seat, encounter)
        if now.planned_at is None or pick_to_undo(seat, now, act.now) is None:
            raise Refusal(_("That can’t be taken back here any more. Sign in to move it or to call it off."))
        OfferedTime.objects.visible_to(seat).filter(encounter=now, starts_at=now.planned_at).update(picked_at=None)
        letters.send_off(letters.entries_of(now))
        now.planned_at, now.plan_set_at = None, act.now
        now.sequence += 2  # one for the letter that takes it out of calendars, one for whatever is planned next
        now.save(update_fields=["planned_at", "plan_set_at", "sequence"])
        calendar_entries.keep(now)
        act.announce(Verb.TIME_TAKEN_BACK, now)
        return now


def pick(seat: Seat, encounter: Encounter, key: str) -> Encounter:
    """Pick one of the times the other side offered: it is planned.

    Raises Refusal for one's own, or one no longer on offer.
    """
    with acting(seat) as act:
        now = plans.still_open(seat, encounter)
        theirs = OfferedTime.objects.visible_to(seat).filter(
            encounter=now, side_id=seat.other_id, picked_at=None, withdrawn_at=None
        )
        offered = theirs.filter(key=key).first() if KEY_PATTERN.match(key) else None
        if offered is None or now.planned_at is not None:
            raise Refusal(_("That time is no longer on offer."))
        if offered.starts_at <= act.now:
            raise Refusal(_("That time has gone by. Offer another."))
        offered.picked_at = act.now
        offered.save(update_fields=["picked_at"])
        now.planned_at, now.zone, now.plan_set_at = offered.starts_at, offered.zone, act.now
        now.save(update_fields=["planned_at", "zone", "plan_set_at"])
        plans.announce(act, now, Verb.ENCOUNTER_PLANNED)
        return now
