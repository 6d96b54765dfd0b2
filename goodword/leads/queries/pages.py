"""Page-shaped reads of this room, and what gates, desk and follow-ups ask of it."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from goodword.database.compiled import compiled
from goodword.ground.text import tidy_line
from goodword.leads import currencies, links, rules, wording
from goodword.leads.actions import introducing
from goodword.leads.actions.keeping import figure
from goodword.leads.models import (
    Lead,
    LeadAnswer,
    LeadConsent,
    LeadContact,
    LeadIdea,
    LeadIntroduction,
    LeadNote,
    LeadPerson,
    LeadReport,
    LeadWorth,
)
from goodword.leads.queries import reaching
from goodword.relationships import holding
from goodword.relationships.models import Seat
from goodword.relationships.naming import names_of
from goodword.relationships.seats import whole
from goodword.teaching.queries import pages as teaching
from goodword.teaching.rules.content import REACH
from goodword.ui import languages
from goodword.ui.strands import Bundle

PAGE = 25
PERIODS = {"year": dt.timedelta(days=365), "quarter": dt.timedelta(days=92)}


@dataclass(frozen=True, slots=True)
class LeadRow:
    """One lead in a table, as this seat reads it."""

    lead: Lead
    shown: str
    whose: str
    now: str
    last_line: str


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened with a lead, for an agenda: "given", or "reported" with its report."""

    what: str
    lead: Lead
    at: dt.datetime
    report: LeadReport | None = None


# ── What other rooms ask ──


def since(seat: Seat, moment: dt.datetime) -> list[Happening]:
    """Return what has been given and reported, both ways, after a moment, in order: for an agenda (M35)."""
    given = Lead.objects.visible_to(seat).filter(created_at__gt=moment)
    reports = rules.standing(LeadReport.objects.visible_to(seat).filter(created_at__gt=moment).select_related("lead"))
    found = [Happening("given", lead, lead.created_at) for lead in given]
    found += [Happening("reported", row.lead, row.created_at, row) for row in reports]
    return sorted(found, key=lambda each: each.at)


def counts_of_both(seat: Seat) -> tuple[int, int]:
    """Return how many leads our side has given and how many it was given."""
    found = Lead.objects.visible_to(seat).aggregate(
        given=Count("pk", filter=Q(side_id=seat.side_id)), got=Count("pk", filter=~Q(side_id=seat.side_id))
    )
    return found["given"], found["got"]


def ideas(seat: Seat) -> list[LeadIdea]:
    """Return whom our side has in mind to give: private to us, for our own readiness at the gate (M29)."""
    return list(LeadIdea.objects.visible_to(seat).order_by("created_at"))


def lead_words_for(lead: Lead, seat: Seat) -> str:
    """Return how a lead is called for this seat: by name once they agreed, described before. One query."""
    return lead_words(lead, dict(_name_of(seat, lead=lead.pk)))


@compiled
def _name_of(seat: Seat, *, lead: uuid.UUID) -> QuerySet[LeadPerson, tuple[Any, str]]:
    return LeadPerson.objects.visible_to(seat).filter(lead=lead).values_list("lead_id", "name")


def names(seat: Seat, leads: Sequence[Lead]) -> dict[Any, str]:
    """Return the names on the table of these leads, by the lead's id. One query."""
    rows = LeadPerson.objects.visible_to(seat).filter(lead__in=[lead.pk for lead in leads])
    return dict(rows.values_list("lead_id", "name"))


def lead_words(lead: Lead, named: dict[Any, str]) -> str:
    """Return how a lead is called: by the name `named` has for it, else by its description."""
    return named.get(lead.pk) or lead.description or wording.nobody()


# ── One relationship's page ──


def rows_of(seat: Seat, leads: Sequence[Lead]) -> list[LeadRow]:
    """Return table rows for some leads. Two queries."""
    named, said = names(seat, leads), last_words(seat, leads)
    return [
        LeadRow(
            lead, lead_words(lead, named), seat.side_name(lead.side_id), wording.now_words(lead), said.get(lead.pk, "")
        )
        for lead in leads
    ]


