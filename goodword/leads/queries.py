"""Page-shaped reads of this room, and what gates, desk and follow-ups ask of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Count, Min, Q, QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from goodword.ground.text import tidy_line
from goodword.leads import currencies, introducing, links, rules, wording
from goodword.leads.drawers import LeadContact, LeadIdea, LeadNote
from goodword.leads.keeping import figure
from goodword.leads.lines import LeadLine
from goodword.leads.listing import waiting
from goodword.leads.models import Lead, LeadAnswer, LeadConsent, LeadIntroduction, LeadPerson, LeadReport, LeadWorth
from goodword.people.models import Person
from goodword.playbook.shelf import playbook
from goodword.relationships.models import Seat
from goodword.teaching import queries as teaching
from goodword.ui.strands import Bundle

PAGE = 25
PERIODS = {"year": dt.timedelta(days=365), "quarter": dt.timedelta(days=92)}
# What of the teaching stands beside the form of a lead: whom to think of, whom to spare, and what to say.
IN_SIGHT = ("sector", "place", "moment", "not_these", "services", "not_services", "listen_for", "short_words", "question_to_ask")


@dataclass(frozen=True, slots=True)
class Row:
    """One lead in a table, as this seat reads it."""

    lead: Lead
    shown: str
    way: str
    now: str
    word: str


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened with a lead, for an agenda: "given", or "reported" with its report."""

    what: str
    lead: Lead
    at: dt.datetime
    report: LeadReport | None = None


# ── What other rooms ask ──


def _without_word(seat: Seat) -> QuerySet[Lead]:
    return (
        Lead.objects.visible_to(seat)
        .filter(state__in=rules.OPEN, outcome="", erased_at=None)
        .order_by("created_at", "id")
    )


def waiting_for_my_word(seat: Seat) -> list[Lead]:
    """Return the leads given to us that wait for an answer or a first word, oldest first (M35). Two queries."""
    leads = list(_without_word(seat).exclude(side_id=seat.side_id))
    named = names(seat, leads)
    return [
        lead for lead in leads if rules.waits_for(lead.state, lead.outcome, lead.route, lead.pk in named, received=True)
    ]


def on_their_way(seat: Seat) -> list[Lead]:
    """Return the leads of both directions that were taken up and of which nothing has come yet, oldest first."""
    return list(Lead.objects.visible_to(seat).filter(state__in=rules.OPEN, outcome="", erased_at=None).order_by("created_at", "id"))


def no_word_yet(seat: Seat) -> list[Lead]:
    """Return the leads we gave of which we have heard nothing yet, oldest first."""
    return list(_without_word(seat).filter(side_id=seat.side_id))


def since(seat: Seat, moment: dt.datetime) -> list[Happening]:
    """Return what has been given and reported, both ways, after a moment, in order: for an agenda (M35)."""
    given = Lead.objects.visible_to(seat).filter(created_at__gt=moment)
    reports = rules.standing(LeadReport.objects.visible_to(seat).filter(created_at__gt=moment).select_related("lead"))
    found = [Happening("given", lead, lead.created_at) for lead in given]
    found += [Happening("reported", row.lead, row.created_at, row) for row in reports]
    return sorted(found, key=lambda each: each.at)


def given_and_received(seat: Seat) -> tuple[int, int]:
    """Return how many leads our side has given and how many it was given."""
    found = Lead.objects.visible_to(seat).aggregate(
        given=Count("pk", filter=Q(side_id=seat.side_id)), got=Count("pk", filter=~Q(side_id=seat.side_id))
    )
    return found["given"], found["got"]


def thanks_owed(seat: Seat) -> list[Lead]:
    """Return the leads given to us that became work and for which no report has said thank you."""
    became = Lead.objects.visible_to(seat).exclude(side_id=seat.side_id).filter(outcome="client", erased_at=None)
    thanked = LeadReport.objects.visible_to(seat).filter(thanked_at__isnull=False).values("lead_id")
    return list(became.exclude(pk__in=thanked).order_by("moved_at"))


def ideas(seat: Seat) -> list[LeadIdea]:
    """Return whom our side has in mind to give: private to us, for our own readiness at the gate (M29)."""
    return list(LeadIdea.objects.visible_to(seat).order_by("created_at"))


class Waiting(NamedTuple):
    """A lead that waits for a person: where, which, how it is called, and for what ('answer' or 'word')."""

    relationship_key: str
    lead_key: str
    shown: str
    waiting: str


