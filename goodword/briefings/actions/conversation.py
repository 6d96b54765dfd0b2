"""What can be done in a briefing's conversation: questions, answers, notes, what to tell, and the order (M15, M16)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from django.db.models import Max, Model, QuerySet
from django.utils.translation import gettext as _

from goodword.briefings import rules
from goodword.briefings.models import (
    Answer,
    AnswerNote,
    AskedQuestion,
    BriefingPoint,
    OrderProposal,
    OrderReply,
    PreparedQuestion,
)
from goodword.briefings.queries import facts
from goodword.ground.refusals import Refusal
from goodword.relationships.acting import acting
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.relationships.verbs import Verb

M = TypeVar("M", bound=Model)

MOST_QUESTIONS = 60
MOST_NOTES = 60


def refuse_before(seat: Seat, step: Step) -> None:
    """Raise Refusal if nothing of this briefing may lie on the table yet: nobody is there, or it has not begun."""
    name = seat.other.first_name
    if seat.alone:
        raise Refusal(_("%(name)s has not joined yet. It stays with you until then.") % {"name": name})
    if seat.at < step:
        raise Refusal(_("That briefing has not begun. Prepare as much as you like; it stays with you until then."))


def still_there(rows: QuerySet[M], row: M) -> M:
    """Return the row as it is now. Raises Refusal if it has been taken away since the page was opened."""
    now = rows.filter(pk=row.pk).first()
    if now is None:
        raise Refusal(_("This has been taken away since you opened the page."))
    return now


def listening(seat: Seat) -> Step:
    """Return the briefing in which this seat's side listens."""
    return rules.listens_in(seat.role, facts.first_speaker(seat))


def speaking(seat: Seat) -> Step:
    """Return the briefing in which this seat's side speaks."""
    return rules.speaks_in(seat.role, facts.first_speaker(seat))


# ── The listener's questions ──


def prepare(seat: Seat, *, text: str, entry: str = "") -> PreparedQuestion:
    """Keep a question ready, seen by nobody else (M16). Raises Refusal at very many."""
    with acting(seat):
        if PreparedQuestion.objects.owned_by(seat).count() >= MOST_QUESTIONS:
            raise Refusal(_("That is more than one conversation can hold. Take one away first."), "text")
        return PreparedQuestion.objects.write(seat, text=text, entry=entry)


def reword(seat: Seat, question: PreparedQuestion, text: str) -> PreparedQuestion:
    """Reword a prepared question. Raises Refusal once it is on the table."""
    with acting(seat):
        row = _own_prepared_question(seat, question)
        row.text, row.entry = text, ""
        row.save(update_fields=["text", "entry"])
        return row


def take_away(seat: Seat, question: PreparedQuestion) -> None:
    """Take a prepared question away. Raises Refusal once it is on the table."""
    with acting(seat):
        _own_prepared_question(seat, question).delete()


def _own_prepared_question(seat: Seat, question: PreparedQuestion) -> PreparedQuestion:
    row = PreparedQuestion.objects.owned_by(seat).filter(pk=question.pk, asked=None).first()
    if row is None:
        raise Refusal(_("This question is on the table already. Take it back first, while it has no answer."))
    return row


def ask(seat: Seat, questions: Sequence[PreparedQuestion]) -> list[AskedQuestion]:
    """Put questions on the table: a copy of each (M16). Raises Refusal before the briefing, or for none at all."""
    with acting(seat) as act:
        refuse_before(seat, listening(seat))
        rows = PreparedQuestion.objects.owned_by(seat).filter(pk__in=[q.pk for q in questions], asked=None)
        last = AskedQuestion.objects.owned_by(seat).aggregate(last=Max("place"))["last"] or 0
        asked = []
        for place, row in enumerate(rows.order_by("created_at", "id"), last + 1):
            text = row.text.unseal(seat)
            copy = AskedQuestion.objects.write(seat, text=text, place=place, created_at=act.now)
            PreparedQuestion.objects.owned_by(seat).filter(pk=row.pk).update(asked=copy)
            asked.append(copy)
        if not asked:
            raise Refusal(_("Choose at least one question"), "questions")
        act.announce(Verb.QUESTIONS_ASKED, asked[0])
        return asked


def take_back(seat: Seat, question: AskedQuestion) -> None:
    """Take a question back from the table while it has no answer. Raises Refusal once it has one."""
    with acting(seat) as act:
        row = _own_question(seat, question)
        if Answer.objects.visible_to(seat).filter(question=row).exists():
            raise Refusal(_("%(name)s has answered this one, so it stays.") % {"name": seat.other.first_name})
        PreparedQuestion.objects.owned_by(seat).filter(asked=row).update(asked=None)
        row.delete()
        act.announce(Verb.QUESTION_TAKEN_BACK)


def _own_question(seat: Seat, question: AskedQuestion) -> AskedQuestion:
    row = AskedQuestion.objects.owned_by(seat).filter(pk=question.pk).first()
    if row is None:
        raise Refusal(_("This question is for the other side to mark."))
    return row


