"""Reads shaped for the pages of the briefings, and what gates and desk may ask: all through `visible_to(seat)`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.briefings import rules, wording
from goodword.briefings.models import BriefingPoint, Criterion, PreparedQuestion
from goodword.briefings.queries import facts
from goodword.briefings.rules import BriefingStanding, Passage, Weight
from goodword.playbook.shelf import playbook
from goodword.relationships.models import Seat
from goodword.relationships.steps import Role, Step
from goodword.relationships.waits import NEWS, ON_FRONT_PAGE, Kind, page_of
from goodword.relationships.wording import words_for

SHEET_QUESTIONS = 12


def may_act(seat: Seat) -> bool:
    """Whether the page shows forms and buttons: to people who sit here, while it goes on."""
    return seat.open and not seat.mirror


def context(seat: Seat, step: Step | None = None) -> dict[str, Any]:
    """Return what the page of one briefing shows; without a step, of the current one. A mirror sees the table alone."""
    step = step or rules.briefing_at(seat.at)
    we_speak = facts.speaker_id(seat, step) == seat.side_id
    questions: list[Any] = list(facts.table_questions(seat, step))
    latest: Any = facts.rounds(seat, step).last()
    drawer = _drawer(seat, step, we_speak)
    begun = seat.at >= step and not seat.alone
    code = rules.next_act(_standing(we_speak, begun, questions, latest, drawer))
    first = seat.at <= Step.FIRST_BRIEFING and not latest
    return {
        "step": step,
        "which": rules.name_of(step),
        "we_speak": we_speak,
        "begun": begun,
        "questions": questions,
        "next_time": facts.still_open(questions),
        "latest": latest,
        "passages": passages(latest, own=we_speak),
        "code": code,
        "next": next_of(seat, step, code),
        "drawer": drawer,
        "order": facts.order_proposal(seat) if first else None,
        "order_open": first,
        "asked_why": facts.purpose_askers(seat),
        "may_act": may_act(seat),
    }


# Where each kind of thing that waits in a briefing is done; those that have a page for each briefing end in "-of".
PAGES = {
    Kind.CONFIRM: "playback-of",
    Kind.PLAY_BACK: "saying-back",
    Kind.PLAY_BACK_AGAIN: "saying-back",
    Kind.READ_QUESTIONS: "briefing-answers-of",
    Kind.QUESTIONS: "briefing-questions",
    Kind.BRIEFING: "briefing-telling",
    Kind.CRITERIA: "criteria",
    Kind.PEOPLE_KNOWN: "people-known",
    Kind.PURPOSE: "purpose",
}


def next_of(seat: Seat, step: Step, kind: str) -> dict[str, Any] | None:
    """Return what waits next in a briefing: words, whose turn, and the page of that very thing (none while it is theirs).

    Where nothing waits in the briefing itself, it is what waits first in the relationship; None where nothing does.
    """
    kind = kind or (seat.next_code if seat.next_code in PAGES else "")
    if not kind:
        words, news = words_for(seat.next_code, seat.other.first_name), seat.next_code in NEWS
        if words is None or seat.next_code in ON_FRONT_PAGE:
            return None
        return {"words": words, "turn": seat.next_who, "page": seat.next_page, "news": news}
    route = PAGES.get(Kind(kind))
    which = [rules.name_of(step)] if route and route.endswith("-of") else []
    return {
        "words": words_for(kind, seat.other.first_name),
        "turn": "ours" if route else "theirs",
        "page": page_of(seat, route, *which) if route else "",
    }


def _standing(
    we_speak: bool, begun: bool, questions: list[Any], latest: Any, drawer: dict[str, Any]
) -> BriefingStanding:
    answered = [q for q in questions if q.answered_at or q.heard_at]
    return BriefingStanding(
        speaks=we_speak,
        begun=begun,
        prepared=drawer["prepared"],
        has_notes=drawer["has_notes"],
        weighed=drawer["weighed"],
        heard=drawer["heard"] + len(answered),
        open_questions=len(questions) - len(answered),
        rounds=latest.number if latest else 0,
        replied=bool(latest and latest.replied),
        confirmed=bool(latest and latest.confirmed_at),
        people_answered=drawer["people"],
        purpose_due=drawer["purpose_due"],
    )


def _drawer(seat: Seat, step: Step, we_speak: bool) -> dict[str, Any]:
    """Return what our side keeps for this briefing. For a mirror it is empty, whatever is there."""
    has_notes = we_speak and facts.has_notes(seat)
    written = facts.has_purpose(seat)
    mine: list[PreparedQuestion] = [] if we_speak else list(facts.own_questions(seat))
    due = step is Step.SECOND_BRIEFING and seat.role is Role.PROPOSER and not written
    return {
        "has_notes": has_notes,
        "prepared": sum(1 for q in mine if not q.asked_id and not q.heard_at),
        "asked": sum(1 for q in mine if q.asked_id),
        "heard": sum(1 for q in mine if q.heard_at and not q.asked_id),
        "weighed": (0, 0) if we_speak else facts.weighed_criteria(seat),
        "people": facts.has_said_whom_it_knows(seat, seat.at),
        "purpose": written,
        "purpose_due": due,
    }


def passages(row: Any, *, own: bool) -> list[tuple[Passage, Any, str]]:
    """Return the passages of a round with their headings: 'What you do' to its speaker, 'What they do' to others."""
    headings = wording.OWN_HEADINGS if own else wording.HEADINGS
    return [(passage, headings[passage], text) for passage, text in row.passages.items()] if row else []


def questions_page(seat: Seat, about: str = "") -> dict[str, Any]:
    """Return our questions, and what the playbook offers. `about`: the key of a criterion to find out (M17)."""
    rows = list(facts.own_questions(seat))
    notes = facts.notes_of(seat)
    step = rules.listens_in(seat.role, facts.first_speaker(seat))
    questions = [_question(seat, row, notes) for row in rows]
    return {
        "questions": questions,
        "waiting": [q for q in questions if not q["asked"] and not q["heard"]],
        "groups": offered_questions({row.entry for row in rows}),
        "about": about_criterion(seat, about),
        "begun": seat.at >= step and not seat.alone,
        "may_act": may_act(seat),
        "answers": {q.pk: q for q in facts.table_questions(seat, step)},
    }


def unasked_questions(seat: Seat) -> list[str]:
    """Return our own questions that were neither asked in writing nor heard the answer of, oldest first. One query."""
    return [row.text.unseal(seat) for row in facts.own_questions(seat) if not row.asked_id and not row.heard_at]


def _question(seat: Seat, row: PreparedQuestion, notes: dict[Any, Any]) -> dict[str, Any]:
    text = row.text.unseal(seat)
    note = notes.get(row.pk)
    heard = row.asked.heard_at if row.asked else row.heard_at
    closed = rules.is_closed(text)
    return {"row": row, "text": text, "asked": row.asked, "heard": heard, "closed": closed, "note": note}


def offered_questions(taken: set[str]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the playbook's questions in their groups, without those already taken (M18)."""
    shelf = playbook()
    groups = [
        (_(one.text), in_words(q for q in shelf.questions(one.id) if q.id not in taken))
        for one in shelf.question_groups
    ]
    return [(heading, entries) for heading, entries in groups if entries]


