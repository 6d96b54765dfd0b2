"""What the pages of a gate show."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext_lazy

from goodword.database.compiled import compiled
from goodword.gates.models import Decision, PartingLine, Round
from goodword.gates.needs import NEEDS, missing_sentence
from goodword.gates.queries import basis
from goodword.gates.readiness import (
    Readiness,
    asked_again_at,
    choices_of,
    current_speaker,
    readiness,
    rests_until,
)
from goodword.gates.rules import FIRST_LEADS, GATES, PRIVATE_NEEDS, Choice, Need, WaitsFor, gate_of
from goodword.gates.wording import answers, promise_words, third_answer, what_it_waits_for, who_sees_it
from goodword.leads.queries import endings
from goodword.leads.queries import pages as leads
from goodword.playbook.shelf import playbook
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.relationships.waits import Wait, page_of
from goodword.reservations import queries as reservations
from goodword.ui import languages
from goodword.ui.languages import gettext as _

AFTER_A_ROUND = {WaitsFor.MEETING.value: "encounter-new", WaitsFor.SETTLING.value: "reservations"}
_CONFIRMING = [gate.id for gate in GATES if gate.asks_first_leads]

STEP_NAMES = {
    Step.EXPLORE: gettext_lazy("Explore"),
    Step.FIRST_BRIEFING: gettext_lazy("First briefing"),
    Step.SECOND_BRIEFING: gettext_lazy("Second briefing"),
    Step.AGREE: gettext_lazy("Agree and teach"),
    Step.ADVOCATE: gettext_lazy("Advocate"),
}


def step_name(step: Step) -> str:
    """Return a step's name as the path shows it."""
    return _step_name(languages.in_use(), step)


@lru_cache(maxsize=256)
def _step_name(language: str, step: Step) -> str:
    return str(STEP_NAMES[step])


def gate_page(seat: Seat, query: QueryDict, *, answering: bool = False) -> dict[str, Any]:
    """Return what the gate's page shows: the question, one's own way there, and whether a decision is sealed.

    `answering`: whether an answer was just sent and could not be kept, so that the page goes on asking.
    """
    standing = readiness(seat)
    words = playbook().gate(standing.gate.id)
    decided = standing.theirs_at is not None
    sealed_for, sealed = who_sees_it(seat, decided)
    return {
        "standing": standing,
        "question": _(words.question),
        "last": _last_time(seat, standing),
        "later": what_it_waits_for(seat),
        "basis": basis.context(seat) if standing.asked and not seat.mirror else None,
        "meanings": {"go_on": _(words.go_on), "not_yet": _(words.not_yet), "let_go": _(words.let_go)},
        "answers": answers(seat, decided),
        "third_answer": third_answer(seat),
        "sealed": sealed,
        "sealed_for": sealed_for,
        "not_yet": query.get("answer") == Choice.NOT_YET,
        "missing": _missing(seat, standing),
        "state": _state(seat, standing, bool(query.get("change") or query.get("answer")), answering),
        "own_deal_breaker": reservations.own_deal_breaker(seat) if not seat.mirror else False,
        "chosen": _choice_words(standing, seat),
        "next_step": step_name(standing.gate.leads_to),
    }


def _last_time(seat: Seat, standing: Readiness) -> dict[str, Any] | None:
    """Return what came of the last round at this gate and when it is asked again, or None where none was held or it opened."""
    last = standing.last
    if last is None or last.outcome == Choice.GO_ON:
        return None
    return {"round": last, "again": asked_again_at(seat, last), **choices_of(seat, last.gate, last.number)}


def _missing(seat: Seat, standing: Readiness) -> list[dict[str, str]]:
    """Return what our side still needs: in a sentence, with the page of that very thing."""
    return [
        {"name": str(NEEDS[need].name), "todo": missing_sentence(need, seat), "page": _page_of(seat, need)}
        for need in standing.missing
    ]


def _page_of(seat: Seat, need: Need) -> str:
    """Return the page of the very thing that is missing."""
    row = NEEDS[need]
    waits = row.waits(seat) if row.waits else []
    first = waits[0] if isinstance(waits, list) and waits else waits
    return first.page if isinstance(first, Wait) else page_of(seat, row.page)


def _state(seat: Seat, standing: Readiness, changing: bool, answering: bool) -> str:
    """Return which page of the gate this is: not asked, not ready, deciding, sealed, or resting after another round."""
    if not standing.asked:
        return "not_asked"
    if standing.mine is not None and not changing:
        return "sealed"
    if standing.missing:
        return "not_ready"
    rest = None if standing.mine or changing or answering else rests_until(seat, standing)
    return "resting" if rest and rest > timezone.now() else "deciding"


def _choice_words(standing: Readiness, seat: Seat) -> str:
    if standing.mine is None:
        return ""
    labels = {Choice.GO_ON: _("Go on"), Choice.NOT_YET: _("Not yet"), Choice.LET_GO: _("Let go")}
    return labels[Choice(standing.mine.choice.unseal(seat))]