def tick(seat: Seat, question: PreparedQuestion, *, heard: bool) -> None:
    """Tick a question as answered in conversation, or take the tick away.

    A question that was never on the table is ticked in our drawer alone; one that is, on the table.
    """
    with acting(seat) as act:
        when = act.now if heard else None
        row = still_there(PreparedQuestion.objects.owned_by(seat), question)
        PreparedQuestion.objects.owned_by(seat).filter(pk=row.pk).update(heard_at=when)
        if row.asked_id:
            AskedQuestion.objects.owned_by(seat).filter(pk=row.asked_id).update(heard_at=when, unclear_at=None)
            act.announce(Verb.QUESTION_HEARD if heard else Verb.QUESTION_OPEN_AGAIN)


def flag(seat: Seat, question: AskedQuestion, *, unclear: bool) -> None:
    """Say that an answer is still unclear, so that it comes up next time, or clear now. Both sides see it."""
    with acting(seat) as act:
        row = _own_question(seat, question)
        row.unclear_at = act.now if unclear else None
        row.heard_at = row.heard_at if unclear else row.heard_at or act.now
        row.save(update_fields=["unclear_at", "heard_at"])
        act.announce(Verb.ANSWER_UNCLEAR if unclear else Verb.ANSWER_CLEAR, row)


def note(seat: Seat, question: PreparedQuestion, text: str) -> None:
    """Keep this person's own note of an answer; an empty text takes it away."""
    with acting(seat, only_me=True):
        still_there(PreparedQuestion.objects.owned_by(seat), question)
        row = AnswerNote.objects.owned_by(seat).filter(question=question).first()
        if row is None and text:
            AnswerNote.objects.write(seat, question=question, text=text)
        elif row is not None and text:
            row.text = text
            row.save(update_fields=["text"])
        elif row is not None:
            row.delete()


# ── The speaker ──


def answer(seat: Seat, question: AskedQuestion, text: str) -> Answer:
    """Answer a question in writing, before or after the meeting; answering again rewords it (M16).

    Raises Refusal for one's own question, or one that is no longer there.
    """
    with acting(seat) as act:
        refuse_before(seat, speaking(seat))
        asked = AskedQuestion.objects.visible_to(seat).filter(pk=question.pk, side_id=seat.other_id).first()
        if asked is None:
            raise Refusal(_("This question is no longer on the table."))
        row = Answer.objects.owned_by(seat).filter(question=asked).first()
        if row is None:
            row = Answer.objects.write(seat, question=asked, text=text, created_at=act.now)
        else:
            row.text, row.reworded_at = text, act.now
            row.save(update_fields=["text", "reworded_at"])
        act.announce(Verb.QUESTION_ANSWERED, asked)
        return row


def plan_to_tell(seat: Seat, *, text: str, because: str = "") -> BriefingPoint:
    """Note something our side wants to tell, fitted to what they said if `because` names it (M15).

    Raises Refusal at very many.
    """
    with acting(seat):
        if BriefingPoint.objects.owned_by(seat).count() >= MOST_NOTES:
            raise Refusal(_("That is more than one conversation can hold. Take one away first."), "text")
        return BriefingPoint.objects.write(seat, text=text, because=because)


def retell(seat: Seat, row: BriefingPoint, text: str) -> None:
    """Reword what our side wants to tell; an empty text takes it away."""
    with acting(seat):
        mine = still_there(BriefingPoint.objects.owned_by(seat), row)
        if text:
            mine.text = text
            mine.save(update_fields=["text"])
        else:
            mine.delete()


# ── The order ──


def change_order(seat: Seat) -> OrderProposal:
    """Propose to change who speaks first (M15). Raises Refusal once there was a playback, or a proposal is waiting."""
    with acting(seat) as act:
        _refuse_settled_order(seat)
        if seat.alone:
            name = seat.other.first_name
            raise Refusal(_("%(name)s has not joined yet. It takes two to change it.") % {"name": name})
        if facts.order_proposal(seat):
            raise Refusal(_("That has been proposed already."))
        proposal = OrderProposal.objects.write(seat, first=facts.first_speaker(seat).other, created_at=act.now)
        act.announce(Verb.ORDER_PROPOSED)
        return proposal


def answer_order(seat: Seat, proposal: OrderProposal, said: str) -> None:
    """Agree to another order, keep the one there is, or take one's own proposal back (M15). Only 'agree' changes it."""
    with acting(seat) as act:
        _refuse_settled_order(seat)
        waiting = facts.order_proposal(seat)
        allowed = ("back",) if proposal.side_id == seat.side_id else ("agree", "keep")
        if waiting is None or waiting.pk != proposal.pk or said not in allowed:
            raise Refusal(_("There is nothing left to answer here."))
        OrderReply.objects.write(seat, proposal=waiting, said=said, created_at=act.now)
        if said == "agree":
            act.relationship.first_speaker = waiting.first
            act.relationship.save(update_fields=["first_speaker"])
        act.announce(Verb.ORDER_CHANGED if said == "agree" else Verb.ORDER_KEPT)


def _refuse_settled_order(seat: Seat) -> None:
    if not facts.order_may_change(seat):
        raise Refusal(_("The briefings have begun, so the order stays as it is."))