def in_words(entries: Iterable[Any]) -> list[tuple[str, str]]:
    """Return entries of the playbook as (id, words in the reader's language)."""
    return [(entry.id, _(entry.text)) for entry in entries]


def about_criterion(seat: Seat, key: str) -> dict[str, Any] | None:
    """Return a criterion one wants to find out about, with a question that tends to bring it out, or None."""
    row = Criterion.objects.visible_to(seat).filter(key=key).first() if key else None
    if row is None:
        return None
    wanted = rules.QUESTION_FOR.get(row.entry)
    return {
        "row": row,
        "words": facts.criterion_words(seat, row),
        "offer": in_words(entry for entry in playbook().questions() if entry.id == wanted),
    }


def answers_page(seat: Seat, step: Step | None = None) -> dict[str, Any]:
    """Return the questions on the table of a briefing, with their answers."""
    step = step or rules.briefing_at(seat.at)
    rows: list[Any] = list(facts.table_questions(seat, step))
    we_speak = facts.speaker_id(seat, step) == seat.side_id
    return {"questions": rows, "we_speak": we_speak, "which": rules.name_of(step), "may_act": may_act(seat)}


def words_to_build_on(seat: Seat) -> list[dict[str, Any]]:
    """Return what the first briefing left on the table to build on, if we speak second (M15, fitted)."""
    if rules.speaks_in(seat.role, facts.first_speaker(seat)) is Step.FIRST_BRIEFING:
        return []
    latest: Any = facts.rounds(seat, Step.FIRST_BRIEFING).last()
    heard = passages(latest, own=False) if latest and latest.confirmed_at else []
    said = [{"ref": passage.value, "heading": heading, "text": text} for passage, heading, text in heard]
    rows: list[Any] = list(facts.table_questions(seat, Step.FIRST_BRIEFING))
    answered = [q for q in rows if q.answer_key]
    return said + [{"ref": q.answer_key, "heading": q.text, "text": q.answer_text} for q in answered]


