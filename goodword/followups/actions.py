"""What is done between two follow-ups: the rhythm set, news sent and read, the agenda changed, the review filled in."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.encounters.actions import plans as encounters
from goodword.encounters.models import Encounter
from goodword.encounters.rules import EncounterKind
from goodword.followups import rules
from goodword.followups.models import AgendaChange, ReviewAnswer, Rhythm, Update, UpdateDraft, UpdateReceipt
from goodword.ground.refusals import Refusal
from goodword.people.models import Person
from goodword.people.own_rows import own_row
from goodword.relationships.acting import acting
from goodword.relationships.models import Relationship, Seat
from goodword.relationships.steps import Step
from goodword.relationships.verbs import Verb

SAME_TAP = dt.timedelta(seconds=60)
MOST_ADDITIONS = 20
ADDITIONS = ("add", "under")


def set_rhythm(
    seat: Seat, *, kind: str, starts_on: dt.date, wall: dt.time, number: int = 1, unit: str = "months"
) -> Rhythm:
    """Set how often the two mean to talk (M34), in this person's zone. The newest counts, whoever set it.

    Raises Refusal before step advocate.
    """
    with acting(seat) as act:
        _only_when_advocating(act.relationship)
        row = Rhythm.objects.write(
            seat,
            kind=kind,
            rule=rules.rule_for(kind, starts_on, number, unit),
            zone=seat.person.zone,
            wall=wall,
            starts_on=starts_on,
            counts_from="contact" if kind == "after_contact" else "calendar",
            created_at=act.now,
        )
        act.announce(Verb.RHYTHM_SET, row)
        return row


def _only_when_advocating(relationship: Relationship) -> None:
    if relationship.at is not Step.ADVOCATE:
        raise Refusal(_("This comes once you have both confirmed that it goes ahead."))


def send_update(seat: Seat, *, kind: str, text: str, part: str = "") -> Update:
    """Put news on the table of one relationship and tell the other side that there is some (M38).

    The same words twice within a minute are one update. Raises Refusal before step advocate.
    """
    with acting(seat) as act:
        _only_when_advocating(act.relationship)
        recent = Update.objects.owned_by(seat).filter(author_id=seat.person_id, created_at__gt=act.now - SAME_TAP)
        if again := recent.filter(kind=kind, text=text, part=part).first():
            return again
        row = Update.objects.write(seat, kind=kind, text=text, part=part, created_at=act.now)
        act.announce(Verb.UPDATE_SENT, row)
        return row


def read_update(seat: Seat, update: Update, said_back: str = "") -> UpdateReceipt:
    """Tell the other side that their news has been read; where it touches what was taught, say back how one puts it now.

    Once for each side; a second reader of a side changes nothing, except to say back what nobody has. Raises Refusal for one's own.
    """
    with acting(seat) as act:
        if update.side_id == seat.side_id:
            raise Refusal(_("This one is from your own side."))
        row = UpdateReceipt.objects.owned_by(seat).filter(update=update).first()
        if row is None:
            row = UpdateReceipt.objects.write(seat, update=update, said_back=said_back, created_at=act.now)
            act.announce(Verb.UPDATE_READ, update)
        elif said_back and not row.said_back:
            row.said_back = said_back
            row.save(update_fields=["said_back"])
            act.announce(Verb.UPDATE_SAID_BACK, update)
        return row


def keep_draft(person: Person, **words: object) -> None:
    """Keep more of the news this person is still writing: `kind` and `text`, or `part` and `to`. Nobody is told."""
    with transaction.atomic():
        draft = own_row(UpdateDraft.objects, person, saved_at=timezone.now())
        draft.seal({**(draft.unseal() if draft.content else {}), **words})
        draft.saved_at = timezone.now()
        draft.save()


def drop_draft(person: Person) -> None:
    """Put a draft away for good."""
    UpdateDraft.objects.filter(person=person).delete()


def add_item(seat: Seat, text: str, under: str = "") -> AgendaChange:
    """Add an item to the next follow-up's agenda, or a line `under` one of its items, for both. Raises Refusal for very many."""
    with acting(seat) as act:
        _only_when_advocating(act.relationship)
        lately = act.now - dt.timedelta(days=rules.USUAL_DAYS)
        if (
            AgendaChange.objects.owned_by(seat).filter(what__in=ADDITIONS, created_at__gte=lately).count()
            >= MOST_ADDITIONS
        ):
            raise Refusal(_("That is a great deal to talk about already. The rest can wait for the time after."))
        row = AgendaChange.objects.write(
            seat, what="under" if under else "add", item=under, text=text, created_at=act.now
        )
        act.announce(Verb.AGENDA_CHANGED, row)
        return row


def strike_item(seat: Seat, item: str, *, back: bool = False) -> None:
    """Strike an item off the next follow-up's agenda, for both; or put it back. It comes again by itself after they have talked."""
    with acting(seat) as act:
        _only_when_advocating(act.relationship)
        row = AgendaChange.objects.write(seat, what="put_back" if back else "strike", item=item, created_at=act.now)
        act.announce(Verb.AGENDA_CHANGED, row)


def confirm_next(seat: Seat, *, planned_at: dt.datetime, minutes: int, place: str, kind: EncounterKind) -> Encounter:
    """Fix the next follow-up, as a planned encounter in both calendars (M34)."""
    return encounters.plan(seat, kind=kind, planned_at=planned_at, minutes=minutes, place=place)


def answer_review(seat: Seat, answers: dict[str, str]) -> None:
    """Put our side's answers to the review on the table (M37). What has not changed is not written again."""
    with acting(seat) as act:
        _only_when_advocating(act.relationship)
        last = {row.question: row.text for row in ReviewAnswer.objects.owned_by(seat).order_by("created_at", "id")}
        changed = {question: text for question, text in answers.items() if text and last.get(question) != text}
        for question, text in changed.items():
            ReviewAnswer.objects.write(seat, question=question, text=text, created_at=act.now)
        if changed:
            act.announce(Verb.REVIEW_ANSWERED)
