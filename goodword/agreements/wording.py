"""From plain choices to clauses: the playbook's templates filled in, in the writer's language (M27)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.agreements import rules
from goodword.agreements.rules import ClauseWords
from goodword.ground.differences import same_words
from goodword.playbook.shelf import playbook
from goodword.ui import languages

DAY_FIELDS = (
    "contact_days",
    "report_days",
    "review_date",
)  # fields the house counts by: columns of a version, not words


@dataclass(frozen=True, slots=True)
class Choices:
    """What is chosen rather than worded: the days and dates, and the words that fill the templates' blanks."""

    review_on: dt.date
    contact_days: int = rules.DEFAULT_CONTACT_DAYS
    report_days: int = rules.DEFAULT_REPORT_DAYS
    trial_until: dt.date | None = None
    words: Mapping[str, str] = field(default_factory=dict)

    def filling(self) -> dict[str, str]:
        """Return what goes into each blank: what was chosen, and the playbook's own words for the rest."""
        usual = {entry.id: _(entry.initial) for entry in playbook().clause_fields if entry.initial}
        counted = {"contact_days": str(self.contact_days), "report_days": str(self.report_days)}
        return {**usual, **self.words, **counted, "review_date": day_words(self.review_on)}


def day_words(day: dt.date) -> str:
    """Return a day in words, always with its year."""
    return languages.day(day, year=True)


def template_ids() -> frozenset[str]:
    """Return the ids of the playbook's clauses."""
    return frozenset(each.id for each in playbook().clauses)


def from_template(clause: str, choices: Choices, reason: str = "") -> ClauseWords:
    """Return a clause in the playbook's words, filled in. Raises KeyError if the playbook has none of that id."""
    template = playbook().clause(clause)
    return ClauseWords(clause, _(template.title), template.fill_in(choices.filling(), _), reason)


def no_money() -> str:
    """Return the playbook's words for: none, in either direction."""
    return _(playbook().clause(rules.MONEY).text)


def refill(words: ClauseWords, before: Choices, after: Choices) -> ClauseWords:
    """Return a clause with the new choices filled in, if nobody has put it into words of their own."""
    if words.clause not in template_ids() or not same_words(words.text, from_template(words.clause, before).text):
        return words
    fresh = from_template(words.clause, after, words.reason)
    return words if same_words(words.text, fresh.text) else fresh


def complete(clauses: Sequence[ClauseWords], choices: Choices) -> list[ClauseWords]:
    """Return the clauses with what may not be missing: disclosure where money is paid, and the days and dates."""
    kept = [each for each in clauses if each.clause != rules.DAYS]
    if rules.needs_disclosure(kept, no_money()):
        kept = [each for each in kept if each.clause != rules.DISCLOSURE]
        money = next(place for place, each in enumerate(kept) if each.clause == rules.MONEY)
        kept.insert(
            money + 1, from_template(rules.DISCLOSURE, choices, _("Where something is paid, the contact is told."))
        )
    unsaid = days_and_dates(kept, choices)
    return [*kept, ClauseWords(rules.DAYS, _("Days and dates"), unsaid)] if unsaid else kept


def days_and_dates(clauses: Sequence[ClauseWords], choices: Choices) -> str:
    """Return the days and dates that no clause says in the playbook's words: nobody is held to what is unwritten."""
    said = {
        each.clause
        for each in clauses
        if each.clause in (rules.REPORTING_CLAUSE, rules.REVIEW) and stands_in_playbook_words(each, choices)
    }
    sentences = []
    if rules.REPORTING_CLAUSE not in said:
        sentences.append(_days(choices))
    if choices.trial_until:
        sentences.append(
            _("This is a trial until %(day)s; then we decide whether to go on.")
            % {"day": day_words(choices.trial_until)}
        )
    if rules.REVIEW not in said:
        sentences.append(_("We look at this again by %(day)s.") % {"day": day_words(choices.review_on)})
    return " ".join(sentences)


def _days(choices: Choices) -> str:
    said = ngettext(
        "The first contact is made within %(contact)s weekday, the first report within %(report)s.",
        "The first contact is made within %(contact)s weekdays, the first report within %(report)s.",
        choices.contact_days,
    )
    return said % {"contact": choices.contact_days, "report": choices.report_days}


def stands_in_playbook_words(words: ClauseWords, choices: Choices) -> bool:
    """Whether a clause stands in the playbook's words, filled in: then it follows what is chosen."""
    return (
        bool(words.text)
        and words.clause in template_ids()
        and same_words(words.text, from_template(words.clause, choices).text)
    )
