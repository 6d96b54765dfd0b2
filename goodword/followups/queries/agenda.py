"""The agenda that writes itself: the playbook's items, each filled with what both sides know. Pure composition, no queries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from goodword.encounters.models import Promise
from goodword.followups import rules, wording
from goodword.followups.models import AgendaChange, Rhythm, Update
from goodword.followups.queries.facts import AgreedTerms, Contacts
from goodword.leads.models import LeadReport
from goodword.leads.rules import OPEN
from goodword.leads.wording import now_words
from goodword.playbook.entries import AgendaEntry
from goodword.relationships.models import Seat
from goodword.reservations.models import TableReservation
from goodword.reservations.rules import OVER
from goodword.ui import languages

MOST = 12  # facts under one item; the rest is on the page it links to
WORKED, DID_NOT = ("client",), ("not_now", "not_a_fit", "no_answer")
TEACHING = {"whom", "what", "words"}


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact under an item: whose it is ("ours", "theirs" or ""), what it says, and whether it is new since last time."""

    text: str
    whose: str = ""
    new: bool = False
    on: dt.date | dt.datetime | None = None
    quote: str = ""


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One line of the agenda. `struck_by` and `added_by` are "ours", "theirs" or ""; `more` is a route with more about it.

    `asks`: what stands under it nobody but the two can know, so each is asked to write it.
    """

    id: str
    text: str
    hint: str = ""
    minutes: int = 0
    facts: tuple[Fact, ...] = ()
    added_by: str = ""
    struck_by: str = ""
    more: str = ""
    asks: bool = False

    @property
    def speaks(self) -> bool:
        """Whether it stands on the agenda by itself: it has something in it, or somebody added it. The rest is folded."""
        if self.struck_by or self.id == "follow_rhythm":
            return False
        return bool(self.facts or self.added_by) or self.id in ("follow_how_are_you", "follow_next")


@dataclass(frozen=True, slots=True)
class AgendaFacts:
    """Everything the agenda is made of, as one seat sees it. All of it is on the table."""

    seat: Seat
    today: dt.date
    met: Contacts
    rhythm: Rhythm | None = None
    news: Sequence[Update] = ()
    changes: Sequence[AgendaChange] = ()
    promises: Sequence[Promise] = ()
    leads: Sequence[Any] = ()
    reports: dict[object, list[LeadReport]] = field(default_factory=dict)
    reservations: Sequence[TableReservation] = ()
    agreed: AgreedTerms = field(default_factory=AgreedTerms)

    def whose(self, row: Any) -> str:
        """Return "ours" or "theirs"."""
        return self.seat.side_name(row.side_id)

    def is_new(self, moment: dt.datetime | None) -> bool:
        """Whether something happened since the two last talked; the first time, everything has."""
        return moment is not None and (self.met.since is None or moment >= self.met.since)


def compose(known: AgendaFacts, items: Sequence[AgendaEntry]) -> list[AgendaLine]:
    """Return the lines: each item of the playbook with its facts, then what either side added."""
    struck = strikes(known)
    lines = [_line(known, item, struck.get(item.id, "")) for item in items]
    added = [row for row in known.changes if row.what == "add"]
    extra = [
        AgendaLine(row.key, row.text, added_by=known.whose(row), struck_by=struck.get(row.key, "")) for row in added
    ]
    return [*lines[:-1], *extra, *lines[-1:]]


def strikes(known: AgendaFacts) -> dict[str, str]:
    """Return which items are struck, and by whom: the last word on each counts."""
    last = {row.item: row for row in known.changes if row.what in ("strike", "put_back")}
    return {item: known.whose(row) for item, row in last.items() if row.what == "strike"}


def _line(known: AgendaFacts, item: AgendaEntry, struck: str) -> AgendaLine:
    facts = [*FACTS.get(item.id, _none)(known), *_additions_under(known, item.id)]
    return AgendaLine(
        item.id,
        _(item.text),
        _(item.hint) if item.hint else "",
        item.minutes,
        tuple(facts[:MOST]),
        struck_by=struck,
        more=MORE.get(item.id, "") if facts or item.id in ALWAYS else "",
        asks=item.id in QUESTIONS,
    )


def _none(known: AgendaFacts) -> list[Fact]:
    return []


def _additions_under(known: AgendaFacts, item: str) -> list[Fact]:
    """What either side wrote under an item since they last talked."""
    return [Fact(row.text, known.whose(row)) for row in known.changes if row.what == "under" and row.item == item]


def _promises(known: AgendaFacts) -> list[Fact]:
    """Open promises first, then those kept since last time."""
    found = []
    for row in sorted(known.promises, key=lambda row: row.kept_at is not None):
        whose = "ours" if row.role == known.seat.role else "theirs"
        by = (
            _("%(what)s, by %(day)s") % {"what": row.what, "day": languages.day(row.due_on)} if row.due_on else row.what
        )
        said = _("%(what)s: done") % {"what": row.what} if row.kept_at else by
        found.append(Fact(said, whose, known.is_new(row.kept_at)))
    return found


def _leads(known: AgendaFacts, whose: str) -> list[Fact]:
    """The leads one side gave: those still open, and those with news since last time."""
    found = []
    for lead in known.leads:
        new = known.is_new(lead.moved_at)
        if known.whose(lead) != whose or not (new or (lead.state in OPEN and not lead.outcome)):
            continue
        last = known.reports.get(lead.pk, [])[-1:]
        said = _("%(lead)s: %(stands)s") % {"lead": lead_name(lead), "stands": now_words(lead)}
        found.append(Fact(said, whose, new, lead.moved_at, last[0].line if last else ""))
    return found


def lead_name(lead: Any) -> str:
    """Return how both sides call a lead: by name once it may be known, by its description until then."""
    return str(lead.name or lead.description)


def _latest(known: AgendaFacts, outcomes: Sequence[str], words: str) -> list[Fact]:
    """The latest lead each way that ended so, with what was said about why; news since last time first."""
    found: dict[str, Fact] = {}
    for lead in known.leads:
        rows = [row for row in known.reports.get(lead.pk, []) if row.outcome in outcomes]
        if lead.outcome in outcomes and known.whose(lead) not in found:
            quote = (getattr(rows[-1], words) or rows[-1].line) if rows else ""
            said = _("%(lead)s: %(stands)s") % {"lead": lead_name(lead), "stands": now_words(lead)}
            found[known.whose(lead)] = Fact(said, known.whose(lead), known.is_new(lead.moved_at), lead.moved_at, quote)
    return sorted(found.values(), key=lambda fact: (not fact.new, fact.whose))


def _thanks(known: AgendaFacts) -> list[Fact]:
    """Leads that became work and for which no thanks was said: the side that received it owes it."""
    found = []
    for lead in known.leads:
        if lead.outcome in WORKED and not any(row.thanked_at for row in known.reports.get(lead.pk, [])):
            debtor = "theirs" if known.whose(lead) == "ours" else "ours"
            found.append(Fact(_("for %(lead)s") % {"lead": lead_name(lead)}, debtor))
    return found


def _reservations(known: AgendaFacts) -> list[Fact]:
    """What is open on the table; what was dealt with, to ask whether it still is."""
    waiting = [
        Fact(_("On the table: %(what)s") % {"what": row.text}, known.whose(row), known.is_new(row.created_at))
        for row in known.reservations
        if row.state not in OVER
    ]
    settled = [
        Fact(
            _("Still dealt with? %(what)s") % {"what": row.text},
            known.whose(row),
            known.is_new(row.state_at),
            row.state_at,
        )
        for row in known.reservations
        if row.state in OVER
    ]
    return [*waiting, *settled]


def _news(known: AgendaFacts) -> list[Fact]:
    return [
        _fact_of_update(known, row) for row in known.news if row.kind != "wanted_now" and known.is_new(row.created_at)
    ]


def _wishes(known: AgendaFacts) -> list[Fact]:
    """The latest of each side, however old: it counts until the next."""
    latest: dict[str, Update] = {}
    for row in known.news:
        if row.kind == "wanted_now":
            latest.setdefault(known.whose(row), row)
    return [_fact_of_update(known, latest[whose]) for whose in ("ours", "theirs") if whose in latest]


def _fact_of_update(known: AgendaFacts, row: Update) -> Fact:
    return Fact(wording.kind_words(row.kind), known.whose(row), known.is_new(row.created_at), row.created_at, row.text)


def _words(known: AgendaFacts) -> list[Fact]:
    """News since last time that touches what was taught (M38)."""
    touched = [row for row in known.news if row.part in TEACHING and known.is_new(row.created_at)]
    return [
        Fact(
            _("%(part)s may want rewriting") % {"part": wording.PARTS[row.part]}, known.whose(row), True, row.created_at
        )
        for row in touched
    ]


def _rhythm(known: AgendaFacts) -> list[Fact]:
    return [Fact(wording.rhythm_words(known.rhythm))] if known.rhythm else [Fact(_("None agreed so far"))]


def _wider(known: AgendaFacts) -> list[Fact]:
    """Once a year, or when the agreement says so, it is read in full."""
    if not rules.yearly_due(known.agreed.on, known.agreed.review_on, known.today):
        return []
    return [Fact(_("Read the agreement through together this time; you agreed on it"), "", False, known.agreed.on)]


def _next(known: AgendaFacts) -> list[Fact]:
    planned = known.met.planned
    return [Fact(_("Planned"), "", False, planned.planned_at)] if planned else []


FACTS: dict[str, Callable[[AgendaFacts], list[Fact]]] = {
    "follow_promises": _promises,
    "follow_leads_given": lambda known: _leads(known, "ours"),
    "follow_leads_received": lambda known: _leads(known, "theirs"),
    "follow_worked": lambda known: _latest(known, WORKED, "why_it_worked"),
    "follow_did_not_work": lambda known: _latest(known, DID_NOT, "learned"),
    "follow_thanks": _thanks,
    "follow_reservations": _reservations,
    "follow_news": _news,
    "follow_wanted_now": _wishes,
    "follow_words": _words,
    "follow_rhythm": _rhythm,
    "follow_wider_view": _wider,
    "follow_next": _next,
}
# Where there is more to see, by the name of the route; shown where there are facts, or always for these few.
MORE = {
    "follow_promises": "encounters",
    "follow_leads_given": "relationship-leads",
    "follow_leads_received": "relationship-leads",
    "follow_reservations": "reservations",
    "follow_news": "updates",
    "follow_wanted_now": "updates",
    "follow_rhythm": "rhythm",
    "follow_wider_view": "review",
}
ALWAYS = {"follow_rhythm", "follow_wider_view"}
# What only the two know: whom each is meeting next, and whom the other would enjoy knowing.
QUESTIONS = {"follow_ahead", "follow_circle"}
