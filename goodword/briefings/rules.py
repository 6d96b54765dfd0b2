"""Conditions of the briefings: who speaks when, which questions are open ones, what stands confirmed. Pure."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from goodword.relationships.steps import Role, Step


class Passage(StrEnum):
    """The four things a listener says back (M16)."""

    DOES = "does"
    WHOM = "whom"
    WHY = "why"
    WHEN = "when"


class Weight(StrEnum):
    """What an assessment says of a criterion (M17)."""

    MET = "met"
    HAPPY = "happy"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class PeopleRange(StrEnum):
    """How many people one knows that they would want to meet: in ranges, never in names (M26)."""

    NOBODY = "nobody"
    FEW = "one_or_two"
    SOME = "three_to_five"
    MORE = "more"


BRIEFINGS = (Step.FIRST_BRIEFING, Step.SECOND_BRIEFING)

# Where a criterion of the playbook is not known yet, a question that tends to bring it out without naming it.
QUESTION_FOR: Mapping[str, str] = {
    "same_clients": "best_clients",
    "trusted": "trusted_by",
    "meets_them_often": "people_for_me",
    "good_work": "proud_work",
    "small_promises": "reaching_you",
    "thinks_long": "beyond_leads",
    "shared_values": "not_a_fit",
    "similar_standing": "next_client",
    "able_to_give": "people_for_me",
    "i_can_help": "what_would_help_now",
    "no_rival": "already_send_to",
    "has_time": "how_much_time",
    "open_about_fees": "what_it_costs",
    "takes_no": "would_not_take",
    "qualified": "what_i_need_to_see",
    "best_client": "what_i_need_to_see",
    "people_in_common": "trusted_by",
}


def briefing_at(step: Step) -> Step:
    """Return the briefing a step is about: the coming one before the briefings, the last one after them."""
    return min(max(step, Step.FIRST_BRIEFING), Step.SECOND_BRIEFING)


def name_of(step: Step) -> str:
    """Return what the addresses call a briefing: first or second."""
    return "first" if step is Step.FIRST_BRIEFING else "second"


def speaks_in(role: Role, first_speaker: Role) -> Step:
    """Return the briefing in which this side is centre stage (M15)."""
    return Step.FIRST_BRIEFING if role == first_speaker else Step.SECOND_BRIEFING


def listens_in(role: Role, first_speaker: Role) -> Step:
    """Return the briefing in which this side listens and coaches (M15)."""
    return speaks_in(role.other, first_speaker)


# ── Open and closed questions (M16) ──

_CLOSED_QUESTION = re.compile(
    r"(do|does|did|is|are|am|was|were|can|could|will|would|have|has|had|should|shall|may|might|must)(n't)?\b|(can|won)'t\b"
)
_INVITES = re.compile(r"(can|could|would|will) you (please )?(tell|describe|explain|show|walk|say|give|talk|share)\b")
_SENTENCE = re.compile(r"[^.!?:]+[.!?:]*")


def is_closed(question: str) -> bool:
    """Whether a question can be answered with yes or no: what is asked last begins with do, is, can and their like.

    "Could you tell me…" invites a story and counts as open. English only; a hint to the writer, never a condition.
    """
    text = question.replace("’", "'").lower()
    sentences = [s.strip() for s in _SENTENCE.findall(text) if s.strip(" .!?:")]
    asked = next((s for s in reversed(sentences) if s.endswith("?")), sentences[-1] if sentences else "")
    asked = re.sub(r"^(and|but|so|or|well|then),? ", "", asked)
    return bool(_CLOSED_QUESTION.match(asked)) and not _INVITES.match(asked)


# ── Playback ──


def content_hash(number: int, passages: Mapping[Passage, str]) -> str:
    """Return the hash of one round: its number and its passages, so that the same words later are another round."""
    content = json.dumps([number, [passages[p] for p in Passage]], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def still_to_hear(rounds: Sequence[Mapping[Passage, str]], right: Sequence[Iterable[Passage]]) -> tuple[Passage, ...]:
    """Return the passages of the last round that its speaker has not said are right.

    `right` holds, for each round, what was said to be right in it. A passage that is word for word what was right in
    the round before need not be confirmed again; one that was changed does, even back to older words.
    """
    confirmed: set[Passage] = set()
    before: Mapping[Passage, str] = {}
    for passages, said in zip(rounds, right, strict=True):
        confirmed = {p for p in confirmed if before.get(p) == passages[p]} | set(said)
        before = passages
    return tuple(p for p in Passage if p not in confirmed) if rounds else ()


# ── What is next on the page of a briefing ──


@dataclass(frozen=True, slots=True)
class BriefingStanding:
    """Where one side stands in one briefing, as far as it may see."""

    speaks: bool
    begun: bool
    prepared: int = 0
    heard: int = 0
    open_questions: int = 0
    has_notes: bool = False
    rounds: int = 0
    replied: bool = False
    confirmed: bool = False
    weighed: tuple[int, int] = (0, 0)
    people_answered: bool = False
    purpose_due: bool = False


def next_act(at: BriefingStanding) -> str:
    """Return the kind of thing that waits next in a briefing, as the hall's table of what waits calls it; empty for nothing."""
    return _speaker_next(at) if at.speaks else _listener_next(at)


def _speaker_next(at: BriefingStanding) -> str:
    if at.rounds and not at.replied:
        return "confirm"
    if not at.has_notes and not at.rounds:
        return "briefing"
    if at.open_questions:
        return "read_questions"
    if at.purpose_due:
        return "purpose"
    if at.begun and not at.people_answered:
        return "people_known"
    return "wait_them" if at.begun and not at.confirmed else ""


def _listener_next(at: BriefingStanding) -> str:
    if at.purpose_due:
        return "purpose"
    if at.rounds and at.replied and not at.confirmed:
        return "play_back_again"
    if not at.rounds and not at.prepared:
        return "questions"
    if not at.rounds:
        return "play_back" if at.begun and at.heard else ""
    weighed, total = at.weighed
    if weighed < total or not total:
        return "criteria"
    if not at.people_answered:
        return "people_known"
    return "" if at.confirmed else "wait_them"
