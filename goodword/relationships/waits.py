"""The words of waiting: what kinds of thing wait, whose turn it is, how soon; what rooms answer when they are asked."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from goodword.relationships.models import NO_TIME, Seat
from goodword.ui.addresses import url


class Kind(StrEnum):
    """Every kind of thing that waits, in the order in which one would do them; `wording.WAITS` has the words."""

    PAUSED = "paused"
    READ_RESULT = "read_result"
    READ_GIVEN_UP = "read_given_up"
    READ_ENDED = "read_ended"
    NAME_IT = "name_it"
    LEAD_REPORT = "lead_report"
    LEAD_ANSWER = "lead_answer"
    CHOOSE_TIME = "choose_time"
    MOVE_IT = "move_it"
    CONFIRM_CONCLUSION = "confirm_agreed"
    THINK_OVER = "think_over"
    READ_TABLED = "read_tabled"
    READ_REMARK = "read_remark"
    REVEAL = "reveal"
    READ_QUESTIONS = "read_questions"
    ORDER = "order"
    SHOW_PURPOSE = "show_purpose"
    READ_UPDATE = "read_update"
    STILL_GLAD = "still_glad"
    DECIDE_NOW = "decide_now"
    DECIDE = "decide"
    RECORD = "record"
    PURPOSE = "purpose"
    QUESTIONS = "questions"
    BRIEFING = "briefing"
    MEET = "meet"
    PLAN = "plan"
    PLAY_BACK_AGAIN = "play_back_again"
    WRAP_UP = "came_of_it"
    HESITATE = "hesitate"
    DEAL_BREAKER = "deal_breaker"
    CHECK = "check"
    PLAY_BACK = "play_back"
    CONFIRM = "confirm"
    CRITERIA = "criteria"
    PEOPLE_KNOWN = "people_known"
    AGREEMENT = "agreement"
    ACCEPT = "accept"
    TEACH = "teach"
    HEAR = "hear"
    WORK_OUT = "work_out"
    HELP_SAY = "help_say"
    DEAL_WITH = "deal_with"
    LEAD_SPEAK = "lead_speak"
    LEAD_CALL = "lead_call"
    LEAD_ASK = "lead_ask"
    LEAD_NEWS = "lead_news"
    PROMISE = "promise"
    READ_ANSWER = "read_answer"
    READ_PURPOSE = "read_purpose"
    READ_THANKS = "read_thanks"
    READ_PROFILE = "read_profile"
    READ_RHYTHM = "read_rhythm"
    READ_REVIEW = "read_review"
    READ_STAYED = "read_stayed"
    FOLLOW_UP = "follow_up"
    WRITE_LETTER = "write_letter"
    SEND_LETTER = "send_letter"
    CAME_BACK = "came_back"
    NOT_NOW = "not_now"
    WAIT_ANSWER = "wait_answer"
    WAIT_JOIN = "wait_join"
    WAIT_DECISION = "wait_decision"
    WAIT_THEM = "wait_them"
    SAY_FOR_BOTH = "say_for_both"
    KEEP_AGREEMENT = "keep_agreement"
    SLIP = "slip"
    IS_IT_SO = "is_it_so"
    OPEN_KEPT = "open_kept"
    READ_CONFIRMED = "read_confirmed"
    GIVE = "give"


ORDER: dict[str, int] = {kind: place for place, kind in enumerate(Kind)}
LEADS = frozenset({Kind.LEAD_REPORT, Kind.LEAD_ANSWER, Kind.LEAD_SPEAK, Kind.LEAD_CALL, Kind.LEAD_ASK, Kind.LEAD_NEWS})
# News that stands until seen though the relationship has ended.
AFTER_THE_END = frozenset({Kind.READ_GIVEN_UP, Kind.READ_ENDED})
NEWS = frozenset(kind for kind in Kind if kind.startswith("read_")) - {Kind.READ_UPDATE} | {
    Kind.REVEAL,
    Kind.SHOW_PURPOSE,
    Kind.LEAD_NEWS,
}


ON_FRONT_PAGE = frozenset(
    {Kind.PROMISE}
)  # what is done by a button on the relationship's own page: nothing leads on to it


class Turn(StrEnum):
    """Whose turn it is."""

    OURS = "ours"
    THEIRS = "theirs"
    BOTH = "both"


class Urgency(IntEnum):
    """How soon something is wanted."""

    NOW = 1
    SOON = 2
    READY = 3
    OTHERS = 5
    NOTHING = 9


# Words, or what opens them where they lie sealed: of the many rows that are read, few are shown.
Subject = str | Callable[[], str]


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing that waits: what kind, whose turn, how soon, by when, since when, which thing, and the page of that very thing."""

    kind: Kind
    page: str
    urgency: Urgency = Urgency.READY
    turn: Turn = Turn.OURS
    by: dt.datetime | None = None
    since: dt.datetime | None = None
    key: str = ""
    subject: Subject = ""  # whom or what it is about, where that has a name both sides read
    needed: bool = False  # the gate needs it; the rest is courtesy
    news: str = ""  # the public key of a piece of news, by which it is said to be seen

    @property
    def about(self) -> str:
        """Whom or what it is about, in words: what is sealed is opened as it is asked for."""
        return self.subject if isinstance(self.subject, str) else self.subject()

    @property
    def place(self) -> tuple[int, dt.datetime, dt.datetime, str]:
        """Where it stands among things that are as urgent."""
        return place(self.kind, self.by, self.since, self.key)

    @property
    def rank(self) -> tuple[bool, int, dt.datetime, dt.datetime, str]:
        """Where it stands among all of one relationship: what is ours or both's before what is theirs."""
        return self.turn is Turn.THEIRS, *self.place


def place(
    kind: str, by: dt.datetime | None, since: dt.datetime | None, key: str
) -> tuple[int, dt.datetime, dt.datetime, str]:
    """Return where a thing stands among those that are as urgent: by its kind, then by when, then since when."""
    return ORDER[kind], by or NO_TIME, since or NO_TIME, key


@dataclass(frozen=True, slots=True)
class Later:
    """The instant from which time alone may change what a room waits for."""

    at: dt.datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """How a seat stands before its gate, as plain values for its row: what the front page shows without asking every room."""

    values: dict[str, Any]


Answer = Wait | Later | Standing
Room = Callable[[Seat, dt.datetime], Iterable[Answer]]
Lines = Callable[[Sequence[Seat]], Mapping[uuid.UUID, list[Wait]]]


def page_of(seat: Seat, route: str, *args: object) -> str:
    """Return the address of a page in this relationship."""
    return url(route, seat.relationship_key, *args)
