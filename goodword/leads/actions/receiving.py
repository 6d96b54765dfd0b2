"""Receiving: looking after a lead or sending it back, and saying what came of it, whatever that was (M35, M36)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from goodword.ground.refusals import Refusal
from goodword.leads import rules
from goodword.leads.lines import LeadFacts, facts_of
from goodword.leads.mailing import letters
from goodword.leads.models import Lead, LeadAnswer, LeadReport
from goodword.relationships.acting import Act, acting
from goodword.relationships.models import Seat
from goodword.relationships.verbs import Verb


def accept(seat: Seat, lead: Lead) -> None:
    """Say that we look after it. Saying so again changes nothing; Refusal for one that is ours or has closed."""
    with acting(seat) as act:
        lead.refresh_from_db()
        _refuse_unless_theirs_and_open(seat, lead)
        if lead.state == "offered":
            _answer(seat, act, lead, "accepted")
            act.announce(Verb.LEAD_ACCEPTED, lead, known=facts_of(lead), occasion="accepted")


def send_back(seat: Seat, lead: Lead, *, reason: str, line: str = "") -> None:
    """Send a lead back with a reason (and a line), before anything was reported. Refusal where that is too late."""
    with acting(seat) as act:
        lead.refresh_from_db()
        _refuse_unless_theirs_and_open(seat, lead)
        if lead.outcome:
            raise Refusal(
                _("You have told %(name)s about this one already. Say now what came of it.")
                % {"name": seat.other.first_name}
            )
        _answer(seat, act, lead, "sent_back", reason, line)
        letters.take_back(lead)
        act.announce(Verb.LEAD_SENT_BACK, lead, known=facts_of(lead), occasion="back", reason=reason, line=line)


def _answer(seat: Seat, act: Act, lead: Lead, said: str, reason: str = "", line: str = "") -> None:
    LeadAnswer.objects.write(seat, lead=lead, said=said, reason=reason, line=line, created_at=act.now)
    lead.state, lead.moved_at = said, act.now
    lead.save(update_fields=["state", "moved_at"])


def refuse_reporting(seat: Seat, lead: Lead) -> None:
    """Raise Refusal where `report` would: for our own lead, or a closed one."""
    _refuse_unless_theirs_and_open(seat, lead)


def _refuse_unless_theirs_and_open(seat: Seat, lead: Lead) -> None:
    if lead.side_id == seat.side_id:
        raise Refusal(
            _("You gave this lead. What comes of it is for %(name)s to say.") % {"name": seat.other.first_name}
        )
    if not lead.is_open:
        raise Refusal(_("This lead has closed."))


def report(
    seat: Seat,
    lead: Lead,
    *,
    outcome: str,
    line: str = "",
    thanks: bool = False,
    why_it_worked: str = "",
    learned: str = "",
    replaces: LeadReport | None = None,
) -> LeadReport:
    """Say what came of a lead. The giver is told at once. `replaces` corrects an earlier report by a new row.

    Also after an end: leads already given are reported on, then it rests.
    Raises Refusal for our own lead, a closed one, or a report that was already replaced.
    """
    with acting(seat, after_the_end=True) as act:
        lead.refresh_from_db()
        _refuse_unless_theirs_and_open(seat, lead)
        if lead.state == "offered":
            _answer(seat, act, lead, "accepted")
        said, facts = _write(
            seat,
            act,
            lead,
            replaces,
            outcome=outcome,
            line=line,
            thanked_at=act.now if thanks else None,
            why_it_worked=why_it_worked,
            learned=learned,
        )
        act.announce(Verb.LEAD_REPORTED, lead, known=facts, report=said)
        return said


def take_back_report(seat: Seat, lead: Lead, said: LeadReport) -> None:
    """Take a report back by a new row; a letter not gone yet never goes. Refusal if it was replaced already."""
    with acting(seat, after_the_end=True) as act:
        lead.refresh_from_db()
        _refuse_unless_theirs_and_open(seat, lead)
        _row, facts = _write(seat, act, lead, said, outcome=rules.TAKEN_BACK)
        act.announce(Verb.LEAD_REPORT_TAKEN_BACK, lead, known=facts)


def _write(
    seat: Seat, act: Act, lead: Lead, replaces: LeadReport | None, **fields: object
) -> tuple[LeadReport, LeadFacts]:
    """Write a report, let the lead follow what now stands, and drop letters that are no longer true.

    Returns the report with what lies on the table now, so that nobody reads it again to write of it.
    """
    if replaces and not any(row.pk == replaces.pk for row in _standing(seat, lead)):
        raise Refusal(_("That report was changed already. Look at the lead as it stands now."))
    row = LeadReport.objects.write(seat, lead=lead, replaces=replaces, created_at=act.now, **fields)
    standing = _standing(seat, lead)
    facts, lead.outcome = facts_of(lead, standing), standing[-1].outcome if standing else ""
    lead.moved_at, lead.forget_at = act.now, act.now + rules.RETENTION
    lead.save(update_fields=["outcome", "moved_at", "forget_at"])
    letters.take_back(lead, "word")
    if replaces:
        letters.take_back(lead, replaces.key)
    return row, facts


def _standing(seat: Seat, lead: Lead) -> list[LeadReport]:
    return rules.standing(LeadReport.objects.visible_to(seat).filter(lead=lead).order_by("created_at", "id"))