def last_words(seat: Seat, leads: Sequence[Lead]) -> dict[Any, str]:
    """Return the line of the last report that stands, by the lead's id. One query."""
    rows = LeadReport.objects.visible_to(seat).filter(lead__in=[lead.pk for lead in leads]).order_by("created_at", "id")
    return {row.lead_id: row.line for row in rules.standing(rows) if row.line}


def context(seat: Seat, page: int = 1, period: str = "") -> dict[str, Any]:
    """Return what the leads page of one relationship shows; for a mirror, what the other side sees of it."""
    begin = timezone.now() - PERIODS[period] if period in PERIODS else None
    leads = Lead.objects.visible_to(seat)
    leads = leads.filter(created_at__gte=begin) if begin else leads
    flow = flows(seat, leads)
    total = flow["total"]
    page = min(max(page, 1), max(1, -(-total // PAGE)))
    shown = list(leads.order_by("-moved_at", "id")[(page - 1) * PAGE : page * PAGE])
    return {
        "seat": seat,
        **flow,
        "since": month_words(flow["first"]),
        "rows": rows_of(seat, shown),
        "page_number": page,
        "pages": -(-total // PAGE),
        "period": period,
        "may_give": rules.may_give(seat.at) and seat.open and not seat.mirror,
        "may_prepare": rules.may_prepare(seat.at) and seat.open and not seat.mirror,
        "given_before": bool(total) or (bool(begin) and Lead.objects.visible_to(seat).exists()),
        "ideas": ideas(seat) if rules.may_prepare(seat.at) else [],
    }


def month_words(moment: dt.datetime | None) -> str:
    """Return a month in words, with its year unless it is within the last eleven months."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return languages.month(local.date(), year=timezone.now() - moment >= dt.timedelta(days=330))


def flows(seat: Seat, leads: QuerySet[Lead]) -> dict[str, Any]:
    """Return the flow picture's figures: each way, how many ended where, and since when. One query."""
    found = list(
        leads.order_by().values_list("side_id", "state", "outcome").annotate(many=Count("pk"), first=Min("created_at"))
    )
    ways = {
        way: rules.counts([(s, o, many) for side, s, o, many, _first in found if seat.side_name(side) == way])
        for way in ("ours", "theirs")
    }
    return {
        "total": sum(row[3] for row in found),
        "first": min((row[4] for row in found), default=None),
        "gave": bundles(ways["ours"]),
        "got": bundles(ways["theirs"]),
        "became_work": ways["ours"]["work"] + ways["theirs"]["work"],
        "quiet": ways["ours"]["quiet"] + ways["theirs"]["quiet"],
    }


def bundles(counted: dict[str, int]) -> list[Bundle]:
    """Return the ends of the threads one way; those where none ended are left out."""
    return [Bundle(many, wording.group_words(group), faint=group == "quiet") for group, many in counted.items() if many]


def table(seat: Seat) -> Iterable[list[str]]:
    """Return the leads of one relationship as rows of cells, none of them a formula (T46), headings first."""
    yield [_("Who"), _("From"), _("Given on"), _("Way"), _("Now"), _("In a word"), _("Why they fit")]
    for row in rows_of(seat, list(Lead.objects.visible_to(seat).order_by("-moved_at", "id"))):
        giver, receiver = (seat.side, seat.other) if row.whose == "ours" else (seat.other, seat.side)
        cells = [
            row.shown,
            giver.person_name,
            timezone.localdate(row.lead.created_at).isoformat(),
            wording.route_sentence(row.lead, giver.first_name, receiver.first_name, ours=row.whose == "ours"),
            row.now,
            row.last_line,
            row.lead.why,
        ]
        yield [rules.safe_cell(tidy_line(cell)) for cell in cells]


# ── One lead's page ──


def lead_context(seat: Seat, lead: Lead) -> dict[str, Any]:
    """Return what the page of one lead shows: what is on the table, and this person's own drawer."""
    person = LeadPerson.objects.visible_to(seat).filter(lead=lead).first()
    ours = lead.side_id == seat.side_id
    giver, receiver = (seat.side, seat.other) if ours else (seat.other, seat.side)
    consent = LeadConsent.objects.visible_to(seat).filter(lead=lead).select_related("author", "side").first()
    reports = list(LeadReport.objects.visible_to(seat).filter(lead=lead).order_by("created_at", "id"))
    answers = list(LeadAnswer.objects.visible_to(seat).filter(lead=lead).order_by("created_at"))
    kept = reaching.own_contact(seat, lead).get("name", "") if ours and not person else ""
    waits = rules.waits_for(lead.state, lead.outcome, lead.route, bool(person), received=not ours)
    introduced = LeadIntroduction.objects.visible_to(seat).filter(lead=lead).first()
    return {
        "seat": seat,
        "lead": lead,
        "ours": ours,
        "giver": giver,
        "receiver": receiver,
        "person": person,
        "consent": consent,
        "noted_by": names_of(seat, [consent])[consent.pk] if consent else "",
        "shown": kept or lead_words(lead, {lead.pk: person.name} if person else {}),
        "named_here_alone": bool(kept),
        "described": not kept and not person and not lead.erased_at,
        "ways": [] if seat.mirror else reaching.ways_to(seat, lead, person),
        "opening_words": reaching.opening_words(seat, lead, named=bool(person)),
        "now": wording.now_words(lead),
        "wording": wording,
        "amount_words": currencies.amount_words,
        "reports": rules.standing(reports),
        "answers": answers,
        "waits": "" if lead.erased_at else waits,
        "speaks": rules.can_speak(lead.route, bool(person)),
        "lapses_on": lead.lapses_on if waits == "agreement" else None,
        "introduction": introduced,
        "may_introduce": introducing.may_introduce(seat, lead, person) and not introduced,
        "leaving": holding.about(seat, lead.key),
        "chain": chain(seat, lead),
        "worths": list(LeadWorth.objects.visible_to(seat).filter(lead=lead)),
        "link": links.link_to(lead) if person or ours else "",
        **drawer(seat, lead),
    }


def drawer(seat: Seat, lead: Lead) -> dict[str, Any]:
    """Return what this person and their side keep about a lead."""
    return {
        "contact": LeadContact.objects.visible_to(seat).filter(lead=lead).first(),
        "notes": list(LeadNote.objects.visible_to(seat).filter(lead=lead).order_by("created_at")),
        "figure": figure(seat, lead),
    }


def chain(seat: Seat, lead: Lead) -> list[tuple[str, Lead, str]]:
    """Return where a lead came from and what came out of it: ("from" or "to", lead, how it is called)."""
    around = list(
        Lead.objects.visible_to(seat).filter(Q(origin=lead) | Q(pk=lead.origin_id)).order_by("created_at")[:20]
    )
    named = names(seat, around) if around else {}
    return [("from" if other.pk == lead.origin_id else "to", other, lead_words(other, named)) for other in around]


# ── The person a lead names ──


def facts_about(lead: Lead) -> dict[str, Any]:
    """Return what the person named may read of a lead: only what lies on the table, whoever keeps what in a drawer."""
    found = whole(Seat.objects.all()).filter(relationship_id=lead.relationship_id, side_id=lead.side_id)
    seat = found.order_by("joined_at")[0].without_drawers()
    taught = teaching.theirs(seat)
    consent = LeadConsent.objects.visible_to(seat).filter(lead=lead).select_related("author", "side").first()
    return {
        "lead": lead,
        "reach": taught.text_of(REACH) if taught else "",
        "giver": seat.side,
        "receiver": seat.other,
        "wording": wording,
        "person": LeadPerson.objects.visible_to(seat).filter(lead=lead).first(),
        "consent": consent,
        "noted_by": names_of(seat, [consent])[consent.pk] if consent else "",
        "introduction": LeadIntroduction.objects.visible_to(seat).filter(lead=lead).first(),
    }
