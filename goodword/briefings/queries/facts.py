"""Single facts of the briefings, for their pages, the gates and the desk. Everything through `visible_to(seat)`."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from goodword.briefings import rules
from goodword.briefings.models import (
    Answer,
    AnswerNote,
    AskedQuestion,
    Assessment,
    BriefingPoint,
    Criterion,
    OrderProposal,
    OrderReply,
    PassageReply,
    PeopleEstimate,
    PlaybackConfirmation,
    PlaybackRound,
    PreparedQuestion,
    Purpose,
    PurposeRequest,
    ShownPurpose,
    SpokenPlayback,
)
from goodword.briefings.rules import Passage, PeopleRange, Weight
from goodword.playbook.shelf import playbook
from goodword.relationships.models import Seat
from goodword.relationships.steps import Role, Step, speaker

LATEST = ("-created_at", "-id")


# ── Who speaks, who listens ──


def first_speaker(seat: Seat) -> Role:
    """Return who speaks in the first briefing (M15)."""
    return Role(seat.relationship.first_speaker)


def speaker_id(seat: Seat, step: Step) -> uuid.UUID:
    """Return the id of the side that is centre stage in a briefing."""
    return seat.side_id if speaker(step, first_speaker(seat)) == seat.role else seat.other_id


def listener_id(seat: Seat, step: Step) -> uuid.UUID:
    """Return the id of the side that listens in a briefing."""
    return seat.other_id if speaker_id(seat, step) == seat.side_id else seat.side_id


# ── Questions and answers ──


def table_questions(seat: Seat, step: Step) -> QuerySet[AskedQuestion]:
    """Return the questions on the table in a briefing, in order, each with the answer given in writing, if any."""
    answers = Answer.objects.visible_to(seat).filter(question=OuterRef("pk"))
    return (
        AskedQuestion.objects.visible_to(seat)
        .filter(side_id=listener_id(seat, step))
        .annotate(
            answer_key=Subquery(answers.values("key")),
            answer_text=Subquery(answers.values("text")),
            answered_at=Subquery(answers.values("created_at")),
        )
        .order_by("place")
    )


def answer_to(seat: Seat, question: AskedQuestion) -> Answer | None:
    """Return our side's written answer to a question, or None."""
    return Answer.objects.owned_by(seat).filter(question=question).first()


def still_open(questions: Iterable[Any]) -> list[Any]:
    """Return those of the questions that come up next time: neither answered nor heard, or still unclear."""
    return [q for q in questions if q.unclear_at or not (q.answered_at or q.heard_at)]


def open_questions(seat: Seat) -> list[Any]:
    """Return what the next encounter should come back to, of both briefings. Both sides see the same list."""
    return [q for step in rules.BRIEFINGS for q in still_open(table_questions(seat, step))]


def own_questions(seat: Seat) -> QuerySet[PreparedQuestion]:
    """Return our own questions, asked or not, oldest first. Ours alone."""
    return PreparedQuestion.objects.visible_to(seat).select_related("asked").order_by("created_at", "id")


def own_question_count(seat: Seat) -> int:
    """Return how many questions our side has prepared, those already asked included."""
    return PreparedQuestion.objects.visible_to(seat).count()


def has_notes(seat: Seat) -> bool:
    """Whether our side has noted something it wants to tell."""
    return BriefingPoint.objects.visible_to(seat).exists()


def notes_of(seat: Seat) -> dict[uuid.UUID, AnswerNote]:
    """Return this person's own notes of answers, by prepared question."""
    return {note.question_id: note for note in AnswerNote.objects.visible_to(seat)}


# ── Playback ──


def rounds(seat: Seat, step: Step) -> QuerySet[PlaybackRound]:
    """Return the rounds of a playback, first to last, with when each was confirmed and whether it was replied to."""
    words = PlaybackConfirmation.objects.visible_to(seat).filter(
        round=OuterRef("pk"), content_hash=OuterRef("content_hash"), side_id=speaker_id(seat, step)
    )
    replies = PassageReply.objects.visible_to(seat).filter(round=OuterRef("pk"))
    return (
        PlaybackRound.objects.visible_to(seat)
        .filter(side_id=listener_id(seat, step))
        .annotate(confirmed_at=Subquery(words.values("created_at")[:1]), replied=Exists(replies))
        .order_by("number")
    )


def playback_stands(seat: Seat, step: Step) -> bool:
    """Whether the listener's latest playback stands: waiting for the speaker's word or confirmed, not corrected."""
    latest: Any = rounds(seat, step).last()
    return latest is not None and (latest.confirmed_at is not None or not latest.replied)


def playback_is_confirmed(seat: Seat, step: Step) -> bool:
    """Whether the speaker has confirmed exactly the latest playback, or both say it was right at the table (M16).

    Shared: the same for both sides.
    """
    latest: Any = rounds(seat, step).last()
    return (latest is not None and latest.confirmed_at is not None) or len(confirming_sides(seat, step)) == 2


def confirming_sides(seat: Seat, step: Step) -> set[str]:
    """Return which sides say that it was said back at the table and was right: 'ours', 'theirs' (M16).

    The speaker's latest word counts: what was said before something written was put right is to be said again.
    """
    replies = PassageReply.objects.visible_to(seat).filter(
        side_id=speaker_id(seat, step), round__side_id=listener_id(seat, step)
    )
    put_right = replies.exclude(text="").aggregate(at=Max("created_at"))["at"]
    rows = SpokenPlayback.objects.visible_to(seat).filter(step=step)
    if put_right:
        rows = rows.filter(created_at__gt=put_right)
    return {seat.side_name(side) for side in rows.values_list("side_id", flat=True)}


