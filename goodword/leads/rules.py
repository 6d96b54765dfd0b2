"""What may be done with a lead, and how it is read. Pure.

A lead goes offered → accepted → reported on; it may be sent back, taken back, lapse without a name, or be stopped
by the person it names. A name crosses only with that person's recorded agreement (T41), whatever the route.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Protocol, TypeVar

from goodword.ground import names
from goodword.ground.reach import Contact, has_number
from goodword.ground.text import sentence_of, shorten
from goodword.relationships.steps import Step

ROUTES = ("ask", "now", "together", "call", "card")  # in the order they are offered
HOW = ("in_person", "phone", "email", "message")
PURPOSES = ("contact", "introduce")
OPEN = ("offered", "accepted")
STATES = (*OPEN, "sent_back", "withdrawn", "lapsed", "stopped")
GROUPS = ("work", "talking", "nothing", "quiet")  # where a thread of the flow picture ends
OUTCOMES = ("spoke", "meeting", "proposal", "client", "not_now", "not_a_fit", "no_answer")
TAKEN_BACK = "taken_back"
_GROUP = {
    "client": "work",
    "spoke": "talking",
    "meeting": "talking",
    "proposal": "talking",
    "not_now": "nothing",
    "not_a_fit": "nothing",
}

UNDO = dt.timedelta(seconds=30)  # a letter waits this long, so that a slip can be taken back before it leaves
RHYTHMS = ("day", "week")  # in which news may be gathered, for whoever would rather not hear at once
REMINDERS = 2
BETWEEN_REMINDERS = 5  # working days
FIRST_HOUR, LAST_HOUR = 8, 19
RETENTION = dt.timedelta(days=365)  # after the last outcome (T43)
RETENTION_WARNING = dt.timedelta(days=30)
DESCRIPTION = 120
A_FEW_WORDS = 20  # letters a clause has at least that says who is meant
_BREAK = re.compile(r"[,;:](?=\s)|\s[–—(]|\s-\s")


class ReportLike(Protocol):
    """What a report is here: an outcome that may replace an earlier one."""

    @property
    def id(self) -> object:
        """Which report it is."""

    @property
    def outcome(self) -> str:
        """What it says."""

    @property
    def replaces_id(self) -> object:
        """Which earlier one it replaces."""


R = TypeVar("R", bound=ReportLike)


def may_give(step: Step) -> bool:
    """Whether leads may be given in this step: only when both have confirmed that it goes ahead (M28, M29)."""
    return step is Step.ADVOCATE


def may_prepare(step: Step) -> bool:
    """Whether somebody may already think of first leads for themselves (M29)."""
    return step >= Step.AGREE


def standing(reports: Iterable[R]) -> list[R]:
    """Return the reports that stand, in the order given: not corrected or taken back by a later one."""
    rows = list(reports)
    replaced = {row.replaces_id for row in rows if row.replaces_id}
    return [row for row in rows if row.id not in replaced and row.outcome != TAKEN_BACK]


def group(state: str, outcome: str) -> str:
    """Return where a lead ends in the flow picture."""
    if outcome in _GROUP:
        return _GROUP[outcome]
    return "quiet" if state in OPEN else "nothing"


def can_speak(route: str, named: bool) -> bool:
    """Whether the receiver has somebody to speak to: a name, or a joint call. With a card the contact rings."""
    return named or route == "together"


def waits_for(state: str, outcome: str, route: str, named: bool, *, received: bool) -> str:
    """Return what a lead waits for from this side: "answer", "word", "agreement", "call", or "" for nothing.

    Where the giver rings, the receiver picks the moment: until they look after it, nobody is waited for but them.
    """
    if state not in OPEN or outcome:
        return ""
    if not received:
        if route == "call" and not named:
            return "call" if state == "accepted" else ""
        return "agreement" if route in ("ask", "now") and not named else ""
    if state == "offered":
        return "answer"
    return "word" if can_speak(route, named) else ""


def promise(route: str, named: bool, from_day: dt.date, days: tuple[int, int]) -> tuple[dt.date | None, dt.date | None]:
    """Return by when the receiver promised to speak to them and to report; none while there is nobody to speak to."""
    if not can_speak(route, named):
        return None, None
    return working_days_after(from_day, days[0]), working_days_after(from_day, days[1])


def working_days_after(day: dt.date, count: int) -> dt.date:
    """Return the day `count` working days (Monday to Friday) after `day`."""
    while count > 0:
        day += dt.timedelta(days=1)
        count -= day.weekday() < 5
    return day


def may_write_at(local: dt.datetime) -> bool:
    """Whether a reminder may be sent at this local time: on a working day, between eight and seven in the evening."""
    return local.weekday() < 5 and FIRST_HOUR <= local.hour < LAST_HOUR


def may_remind(word_by: dt.date, local: dt.datetime, sent: int, last: dt.date | None) -> bool:
    """Whether a person is reminded now of a word they promised: after its day, twice at most, days apart, by day."""
    if sent >= REMINDERS or local.date() <= word_by or not may_write_at(local):
        return False
    return last is None or local.date() >= working_days_after(last, BETWEEN_REMINDERS)


def next_gathering(rhythm: str, local: dt.datetime) -> dt.datetime:
    """Return when gathered news leaves next: eight in the morning of a working day, of a Monday for "week"."""
    at = local.replace(hour=FIRST_HOUR, minute=0, second=0, microsecond=0)
    while at <= local or at.weekday() not in ((0,) if rhythm == "week" else range(5)):
        at += dt.timedelta(days=1)
    return at


def first_sentence(why: str) -> str:
    """Return how a lead is called until its name may be known: the first sentence of why they fit, or, where that is long, as
    many of its clauses as fit, whole. Only one without any break is cut off.
    """
    sentence = sentence_of(why)
    if len(sentence) <= DESCRIPTION:
        return sentence
    ends = [found.start() for found in _BREAK.finditer(sentence[:DESCRIPTION]) if found.start() >= A_FEW_WORDS]
    return sentence[: ends[-1]].rstrip() if ends else shorten(sentence, DESCRIPTION)


_NOT_A_NAME = names.TITLES | names.PARTICLES | {"the", "and", "ltd", "limited", "plc", "gmbh", "inc", "llp"}
_WORD = re.compile(r"[^\W\d_]+")


def gives_away(text: str, contact: Contact, country: str) -> str:
    """Return "name" or "reach" if words that cross at once hold what must not cross yet, otherwise "" (T41)."""
    if _holds_name(_plain(text), _plain(contact.name)):
        return "name"
    return "reach" if has_number(text, contact, country) else ""


def alike(one: str, other: str) -> bool:
    """Whether two names can be one person's: a longer word of one is in the other, or one was never written down."""
    words = [_telling(_WORD.findall(_plain(name))) or set(_plain(name).casefold().split()) for name in (one, other)]
    return not (words[0] and words[1]) or bool(words[0] & words[1])


