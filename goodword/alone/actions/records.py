"""Keeping a relationship by oneself: records, gates on one's own word, leads on slips (M4). All of it private to one's side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.alone.models import OwnWord, Record, Slip
from goodword.alone.queries import pages
from goodword.alone.rules import ONE_TEXT, Direction, Sort
from goodword.gates.needs import missing_sentence
from goodword.gates.rules import GATES, Choice
from goodword.ground.refusals import Refusal
from goodword.ground.text import tidy_line
from goodword.leads.rules import OUTCOMES
from goodword.people.models import Person
from goodword.relationships import starting
from goodword.relationships.acting import Act, acting
from goodword.relationships.models import Seat

MOST = 400  # of anything one side keeps here
MOST_AT_ONCE = 100


def refuse_unless_alone(seat: Seat) -> None:
    """Raise Refusal once the other side has joined, or where nothing is kept alone."""
    if not seat.keeps_alone:
        raise Refusal(_("%(name)s is here too: what belongs to both is written where both see it.") % _name(seat))


def _name(seat: Seat) -> dict[str, str]:
    return {"name": seat.other.first_name}


def write(seat: Seat, sort: Sort, text: str) -> Record:
    """Keep something for both; of what has one text, the new one takes the place of the old.

    Raises Refusal once the other side has joined, or at very many.
    """
    with acting(seat) as act:
        refuse_unless_alone(seat)
        rows = Record.objects.owned_by(seat).filter(sort=sort)
        row = rows.first() if sort in ONE_TEXT else None
        if row is not None:
            row.text = text
            row.save(update_fields=["text"])
            return row
        if rows.count() >= MOST:
            raise Refusal(_("That is a great many. Delete some of the old ones first."), "text")
        return Record.objects.write(seat, sort=sort, text=text, created_at=act.now)


def delete(seat: Seat, record: Record) -> None:
    """Delete something one kept, for good. What was opened from it stays on the table."""
    with acting(seat, after_the_end=True):
        Record.objects.owned_by(seat).filter(pk=record.pk).delete()


def say_for_both(seat: Seat, choice: Choice, *, gate: str, said_on: dt.date | None = None) -> OwnWord:
    """Write down what both said at the gate, on one's own word (M4). Going on leads to the next step.

    `gate` says which question was answered: a late answer to one that is over is refused. Raises Refusal with one's own
    reasons while something is missing that one can do alone.
    """
    with acting(seat) as act:
        refuse_unless_alone(seat)
        at = pages.standing(seat)
        if at is None or at.gate.id != gate:
            raise Refusal(_("That has been answered in the meantime. Here is where you are now."))
        if choice is Choice.GO_ON and at.missing:
            raise Refusal(missing_sentence(at.missing[0], seat))
        day = said_on or timezone.localdate()
        word = OwnWord.objects.write(seat, gate=gate, choice=choice.value, said_on=day.isoformat(), created_at=act.now)
        if choice is Choice.GO_ON:
            _go_to(act, at.gate.leads_to.value)
        return word


def _go_to(act: Act, step: int) -> None:
    act.relationship.step, act.relationship.step_since = step, act.now
    act.relationship.save(update_fields=["step", "step_since"])


def take_word_back(seat: Seat) -> None:
    """Take the newest word back, as if it had not been said. Raises Refusal if there is none."""
    with acting(seat) as act:
        refuse_unless_alone(seat)
        word = pages.last_word(seat)
        if word is None:
            raise Refusal(_("There is nothing to take back."))
        OwnWord.objects.owned_by(seat).filter(pk=word.pk).delete()
        _go_to(act, next(gate.step for gate in GATES if gate.id == word.gate).value)


def write_slip(seat: Seat, direction: Direction, *, whom: str, why: str) -> Slip:
    """Write a lead down: one given to them, or one they gave. Raises Refusal once they have joined, or at very many."""
    with acting(seat) as act:
        refuse_unless_alone(seat)
        if Slip.objects.owned_by(seat).count() >= MOST:
            raise Refusal(_("That is a great many. Delete some of the old ones first."), "whom")
        Seat.objects.filter(side_id=seat.side_id).update(has_slips=1)  # the page of all leads looks there for them
        return Slip.objects.write(
            seat, direction=direction, whom=whom, why=why, outcome="", line="", created_at=act.now
        )


def tell(seat: Seat, slip: Slip, outcome: str, line: str = "") -> Slip:
    """Write down what came of a lead, whatever it was (M35). Raises Refusal for an outcome there is none of."""
    with acting(seat) as act:
        if outcome not in OUTCOMES:
            raise Refusal(_("Choose what came of it."), "outcome")
        own = Slip.objects.owned_by(seat).filter(pk=slip.pk).first()
        if own is None:
            raise Refusal(_("This has been taken away since you opened the page."))
        own.outcome, own.line, own.told_at = outcome, line, act.now
        own.save(update_fields=["outcome", "line", "told_at"])
        return own


def drop_slip(seat: Seat, slip: Slip) -> None:
    """Delete a lead one wrote down, with its name, for good."""
    with acting(seat, after_the_end=True):
        Slip.objects.owned_by(seat).filter(pk=slip.pk).delete()


def start_several(person: Person, wanted: Iterable[tuple[str, str]]) -> int:
    """Begin with several people (name, business), each kept alone and none written to; return how many. Empty names and doubles
    are left out.

    Raises Refusal for more than a hundred at once.
    """
    tidy = [(tidy_line(name)[:200], tidy_line(business)[:200]) for name, business in wanted]
    each = {name: business for name, business in reversed(tidy) if name}
    if len(each) > MOST_AT_ONCE:
        raise Refusal(_("That is a great many at once. Take a hundred of them."), "names")
    with transaction.atomic():
        for name, business in reversed(each.items()):
            starting.keep_alone(starting.start(person, name=name, business=business))
    return len(each)