@dataclass(slots=True)
class Playback:
    """The story of one briefing's playback, as both sides see it."""

    rounds: list[Any]
    replies: dict[uuid.UUID, dict[str, PassageReply]] = field(default_factory=dict)

    @property
    def latest(self) -> Any:
        """The latest round, or None."""
        return self.rounds[-1] if self.rounds else None

    @property
    def state(self) -> str:
        """none, waiting, corrected or confirmed."""
        if self.latest is None:
            return "none"
        if self.latest.confirmed_at:
            return "confirmed"
        return "corrected" if self.latest.replied else "waiting"

    @property
    def put_right(self) -> dict[Passage, str]:
        """What the speaker would say instead in the latest round, by passage: empty unless some of it was put right."""
        if self.state != "corrected":
            return {}
        replies = self.replies.get(self.latest.pk, {})
        return {p: replies[p].text for p in Passage if p in replies and replies[p].text}

    @property
    def to_hear(self) -> tuple[Passage, ...]:
        """The passages of the latest round that the speaker has not said are right."""
        right = [[Passage(p) for p, r in self.replies.get(one.pk, {}).items() if not r.text] for one in self.rounds]
        return rules.still_to_hear([one.passages for one in self.rounds], right)


def playback(seat: Seat, step: Step) -> Playback:
    """Return the rounds of a briefing's playback with what was said to each. Two queries."""
    found = Playback(list(rounds(seat, step)))
    for reply in PassageReply.objects.visible_to(seat).filter(side_id=speaker_id(seat, step)):
        found.replies.setdefault(reply.round_id, {})[reply.passage] = reply
    return found


# ── What each side settles with itself ──


def criteria(seat: Seat) -> list[Any]:
    """Return our criteria, each with its latest assessment: see `with_latest`. Ours alone. Two queries."""
    return with_latest(seat, Criterion.objects.visible_to(seat).order_by("created_at", "id"))


def with_latest(seat: Seat, rows: Iterable[Criterion]) -> list[Any]:
    """Return criteria with the latest `assessment` of each (None where there is none) and what it `said` (a Weight or "")."""
    weighed = {one.criterion_id: one for one in Assessment.objects.visible_to(seat).order_by("created_at", "id")}
    found = list[Any](rows)
    for row in found:
        row.assessment = weighed.get(row.pk)
        row.said = row.assessment.said.unseal(seat) if row.assessment else ""
    return found


def first_criteria() -> list[Any]:
    """Return the criteria one is offered where one has chosen none: the playbook's first six."""
    return list(playbook().criteria[:6])


def weighed_criteria(seat: Seat) -> tuple[int, int]:
    """Return (weighed, all) of our own criteria. 'Don't know yet' is not weighed: it is to be found out (M17)."""
    rows = criteria(seat)
    return len([row for row in rows if row.said and row.said != Weight.UNKNOWN]), len(rows)


def unmet_criteria(seat: Seat) -> int:
    """Return how many of our criteria are not met and nobody has said why they are happy anyway (M17)."""
    return len([row for row in criteria(seat) if row.said == Weight.NOT_MET])


def criterion_words(seat: Seat, criterion: Criterion) -> str:
    """Return a criterion in the reader's language, if it is the playbook's, or in the words it was written in."""
    known = next((entry for entry in playbook().criteria if entry.id == criterion.entry), None)
    return _(known.text) if known else criterion.text.unseal(seat)


def people_estimate(seat: Seat, step: Step | None = None) -> str:
    """Return what our side last said of the people it knows, in one step or in any; empty if it was not asked."""
    rows = PeopleEstimate.objects.visible_to(seat)
    rows = rows if step is None else rows.filter(step=step)
    last = rows.order_by(*LATEST).first()
    return last.said.unseal(seat) if last else ""


def has_said_whom_it_knows(seat: Seat, step: Step) -> bool:
    """Whether our side has answered, in this step, whom it knows that they would want to meet (M26)."""
    return bool(people_estimate(seat, step))


def knows_nobody(seat: Seat) -> bool:
    """Whether our side's last answer was: nobody yet (M26)."""
    return people_estimate(seat) == PeopleRange.NOBODY


def purpose(seat: Seat) -> Purpose | None:
    """Return our side's purpose (M21), or None."""
    return Purpose.objects.visible_to(seat).first()


def has_purpose(seat: Seat) -> bool:
    """Whether our side has written down why it wants this relationship (M21)."""
    return Purpose.objects.visible_to(seat).exists()


def shared_purposes(seat: Seat) -> dict[str, ShownPurpose]:
    """Return the purpose each side last showed: {'ours': …, 'theirs': …}, without those who have not."""
    rows = ShownPurpose.objects.visible_to(seat).order_by("created_at", "id")
    return {seat.side_name(row.side_id): row for row in rows}


def purpose_askers(seat: Seat) -> set[str]:
    """Return which sides have asked the other why: 'ours', 'theirs'."""
    return {seat.side_name(side) for side in PurposeRequest.objects.visible_to(seat).values_list("side_id", flat=True)}


# ── The order ──


def order_proposal(seat: Seat) -> OrderProposal | None:
    """Return the wish to change the order that waits for an answer, if there is one (M15)."""
    replies = OrderReply.objects.visible_to(seat).filter(proposal=OuterRef("pk"))
    return OrderProposal.objects.visible_to(seat).exclude(Exists(replies)).order_by(*LATEST).first()


def order_may_change(seat: Seat) -> bool:
    """Whether the order can still be changed: until the first playback, and not after the first briefing."""
    return seat.at <= Step.FIRST_BRIEFING and not PlaybackRound.objects.visible_to(seat).exists()