def _plain(text: str) -> str:
    """Return words without their accents, however those were typed: somebody with José in mind may write Jose."""
    marked = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(letter for letter in marked if not unicodedata.combining(letter)))


def _telling(words: Iterable[str]) -> set[str]:
    return {word.casefold() for word in words if len(word) > 2} - _NOT_A_NAME


def _holds_name(text: str, name: str) -> bool:
    """Whether a text holds any longer word of a name, or the whole of one made of short words ("Bo Ek", 王芳).

    A word that begins small is not a name ("They will need help", for a Will), unless a title stands before it or the whole
    name stands there so.
    """
    words, called = _WORD.findall(text), _WORD.findall(name)
    named = (
        word for before, word in pairwise(["", *words]) if not word[0].islower() or before.casefold() in names.TITLES
    )
    if _telling(called) & {word.casefold() for word in named}:
        return True
    whole = "".join(called)
    if len(whole) > 1 and whole.lower() == whole.upper():
        return whole in "".join(words)  # a script without capitals, which may leave no space between words
    if len(called) == 1:
        return whole not in ("", *_NOT_A_NAME) and whole in words  # "Jo" is a name, and "an" is none: as it was typed
    return bool(called) and f" {' '.join(called)} ".casefold() in f" {' '.join(words)} ".casefold()


def safe_cell(text: str) -> str:
    """Return a cell no spreadsheet takes for a formula (T46)."""
    return f"'{text}" if text.lstrip()[:1] in ("=", "+", "-", "@") or text[:1] in ("\t", "\r", "\n") else text


def counts(rows: Sequence[tuple[str, str, int]]) -> dict[str, int]:
    """Return how many leads end in each group, from (state, outcome, how many)."""
    found = dict.fromkeys(GROUPS, 0)
    for state, outcome, many in rows:
        found[group(state, outcome)] += many
    return found