def telling_page(seat: Seat, because: str = "") -> dict[str, Any]:
    """Return what our side wants to tell; if it speaks second, beside what the other said (M15)."""
    said = words_to_build_on(seat)
    notes = list(BriefingPoint.objects.visible_to(seat).order_by("created_at", "id"))
    known = {one["ref"] for one in said}
    return {
        "said": [{**one, "notes": [n for n in notes if n.because == one["ref"]]} for one in said],
        "loose": [n for n in notes if n.because not in known],
        "noted": bool(notes),
        "because": next((one for one in said if one["ref"] == because), None),
        "may_act": may_act(seat),
    }


def criteria_page(seat: Seat) -> dict[str, Any]:
    """Return our criteria, what was made of each, and what the playbook offers (M17)."""
    rows = facts.criteria(seat)
    criteria = [
        {
            "row": row,
            "text": facts.criterion_words(seat, row),
            "said": Weight(row.said) if row.said else None,
            "why": row.assessment,
        }
        for row in rows
    ]
    taken = {row.entry for row in rows}
    weighed = sum(1 for row in rows if row.said and row.said != Weight.UNKNOWN)
    return {
        "criteria": criteria,
        "weighed": weighed,
        "any_said": any(row.said for row in rows),
        "next_one": next((one for one in criteria if one["said"] is None), None),
        "offered": in_words(entry for entry in playbook().criteria if entry.id not in taken),
        "words": wording.WEIGHT_WORDS,
        "may_act": may_act(seat),
    }


def sheet(seat: Seat, step: Step | None = None) -> dict[str, Any]:
    """Return what the printed sheet of a briefing shows: shared facts only, cut to two pages."""
    step = step or rules.briefing_at(seat.at)
    latest: Any = facts.rounds(seat, step).last()
    rows: list[Any] = list(facts.table_questions(seat, step))
    speaks = seat.side if facts.speaker_id(seat, step) == seat.side_id else seat.other
    return {
        "speaks": speaks,
        "listens": seat.other if speaks is seat.side else seat.side,
        "which": rules.name_of(step),
        "latest": latest,
        "passages": passages(latest, own=False),
        "questions": rows[:SHEET_QUESTIONS],
        "left_out": max(0, len(rows) - SHEET_QUESTIONS),
        "today": timezone.localdate(),
        "version": latest.content_hash[:8] if latest else _("none yet"),
    }


def order_page(seat: Seat) -> dict[str, Any]:
    """Return who speaks first, whether that may still change, and the proposal that waits, if any (M15)."""
    return {
        "proposal": facts.order_proposal(seat),
        "may_change": facts.order_may_change(seat),
        "we_first": facts.first_speaker(seat) is seat.role,
        "may_act": may_act(seat),
    }
