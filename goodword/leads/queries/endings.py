"""What becomes of leads as a relationship ends or a seat is given up: told by name, beforehand and afterwards. Reads only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from goodword.leads import rules, wording
from goodword.leads.lines import LeadLine
from goodword.leads.models import Lead, LeadIntroduction
from goodword.leads.queries import on_its_way, pages
from goodword.leads.waiting import names_in_drawers
from goodword.people.models import Person
from goodword.relationships import holding
from goodword.relationships.models import Seat


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A lead of which something may still come: its key, how our side calls it, where it stands, and whether a report on it is
    on its way.
    """

    key: str
    name: str
    stands: str
    leaving: bool = False


@dataclass(frozen=True, slots=True)
class AtTheEnd:
    """The unfinished leads of a relationship: those we took up, those they took up, and those that lapse with the end because
    nobody took them up, to us and to them.
    """

    taken_up: list[Unfinished] = field(default_factory=list)
    given: list[Unfinished] = field(default_factory=list)
    to_us: list[Unfinished] = field(default_factory=list)
    to_them: list[Unfinished] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.taken_up or self.given or self.to_us or self.to_them)


def unfinished(seat: Seat) -> AtTheEnd:
    """Return the leads of which something may still come, oldest first. No query before leads are given, five after that."""
    found = AtTheEnd()
    if not rules.may_give(seat.at) or seat.alone:
        return found
    leads = [lead for lead in _open(seat) if rules.group(lead.state, lead.outcome) in ("quiet", "talking")]
    if not leads:
        return found
    named, introduced, leaving = pages.names(seat, leads), _introduced(seat), _leaving(seat)
    ours = names_in_drawers([seat], [lead.key for lead in leads])
    for lead in leads:
        name = ours.get(lead.key) or pages.lead_words(lead, named)
        stays = lead.state == "accepted" or bool(lead.outcome) or lead.pk in introduced
        received = lead.side_id != seat.side_id
        where = (found.taken_up if received else found.given) if stays else (found.to_us if received else found.to_them)
        stands = wording.on_its_way() if lead.key in leaving else wording.now_words(lead)
        where.append(Unfinished(lead.key, name, stands, lead.key in leaving))
    return found


def taken_up_by(person: Person) -> list[LeadLine]:
    """Return the lines of the leads somebody or a colleague took up, in all their relationships, of which something may still
    come, each with what its person can still take back of it. One query.
    """
    lines = LeadLine.objects.filter(person=person, direction="got", state="accepted", group__in=("quiet", "talking"))
    return list(on_its_way.with_holds(lines.filter(relationship__ended_at=None)).order_by("partner", "given_at"))


def _open(seat: Seat) -> list[Lead]:
    rows = Lead.objects.visible_to(seat).filter(state__in=rules.OPEN, erased_at=None)
    return list(rows.order_by("created_at", "id"))


def _introduced(seat: Seat) -> set[Any]:
    return set(LeadIntroduction.objects.visible_to(seat).values_list("lead_id", flat=True))


def _leaving(seat: Seat) -> set[str]:
    return set() if seat.mirror else holding.on_its_way([seat], ("lead-report",))