def waiting_for_person(person: Person, keys: Sequence[str]) -> dict[str, Waiting]:
    """Return, for each of these relationships, the lead that waits for this person first. One query.

    `keys` are the relationships' public keys, a page of them at most: the lines of thousands are never read.
    """
    lines = waiting(LeadLine.objects.filter(person=person, relationship_key__in=keys))
    rows = lines.order_by("-word_by", "-given_at").values_list(*Waiting._fields)
    return {row[0]: Waiting(*row) for row in rows}


def shown_name(lead: Lead, seat: Seat) -> str:
    """Return how a lead is called for this seat: by name once they agreed, described before. One query."""
    return _called(lead, names(seat, [lead]))


def names(seat: Seat, leads: Sequence[Lead]) -> dict[Any, str]:
    """Return the names on the table of these leads, by the lead's id. One query."""
    rows = LeadPerson.objects.visible_to(seat).filter(lead__in=[lead.pk for lead in leads])
    return dict(rows.values_list("lead_id", "name"))


def _called(lead: Lead, named: dict[Any, str]) -> str:
    return named.get(lead.pk) or lead.description or wording.nobody()


# ── One relationship's page ──


def rows_of(seat: Seat, leads: Sequence[Lead]) -> list[Row]:
    """Return table rows for some leads. Two queries."""
    named, said = names(seat, leads), last_words(seat, leads)
    return [
        Row(lead, _called(lead, named), seat.side_name(lead.side_id), wording.now_words(lead), said.get(lead.pk, ""))
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
        "seat": seat, **flow, "since": month_words(flow["first"]), "rows": rows_of(seat, shown),
        "page_number": page, "pages": -(-total // PAGE), "period": period,
        "may_give": rules.may_give(seat.at) and seat.open and not seat.mirror,
        "may_prepare": rules.may_prepare(seat.at) and seat.open and not seat.mirror,
        "given_before": bool(total) or (bool(begin) and Lead.objects.visible_to(seat).exists()),
        "ideas": ideas(seat) if rules.may_prepare(seat.at) else [],
    }  # fmt: skip


def month_words(moment: dt.datetime | None) -> str:
    """Return a month in words, with its year unless it is within the last eleven months."""
    if moment is None:
        return ""
    local = timezone.localtime(moment)
    return formats.date_format(local, "F" if timezone.now() - moment < dt.timedelta(days=330) else "F Y")


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
        "total": sum(row[3] for row in found), "first": min((row[4] for row in found), default=None),
        "gave": bundles(ways["ours"]), "got": bundles(ways["theirs"]),
        "became_work": ways["ours"]["work"] + ways["theirs"]["work"],
        "quiet": ways["ours"]["quiet"] + ways["theirs"]["quiet"],
    }  # fmt: skip


def bundles(counted: dict[str, int]) -> list[Bundle]:
    """Return the ends of the threads one way; those where none ended are left out."""
    return [Bundle(many, wording.group_words(group), faint=group == "quiet") for group, many in counted.items() if many]


def table(seat: Seat) -> Iterable[list[str]]:
    """Return the leads of one relationship as rows of cells, none of them a formula (T46), headings first."""
    yield [_("Who"), _("From"), _("Given on"), _("Way"), _("Now"), _("In a word"), _("Why they fit")]
    for row in rows_of(seat, list(Lead.objects.visible_to(seat).order_by("-moved_at", "id"))):
        giver = (seat.side if row.way == "ours" else seat.other).person_name
        cells = [
            row.shown,
            giver,
            timezone.localdate(row.lead.created_at).isoformat(),
            row.lead.route,
            row.now,
            row.word,
            row.lead.why,
        ]
        yield [rules.safe_cell(tidy_line(cell)) for cell in cells]


# ── One lead's page ──


