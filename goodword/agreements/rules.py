"""Rules of the agreement (M27). Pure: what a version says, what changed, and when its words are in force."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dateutil.relativedelta import relativedelta

from goodword.ground.differences import Piece, Wording, marks, same_words
from goodword.ground.text import shorten
from goodword.relationships.steps import Step

LONGEST_MONTHS = 24
USUAL_MONTHS = 12
MOST_CLAUSES = 60
DEFAULT_CONTACT_DAYS = 2
DEFAULT_REPORT_DAYS = 5
DEFAULT_NAME_DAYS = 30
MOST_DAYS = 60

MONEY = "money"
DISCLOSURE = "disclosure"
REPORTING_CLAUSE = "keeping_posted"
REVIEW = "review_date"
DAYS = "days_and_dates"  # the clause we word ourselves, for what no other clause says
PROFESSION = (DISCLOSURE, "not_exclusive")  # what a profession with disclosure rules asks for


@dataclass(frozen=True, slots=True)
class ClauseWords:
    """One clause as it is worded in one version. Without text it is left out there, and the reason says why."""

    clause: str
    title: str
    text: str
    reason: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """One clause in two versions: "same", "changed", "new" or "gone"; "only" where there is nothing to compare with."""

    number: int
    title: str
    kind: str
    was: Wording
    now: Wording
    reason: str
    origin: str
    title_was: str = ""  # where it was called otherwise


def may_write(step: Step) -> bool:
    """Whether the agreement is open: from the step it belongs to, and ever after."""
    return step >= Step.AGREE


def usual_review(today: dt.date) -> dt.date:
    """Return the day to look at it again that is suggested."""
    return today + relativedelta(months=USUAL_MONTHS)


def latest_review(today: dt.date) -> dt.date:
    """Return the last day that may be chosen: an agreement is never open-ended."""
    return today + relativedelta(months=LONGEST_MONTHS)


def may_review_on(today: dt.date, day: dt.date) -> bool:
    """Whether the agreement may be looked at again on that day: still to come, and at most 24 months away."""
    return today < day <= latest_review(today)


def present(clauses: Sequence[ClauseWords]) -> list[ClauseWords]:
    """Return the clauses that are part of a version, without those left out."""
    return [each for each in clauses if each.text]


_ONE_S_OWN = re.compile(r"\b(?:I|me|my|mine|myself)\b(?!\.)")
_QUOTE = re.compile(r"“[^”]*”")
TITLE_WORDS = 6
LONGEST_TITLE = 200


def with_name_of(text: str, name: str) -> str:
    """Return words for a text both accept: what one of the two says of themselves ("I ring you first") has their name before it.

    What stands between quotation marks is somebody's already.
    """
    return f"{name}: “{text}”" if _ONE_S_OWN.search(_QUOTE.sub("", text)) else text


def title_by(text: str, name: str) -> str:
    """Return the same for a title; without the name where there is no room for it."""
    titled = with_name_of(text, name)
    return titled if len(titled) <= LONGEST_TITLE else text


def title_of(text: str) -> str:
    """Return a title for a clause that has none: the words it begins with."""
    words = text.split()
    begins = " ".join(words[:TITLE_WORDS]).rstrip(".,;:") + ("…" if len(words) > TITLE_WORDS else "")
    return shorten(begins, LONGEST_TITLE)


def in_joint_words(each: ClauseWords, before: ClauseWords | None, name: str) -> ClauseWords:
    """Return a clause that somebody called so words as both can accept it; what stood there before stays as it was."""
    title = each.title if before and before.title == each.title else title_by(each.title, name)
    return replace(
        each, title=title, text=each.text if before and before.text == each.text else with_name_of(each.text, name)
    )


def canonical(clauses: Sequence[ClauseWords]) -> str:
    """Return the one text both accept: every clause numbered, title and words, each run of blanks as one blank."""
    said = " ".join(f"{number}. {each.title} {each.text}" for number, each in enumerate(present(clauses), 1))
    return " ".join(said.split())


def content_hash(clauses: Sequence[ClauseWords]) -> str:
    """Return the fingerprint of the canonical text (SHA-256, 64 hexadecimal digits)."""
    return hashlib.sha256(canonical(clauses).encode()).hexdigest()


def needs_disclosure(clauses: Sequence[ClauseWords], no_money: str) -> bool:
    """Whether disclosure has to become part: money is spoken of in other words than `no_money`, and it is missing."""
    ids = {each.clause for each in present(clauses)}
    paid = any(each.clause == MONEY and not same_words(each.text, no_money) for each in present(clauses))
    return paid and DISCLOSURE not in ids


def compare(was: Sequence[ClauseWords] | None, now: Sequence[ClauseWords]) -> list[ClauseChange]:
    """Return the clauses of `now` in order beside those of `was`; what is gone stands at the end."""
    if was is None:
        return [_only(number, each) for number, each in enumerate(present(now), 1)]
    before = {each.clause: each for each in present(was)}
    rows = [_beside(number, before.get(each.clause), each) for number, each in enumerate(present(now), 1)]
    kept = {each.clause for each in present(now)}
    reasons = {each.clause: each.reason for each in now if not each.text}
    gone = [each for each in present(was) if each.clause not in kept]
    return rows + [
        ClauseChange(0, each.title, "gone", (Piece(each.text, True),), (), reasons.get(each.clause, ""), each.origin)
        for each in gone
    ]


def count_changes(rows: Sequence[ClauseChange]) -> int:
    """Return how many clauses differ."""
    return sum(row.kind in ("changed", "new", "gone") for row in rows)


def _only(number: int, now: ClauseWords) -> ClauseChange:
    return ClauseChange(number, now.title, "only", (), (Piece(now.text, False),), now.reason, now.origin)


def _beside(number: int, was: ClauseWords | None, now: ClauseWords) -> ClauseChange:
    if was is None:
        return ClauseChange(number, now.title, "new", (), (Piece(now.text, True),), now.reason, now.origin)
    title_was = "" if same_words(was.title, now.title) else was.title
    if same_words(was.text, now.text) and not title_was:
        return ClauseChange(number, now.title, "same", (), (Piece(now.text, False),), "", now.origin)
    old, new = marks(was.text, now.text)
    return ClauseChange(number, now.title, "changed", old, new, now.reason, now.origin, title_was)
