"""What is written down: agreed together and confirmed, noted at the table, kept for oneself or one's side; and
promises."""

from __future__ import annotations

import datetime as dt

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from goodword.encounters.actions.plans import fresh, must_be_joint
from goodword.encounters.models import (
    Conclusion,
    ConclusionConfirmation,
    Encounter,
    JointNote,
    OwnNote,
    Promise,
    SideNote,
    Thanks,
)
from goodword.ground.keys import new_key
from goodword.ground.refusals import Refusal
from goodword.relationships.acting import acting
from goodword.relationships.models import Seat
from goodword.relationships.verbs import Verb


def latest_conclusion(seat: Seat, encounter: Encounter) -> Conclusion | None:
    """Return what was agreed, as it was last written."""
    return Conclusion.objects.visible_to(seat).filter(encounter=encounter).order_by("-number").first()


def write_conclusion(seat: Seat, encounter: Encounter, *, text: str, upon: int) -> Conclusion:
    """Write what was agreed, or correct it: a new version; earlier ones are kept.

    `upon` is the version that was on the screen. Raises Refusal if the other side has written one since.
    """
    with acting(seat) as act:
        now = fresh(seat, encounter)
        must_be_joint(now)
        last = latest_conclusion(seat, now)
        number = last.number if last else 0
        if number != upon:
            raise Refusal(
                _("It was changed while you wrote. Look at the newer words below, then save yours again."), "text"
            )
        if last and last.text == text:
            return last
        new = Conclusion.objects.write(seat, encounter=now, text=text, number=number + 1)
        act.announce(Verb.AGREED_WRITTEN, now)
        return new


def confirm_conclusion(seat: Seat, encounter: Encounter, key: str) -> None:
    """Confirm the other side's version. Twice is once. Raises Refusal if it is one's own, or no longer the newest."""
    with acting(seat) as act:
        now = fresh(seat, encounter)
        last = latest_conclusion(seat, now)
        if last is None or last.key != key or last.side_id == seat.side_id:
            raise Refusal(_("It was changed meanwhile. Please read the newer words."))
        if not ConclusionConfirmation.objects.visible_to(seat).filter(conclusion=last, side_id=seat.side_id).exists():
            ConclusionConfirmation.objects.write(seat, encounter=now, conclusion=last)
            act.announce(Verb.AGREED_CONFIRMED, now)


def thank(seat: Seat, encounter: Encounter, text: str) -> None:
    """Say a line of thanks to the other side; they have it by letter too. Twice is once.

    Raises Refusal for an encounter that nobody has said was held.
    """
    with acting(seat) as act:
        now = fresh(seat, encounter)
        must_be_joint(now)
        if now.held_at is None:
            raise Refusal(_("Thanks come after: say first that it took place."), "text")
        if not Thanks.objects.visible_to(seat).filter(encounter=now, side_id=seat.side_id).exists():
            Thanks.objects.write(seat, encounter=now, text=text)
            act.announce(Verb.THANKED, now, text=text)


def note_for_both(seat: Seat, encounter: Encounter, *, text: str, once: str) -> None:
    """Write a line both see, at the table. The same `once` again changes nothing, so a replay never doubles it."""
    with acting(seat):
        now = fresh(seat, encounter)
        must_be_joint(now)
        if not JointNote.objects.visible_to(seat).filter(side_id=seat.side_id, once=once).exists():
            JointNote.objects.write(seat, encounter=now, text=text, once=once)


def note_for_me(seat: Seat, encounter: Encounter, *, text: str, once: str = "", what: str = "note") -> None:
    """Keep a note only its author sees. Tells nobody. The same `once` again changes nothing."""
    with acting(seat, only_me=True):
        _once(OwnNote, seat, encounter, text, once, what)


def note_for_our_side(seat: Seat, encounter: Encounter, *, text: str, once: str = "", what: str = "note") -> None:
    """Keep a note only our side sees. Tells nobody. The same `once` again changes nothing."""
    with acting(seat):
        _once(SideNote, seat, encounter, text, once, what)


def _once(
    model: type[OwnNote] | type[SideNote], seat: Seat, encounter: Encounter, text: str, once: str, what: str
) -> None:
    try:
        with transaction.atomic():
            model.objects.write(seat, encounter=encounter, text=text, once=once or new_key(), what=what)
    except IntegrityError:
        return


def say_rapport(seat: Seat, encounter: Encounter, text: str) -> None:
    """Keep one line for oneself on whether one enjoyed it (M8); empty takes it away."""
    with acting(seat, only_me=True):
        OwnNote.objects.owned_by(seat).filter(encounter=encounter, what="rapport").delete()
        if text:
            OwnNote.objects.write(seat, encounter=encounter, text=text, what="rapport")


def put_note_away(seat: Seat, key: str) -> None:
    """Delete a note of one's own, or of one's side. One that is gone already stays gone."""
    ours = SideNote.objects.owned_by(seat).filter(key=key).exists()
    with acting(seat, after_the_end=True, only_me=not ours):
        OwnNote.objects.owned_by(seat).filter(key=key).delete()
        SideNote.objects.owned_by(seat).filter(key=key).delete()


def promise(seat: Seat, encounter: Encounter, *, role: str, what: str, due_on: dt.date | None) -> Promise:
    """Write down who does what by when. It comes back on Today and the next agenda until it is kept or released."""
    with acting(seat) as act:
        now = fresh(seat, encounter)
        must_be_joint(now)
        made = Promise.objects.write(seat, encounter=now, role=role, what=what, due_on=due_on)
        act.announce(Verb.PROMISE_MADE, now)
        return made


def keep_promise(seat: Seat, made: Promise) -> None:
    """Say that a promise was kept; either side may, both were there. Twice is once."""
    with acting(seat) as act:
        if Promise.objects.visible_to(seat).filter(pk=made.pk, kept_at=None, released_at=None).update(kept_at=act.now):
            act.announce(Verb.PROMISE_KEPT, made)


def release_promise(seat: Seat, made: Promise) -> None:
    """Release the other side from what they promised. Raises Refusal for one's own: it is not ours to let go of."""
    with acting(seat) as act:
        if made.role == seat.role:
            raise Refusal(_("Only %(name)s can release you from this one.") % {"name": seat.other.first_name})
        if (
            Promise.objects.visible_to(seat)
            .filter(pk=made.pk, kept_at=None, released_at=None)
            .update(released_at=act.now)
        ):
            act.announce(Verb.PROMISE_RELEASED, made)