def lead_context(seat: Seat, lead: Lead) -> dict[str, Any]:
    """Return what the page of one lead shows: what is on the table, and this person's own drawer."""
    person = LeadPerson.objects.visible_to(seat).filter(lead=lead).first()
    ours = lead.side_id == seat.side_id
    giver, receiver = (seat.side, seat.other) if ours else (seat.other, seat.side)
    consent = LeadConsent.objects.visible_to(seat).filter(lead=lead).select_related("author").first()
    reports = list(LeadReport.objects.visible_to(seat).filter(lead=lead).order_by("created_at", "id"))
    answers = list(LeadAnswer.objects.visible_to(seat).filter(lead=lead).order_by("created_at"))
    waits = rules.waits_for(lead.state, lead.outcome, lead.route, bool(person), received=not ours)
    introduced = LeadIntroduction.objects.visible_to(seat).filter(lead=lead).first()
    return {
        "seat": seat, "lead": lead, "ours": ours, "giver": giver, "receiver": receiver, "person": person,
        "consent": consent,
        "shown": _called(lead, {lead.pk: person.name} if person else {}), "now": wording.now_words(lead),
        "wording": wording, "written": currencies.written,
        "reports": rules.standing(reports), "answers": answers,
        "waits": "" if lead.erased_at else waits,
        "lapses_on": lead.lapses_on if waits == "agreement" else None,
        "introduction": introduced, "may_introduce": introducing.may_introduce(seat, lead, person) and not introduced,
        "may_take_back": ours and introduced and introducing.can_take_back(introduced, timezone.now()),
        "chain": chain(seat, lead), "worths": list(LeadWorth.objects.visible_to(seat).filter(lead=lead)),
        "link": links.link_to(lead) if person or ours else "", **drawer(seat, lead),
    }  # fmt: skip


def drawer(seat: Seat, lead: Lead) -> dict[str, Any]:
    """Return what this person and their side keep about a lead."""
    return {
        "contact": LeadContact.objects.visible_to(seat).filter(lead=lead).first(),
        "notes": list(LeadNote.objects.visible_to(seat).filter(lead=lead).order_by("created_at")),
        "figure": figure(seat, lead),
    }


def kept_contact(seat: Seat, lead: Lead) -> dict[str, str]:
    """Return who it is, as our side keeps it; empty if it does not."""
    kept = LeadContact.objects.visible_to(seat).filter(lead=lead).first()
    return {"name": kept.name.unseal(seat), "reach": kept.reach.unseal(seat)} if kept else {}


def chain(seat: Seat, lead: Lead) -> list[tuple[str, Lead, str]]:
    """Return where a lead came from and what came out of it: ("from" or "to", lead, how it is called)."""
    around = list(
        Lead.objects.visible_to(seat).filter(Q(origin=lead) | Q(pk=lead.origin_id)).order_by("created_at")[:20]
    )
    named = names(seat, around) if around else {}
    return [("from" if other.pk == lead.origin_id else "to", other, _called(other, named)) for other in around]


def origins(seat: Seat) -> list[tuple[str, str]]:
    """Return the leads a new one may have come out of, as key and name: the latest fifty."""
    leads = list(Lead.objects.visible_to(seat).filter(erased_at=None).order_by("-moved_at", "id")[:50])
    named = names(seat, leads)
    return [(lead.key, tidy_line(_called(lead, named))[:80]) for lead in leads]


def outcomes() -> list[tuple[str, str]]:
    """Return the outcomes to choose from, in the playbook's order and words."""
    return [(each.id, _(each.label)) for each in playbook().outcomes if each.id in rules.OUTCOMES]


def taught(seat: Seat) -> dict[str, Any]:
    """Return what the other side taught us, to have in sight while giving, and the approaches agreed on (M30 to M33).

    Of everything taught only what one looks for at that moment; the whole of it is one tap away.
    """
    found = teaching.theirs(seat)
    if found is None:
        return {"taught": []}
    said = [(line.label, line.text) for line in found.lines if line.field in IN_SIGHT]
    ways = teaching.agreed_ways(seat, seat.role.other)
    agreed = [(_("Your approach: %(item)s") % {"item": item} if item else _("Your approach"), way) for item, way in ways]
    return {"taught": [*said, *agreed]}


# ── The person a lead names ──


def held_about(lead: Lead) -> dict[str, Any]:
    """Return what the person named may read of a lead: only what lies on the table, whoever keeps what in a drawer."""
    found = Seat.objects.select_related("relationship", "side", "other").filter(
        relationship_id=lead.relationship_id, side_id=lead.side_id
    )
    seat = found.order_by("joined_at")[0].shared_only()
    return {
        "lead": lead, "giver": seat.side, "receiver": seat.other, "wording": wording,
        "person": LeadPerson.objects.visible_to(seat).filter(lead=lead).first(),
        "consent": LeadConsent.objects.visible_to(seat).filter(lead=lead).select_related("author").first(),
        "introduction": LeadIntroduction.objects.visible_to(seat).filter(lead=lead).first(),
    }  # fmt: skip