def result_page(seat: Seat, gate_id: str, number: int) -> dict[str, Any] | None:
    """Return what came of a round both have decided in, or None if they have not."""
    found = Round.objects.visible_to(seat).filter(gate=gate_id, number=number).first()
    if found is None:
        return None
    choices = choices_of(seat, gate_id, number)
    return {
        "round": found,
        "again": asked_again_at(seat, found),
        "onward": page_of(seat, AFTER_A_ROUND.get(found.waits_for, "relationship")),
        "opened": found.outcome == Choice.GO_ON,
        "ours": choices["ours"],
        "theirs": choices["theirs"],
        "promised": _promises(seat, found),
        "step_name": step_name(seat.at),
        "help": playbook().help(f"step_{seat.at.slug}"),
        "speaks": seat.speaks,
        "speaker": current_speaker(seat),
    }


def _promises(seat: Seat, found: Round) -> dict[str, str]:
    """Return the first leads each side promised, in words, where both confirmed; nothing at any other gate (M29)."""
    if found.outcome != Choice.GO_ON or found.gate not in _CONFIRMING:
        return {}
    return {
        whose: promise_words(number, kind)
        for whose, (number, kind) in _first_leads(seat, found.gate, found.number).items()
    }


def _first_leads(seat: Seat, gate: str, number: int) -> dict[str, tuple[str, str]]:
    """Return how many first leads each side promised in a round that has been opened, and among whom: {'ours': …, 'theirs': …}."""
    rows = Decision.objects.visible_to(seat).filter(gate=gate, round=number).exclude(opened_at=None)
    return {seat.side_name(row.side_id): (row.first_leads.unseal(seat), row.lead_kinds.unseal(seat)) for row in rows}


@compiled
def _confirmation(seat: Seat) -> QuerySet[Round]:
    rounds = Round.objects.visible_to(seat).filter(gate__in=_CONFIRMING, outcome=Choice.GO_ON)
    return rounds.order_by("-number")[:1]


def first_leads_to_come(seat: Seat) -> list[dict[str, Any]]:
    """Return what each side promised at the confirmation and what it has given since, until both have given as many (M29).

    One row for each side: whose, the promise in words, how many were given. Nothing before the confirmation or after the end.
    """
    if seat.at is not Step.ADVOCATE or not seat.open:
        return []
    confirmed = next(iter(_confirmation(seat)), None)
    if confirmed is None:
        return []
    given = dict(zip(("ours", "theirs"), leads.counts_of_both(seat), strict=True))
    said = _first_leads(seat, confirmed.gate, confirmed.number)
    if all(given[whose] >= FIRST_LEADS[number] for whose, (number, _kind) in said.items()):
        return []
    return [
        {"whose": whose, "promised": promise_words(*said[whose]), "given": given[whose]} for whose in ("ours", "theirs")
    ]


def ending_page(seat: Seat) -> dict[str, Any]:
    """Return what the page of a kind ending shows: each side's line if it left one, and the leads of which something may still come."""
    lines = {seat.side_name(line.side_id): line for line in PartingLine.objects.visible_to(seat)}
    return {"ours": lines.get("ours"), "theirs": lines.get("theirs"), "leads": endings.unfinished(seat)}


def seat_sentence(seat: Seat) -> str:
    """Return the sentence to whoever has just given up their seat."""
    return _("You no longer sit across from %(name)s here.") % {"name": seat.other.first_name}


def line_sentence(seat: Seat) -> str:
    """Return the sentence that a line is on its way."""
    return _("Your line is on its way to %(name)s.") % {"name": seat.other.first_name}


def ready_rows(seat: Seat, standing: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the table 'before the next gate': each need with our mark and theirs, as far as this seat may know.

    `standing` is what `Readiness.as_values` gave. A mark is 'done', 'yet', 'own' (theirs alone to know) or '' (not asked of
    that side).
    """
    asked = [
        need for need, _who in gate_of(seat.at).needs if need in standing["needed"] or need in standing["needed_theirs"]
    ]
    return [
        {
            "need": _("Another encounter")
            if need is Need.ENCOUNTER and standing["round"] > 1 and need not in standing["met"]
            else str(NEEDS[need].name),
            "page": page_of(seat, NEEDS[need].page),
            "ours": _mark(need, standing["needed"], standing["met"], hidden=seat.mirror),
            "theirs": _mark(need, standing["needed_theirs"], standing["met_theirs"], hidden=True),
        }
        for need in asked
        if need is not Need.TABLE_CLEAR or need not in standing["met"]
    ]


def _mark(need: Need, needed: list[str], met: list[str], *, hidden: bool) -> str:
    if need not in needed:
        return ""
    if hidden and need in PRIVATE_NEEDS:
        return "own"
    return "done" if need in met else "yet"
