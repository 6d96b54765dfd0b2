"""Opening what was kept: once the other side has joined, item by item, and what both say of it (M4).

An item crosses as the words that were looked at, after the half minute. What the other side does not confirm goes back: nothing
of it stays on the table. A correction takes an item's place and waits for whoever put the first one down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from goodword.agreements import actions as agreements
from goodword.alone.models import Opening, OpeningConfirmation
from goodword.alone.queries import pages
from goodword.alone.queries.pages import OpeningItem
from goodword.alone.rules import OPENS, Sort
from goodword.ground.refusals import Refusal
from goodword.relationships import holding
from goodword.relationships.acting import Act, acting
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.relationships.verbs import Verb

KIND = "opening"


def hold(seat: Seat, chosen: Sequence[str], seen: str) -> holding.PendingAct:
    """Keep the items that were chosen for the half minute in which they can be taken back.

    Raises Refusal if nothing was chosen, if the other side has not joined, or if the words are not those that were looked at.
    """
    if seat.alone:
        raise Refusal(_("%(name)s has not joined yet.") % {"name": seat.other.first_name})
    every = pages.items(seat)
    holding.refuse_unless_seen(seat, seen, *(one.text for one in every))
    items = [one for one in every if one.key in set(chosen)]
    if not items:
        raise Refusal(_("Choose what to put on the table."), "chosen")
    words = "\n\n".join(one.text for one in items)
    return holding.hold(seat, KIND, words=words, items=[asdict(one) for one in items])


def release(seat: Seat, facts: Mapping[str, Any]) -> None:
    """Put on the table what was held, in the words that were looked at."""
    put_down(seat, [OpeningItem(**one) for one in facts["items"]])


def put_down(seat: Seat, items: Sequence[OpeningItem]) -> list[Opening]:
    """Put items on the table, each to be confirmed by the other side. What lies there in the same words is not put down twice."""
    with acting(seat) as act:
        lying = {(one.sort, one.text) for one in Opening.objects.owned_by(seat)}
        made = [
            Opening.objects.write(seat, sort=one.sort, text=one.text, step=one.step, created_at=act.now)
            for one in items
            if Sort(one.sort) in OPENS and (one.sort, one.text) not in lying
        ]
        if made:
            act.announce(Verb.OPENED, made[0])
        else:
            act.change_nothing()
        return made


def confirm(seat: Seat, opening: Opening) -> None:
    """Say that something from before is so; from then on it holds for both. Twice is once.

    Raises Refusal for one's own, or for one that was corrected or taken away since.
    """
    with acting(seat) as act:
        now = _waiting(seat, opening)
        OpeningConfirmation.objects.write(seat, opening=now, created_at=act.now)
        _take_effect(act, now)
        act.announce(Verb.OPENING_CONFIRMED, now)


def correct(seat: Seat, opening: Opening, text: str) -> Opening:
    """Put something from before right: one's own words take its place, and wait for the other side to confirm them."""
    with acting(seat) as act:
        now = _waiting(seat, opening)
        if now.sort == Sort.STEP:
            raise Refusal(_("Say that it is so, or take it away and talk about where you are."))
        if now.text == text:
            raise Refusal(_("These are the same words. Say that it is so, or change them."), "text")
        made = Opening.objects.write(seat, sort=now.sort, text=text, replaces=now, created_at=act.now)
        act.announce(Verb.OPENING_CORRECTED, made)
        return made


def decline(seat: Seat, opening: Opening) -> None:
    """Take something from before off the table again: it stays with whoever kept it. Either side may, until it is confirmed."""
    with acting(seat) as act:
        row = Opening.objects.visible_to(seat).filter(pk=opening.pk).first()
        if row is None:
            act.change_nothing()
            return
        if OpeningConfirmation.objects.visible_to(seat).filter(opening=row).exists():
            raise Refusal(_("You have both confirmed it. It stays."))
        if Opening.objects.visible_to(seat).filter(replaces=row).exists():  # which may have been confirmed
            raise _out_of_date()
        first = row
        while first.replaces_id:
            first = Opening.objects.visible_to(seat).get(pk=first.replaces_id)
        Opening.objects.visible_to(seat).filter(pk=first.pk).delete()
        act.announce(Verb.OPENING_DECLINED)


def _waiting(seat: Seat, opening: Opening) -> Opening:
    """Return an opening as it waits for this seat's answer. Raises Refusal if it does not."""
    row = next((one for one in pages.to_answer(seat) if one.pk == opening.pk), None)
    if row is None:
        raise _out_of_date()
    return row


def _out_of_date() -> Refusal:
    return Refusal(_("This has moved on since you opened the page. Here it is as it is now."))


def _take_effect(act: Act, opening: Opening) -> None:
    """Let what both have confirmed hold: where they are, and how they do it. The rest is there to be read."""
    if opening.sort == Sort.STEP and opening.step and opening.step > act.relationship.step:
        act.relationship.step, act.relationship.step_since = Step(opening.step).value, act.now
        act.relationship.save(update_fields=["step", "step_since"])
    if opening.sort == Sort.AGREEMENT:
        agreements.adopt(act.seat, pages.seat_of_author(act.seat, opening), opening.text)
