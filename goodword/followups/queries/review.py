"""The wider view (M37): how the whole thing is going, both ways, over time. From shared facts only; reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from statistics import median
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goodword.followups import rules, wording
from goodword.followups.models import ReviewAnswer
from goodword.followups.queries import facts
from goodword.followups.queries.agenda import lead_name
from goodword.followups.queries.charts import Chart, ChartRow
from goodword.followups.rules import LeadToCount, Season
from goodword.leads import rules as lead_rules
from goodword.leads.wording import group_words, now_words
from goodword.relationships.models import Seat
from goodword.relationships.steps import Step
from goodword.reservations.models import TableReservation
from goodword.reservations.rules import OVER
from goodword.ui import languages

MANY = 5  # leads, from which bars say more than sentences
NEVER_COUNTED = ("withdrawn", "lapsed")  # nobody could have reported on these


def review_context(seat: Seat, now: dt.datetime | None = None) -> dict[str, Any]:
    """Return what the review page shows: figures both ways, charts with their tables, and what both sides say."""
    today = timezone.localdate(now)
    leads = [lead for lead in facts.leads(seat) if lead.state not in NEVER_COUNTED]
    given = _leads_to_count(seat, leads)
    days, table = facts.contact_days(seat), facts.reservations(seat)
    began = [
        *(row.given_on for rows in given.values() for row in rows),
        *days,
        *(timezone.localdate(row.created_at) for row in table),
    ]
    labels = rules.quarters(min(began, default=today), today)
    return {
        "seat": seat,
        "few": sum(len(rows) for rows in given.values()) < MANY,
        "sentences": review_sentences(seat, leads, days),
        "ways": {whose: _figures(rows) for whose, rows in given.items()},
        "outcomes": _outcomes(given),
        "charts": _lead_charts(seat, given, labels),
        "talks": _talks(days, labels),
        "gap": rules.longest_gap(days),
        "reservations": _reservations(seat, table, labels),
        "tabled": len(table),
        "dealt_with": sum(row.state in OVER for row in table),
        "questions": _questions(seat),
        "may_act": seat.open and not seat.mirror and seat.at is Step.ADVOCATE,
    }


def review_sentences(seat: Seat, leads: Sequence[Any], days: Sequence[dt.date]) -> list[str]:
    """Return how it is going in sentences: each lead by name, and how often the two talked. For few of them, bars say nothing."""
    name = {"name": seat.other.first_name}
    said = []
    for whose, none, some in (
        ("ours", _("You have given %(name)s no lead so far."), _("You gave %(name)s: %(leads)s.")),
        ("theirs", _("%(name)s has given you no lead so far."), _("%(name)s gave you: %(leads)s.")),
    ):
        theirs = [lead for lead in leads if seat.side_name(lead.side_id) == whose]
        called = [
            _("%(lead)s (%(stands)s)") % {"lead": lead_name(lead), "stands": now_words(lead).lower()} for lead in theirs
        ]
        said.append(some % {**name, "leads": languages.series(called)} if called else none % name)
    talked = ngettext("You have talked once.", "You have talked %(times)s times.", len(days)) % {"times": len(days)}
    return [*said, talked if days else _("You haven’t talked since you began.")]


def _leads_to_count(seat: Seat, leads: Sequence[Any]) -> dict[str, list[LeadToCount]]:
    """Return the leads each side gave, as the wider view counts them."""
    reports, found = facts.reports(seat), {"ours": list[LeadToCount](), "theirs": list[LeadToCount]()}
    for lead in leads:
        first = reports.get(lead.pk, [])[:1]
        word = timezone.localdate(first[0].created_at) if first else None
        group = lead_rules.group(lead.state, lead.outcome)
        found[seat.side_name(lead.side_id)].append(LeadToCount(timezone.localdate(lead.created_at), word, group))
    return found


def _figures(rows: Sequence[LeadToCount]) -> dict[str, Any]:
    words = [(row.first_word_on - row.given_on).days for row in rows if row.first_word_on]
    return {"given": len(rows), "share": rules.share(len(words), len(rows)), "days": median(words) if words else None}


def _outcomes(given: dict[str, list[LeadToCount]]) -> list[tuple[str, int, int]]:
    """Return (what became of them, how many of ours, how many of theirs)."""
    counts = {whose: [row.group for row in rows] for whose, rows in given.items()}
    return [
        (group_words(group), counts["ours"].count(group), counts["theirs"].count(group)) for group in lead_rules.GROUPS
    ]


def _lead_charts(seat: Seat, given: dict[str, list[LeadToCount]], labels: Sequence[tuple[int, int]]) -> list[Chart]:
    ours, theirs = rules.seasons(given["ours"], labels), rules.seasons(given["theirs"], labels)
    heads = (_("You gave"), _("%(name)s gave") % {"name": seat.other.first_name})
    both = list(zip(ours, theirs, strict=True))
    return [
        Chart(_("Leads given"), [_row(a.label, a.given, b.given) for a, b in both], heads),
        Chart(
            _("Leads with a word back, in a hundred"),
            [_row(a.label, _share(a), _share(b)) for a, b in both],
            heads,
            "%",
        ),
        Chart(
            _("Days until the first word"),
            [_row(a.label, a.days, b.days) for a, b in both],
            heads,
            note=_("Half of them were quicker than this, half slower."),
        ),
    ]


def _row(label: tuple[int, int], ours: float | None, theirs: float | None) -> ChartRow:
    return ChartRow(wording.season_words(label), ours, theirs)


def _share(season: Season) -> int | None:
    return rules.share(season.reported, season.given)


def _talks(days: Sequence[dt.date], labels: Sequence[tuple[int, int]]) -> list[tuple[str, int]]:
    """Return how often the two talked in each quarter."""
    return [(wording.season_words(label), sum(rules.quarter(day) == label for day in days)) for label in labels]


def _reservations(seat: Seat, table: Sequence[TableReservation], labels: Sequence[tuple[int, int]]) -> Chart:
    """Return how many lay on the table and how many had been dealt with by the end of each quarter. Only shared ones count."""
    put = [rules.quarter(timezone.localdate(row.created_at)) for row in table]
    done = [rules.quarter(timezone.localdate(row.state_at)) for row in table if row.state in OVER]
    rows = (
        [_row(label, sum(at <= label for at in put), sum(at <= label for at in done)) for label in labels]
        if table
        else []
    )
    return Chart(
        _("Reservations on the table, and dealt with"), rows, (_("On the table so far"), _("Dealt with so far"))
    )


def _questions(seat: Seat) -> list[dict[str, Any]]:
    """Return the questions of the review, each with the newest answer of either side."""
    newest = {
        (row.question, seat.side_name(row.side_id)): row
        for row in ReviewAnswer.objects.visible_to(seat).order_by("created_at", "id")
    }
    return [
        {
            "id": question,
            "label": label,
            "ours": newest.get((question, "ours")),
            "theirs": newest.get((question, "theirs")),
        }
        for question, (label, _hint) in wording.QUESTIONS.items()
    ]
