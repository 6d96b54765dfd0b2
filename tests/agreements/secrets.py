"""What the house tests need of this room. Nothing in it is private: a version is on the table once it is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.utils import timezone

from goodword.agreements import actions, queries, rules, wording
from goodword.agreements.models import AgreementVersion
from goodword.agreements.rules import ClauseWords
from goodword.agreements.wording import Choices
from goodword.playbook.shelf import playbook
from goodword.relationships.models import Seat
from tests.cast import Cast


def plant(seat: Seat, word: str) -> None:
    """There is no private field here to write into."""


def choices(**more: object) -> Choices:
    """Return the usual choices: a year, the playbook's days and words."""
    words = {entry.id: entry.initial for entry in playbook().clause_fields if entry.id not in wording.DAY_FIELDS}
    review = rules.usual_review(timezone.localdate()) - dt.timedelta(days=1)
    return Choices(**{"review_on": review, "words": words, **more})  # type: ignore[arg-type]


def first(seat: Seat, **more: object) -> AgreementVersion:
    """Have this seat write the first version, in the playbook's words."""
    made = choices(**more)
    clauses = [wording.from_template(each.id, made) for each in playbook().default_clauses()]
    return actions.write_version(seat, clauses, made)


def reworded(seat: Seat, new: Mapping[str, str], **more: object) -> AgreementVersion:
    """Have this seat put other words for some clauses of the newest version."""
    newest = queries.latest(seat)
    (clauses,) = queries.clauses_of(seat, newest)
    said = [
        ClauseWords(each.clause, each.title, new[each.clause], "Because.") if each.clause in new else each
        for each in clauses
    ]
    return actions.write_version(seat, said, choices(**more), newest)


def live(cast: Cast) -> None:
    """Walk a typical story: Ada writes, Ben changes a clause, Ada accepts, and later Ben suggests other words."""
    if not rules.may_write(cast.ada.at):
        return
    if queries.latest(cast.ada) is None:
        first(cast.ada)
    actions.clause_from_reservation(cast.ben, "No clients who are in a dispute.", "r" * 22, "Clients in a dispute")
    actions.accept(
        cast.ada, reworded(cast.ben, {"passing_on": f"We ring each other first, {timezone.now()}."}).content_hash
    )
    reworded(cast.ben, {"stopping": f"One message is enough, {timezone.now()}."})
